/** The last frames before the end of a session. Pure. */

import { bytes, counted, duration } from '../../../conventions/words.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import { pad, printable } from './cells.ts';
import type { Pen } from './style.ts';

/** Frames of the same kind that followed each other. */
interface FrameRun {
  readonly kind: string;
  readonly sent: boolean;
  count: number;
  bytes: number;
  /** Of the last one. */
  at: number;
}

/** The end of the flight recorder; no lines where there is none. */
export function renderFrames({ closure, frames }: LiveSession, most: number, pen: Pen): readonly string[] {
  const runs: FrameRun[] = [];
  for (const { at, attributes } of closure?.events ?? []) {
    const kind = attributes['gemini.live.frame.kind'];
    if (kind === undefined) continue;
    const sent = attributes['gemini.live.frame.direction'] === 'sent';
    const size = attributes['gemini.live.frame.size'] ?? 0;
    const run = runs.at(-1);
    if (run?.kind === kind && run.sent === sent) {
      run.count += 1;
      run.bytes += size;
      run.at = at;
    } else {
      runs.push({ kind, sent, count: 1, bytes: size, at });
    }
  }
  if (!closure || runs.length === 0) return [];
  return [
    '',
    pen.paint.dim(
      `last frames before the end${frames === undefined ? '' : `; the recording has ${counted(frames.frames, 'frame')}`}`,
    ),
    ...runs.slice(-most).map((run) => {
      const arrow = run.sent ? pen.glyphs.sent : pen.glyphs.received;
      const ago = pad(`-${duration(closure.endedAt - run.at)}`, 12, 'right', pen.glyphs.ellipsis);
      const kind = pad(printable(run.kind), 24, 'left', pen.glyphs.ellipsis);
      const times = run.count > 1 ? `  ${counted(run.count, 'frame')}` : '';
      return `${ago}  ${arrow} ${kind} ${pad(bytes(run.bytes), 9, 'right', pen.glyphs.ellipsis)}${times}`;
    }),
  ];
}
