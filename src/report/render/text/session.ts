/** One session in full: where it is, its waterfall, and why it ended. Pure. */

import type { Confidence } from '../../../conventions/vocabulary.ts';
import { duration } from '../../../conventions/words.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import { groundsOf } from '../grounds.ts';
import { causeTitle, confidenceTitles } from '../words.ts';
import { heading, labelled } from './block.ts';
import { renderFrames } from './frames.ts';
import type { Pen } from './style.ts';
import { timestamp } from './time.ts';
import { renderWaterfall } from './waterfall.ts';

export interface SessionRoom {
  /** Bars of the waterfall, lines of frames and of evidence at most; without room for evidence rivals are left out as well. */
  readonly bars: number;
  readonly frames: number;
  readonly evidence: number;
}

export const shortRoom: SessionRoom = { bars: 10, frames: 6, evidence: 6 };
export const fullRoom: SessionRoom = { bars: 40, frames: 10, evidence: 40 };

/** @param told what is said elsewhere of its end is left out */
export function renderSession(
  session: LiveSession,
  room: SessionRoom,
  pen: Pen,
  told = false,
): readonly string[] {
  const title = [
    `SESSION ${session.model ?? ''}`.trim(),
    session.service,
    duration(session.endedAt - session.startedAt),
    timestamp(session.startedAt),
  ];
  return [
    ...heading(title.filter((piece) => piece !== undefined).join(` ${pen.glyphs.dot} `), pen),
    `trace ${session.traceId || 'unknown'}`,
    ...renderWaterfall(session, room.bars, pen),
    ...renderFrames(session, room.frames, pen),
    ...why(session, room.evidence, told, pen),
  ];
}

/** What the diagnosis says of its end, where that was not expected: what speaks for the cause first. */
function why({ closure }: LiveSession, most: number, told: boolean, pen: Pen): readonly string[] {
  if (closure === undefined || closure.attributes['gemini.live.closure.expected'] === true) return [];
  const { attributes } = closure;
  const level = (attributes['gemini.live.closure.confidence'] ?? 'none') as Confidence;
  const id = attributes['gemini.live.closure.cause'] ?? 'unknown';
  const cause = `${causeTitle(id)}${id === 'unknown' ? '' : ` (${confidenceTitles[level] ?? level})`}`;
  const explanation = attributes['gemini.live.closure.explanation'];
  const row = (name: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : labelled(name, text, 9, pen);
  const listed = (name: string, list: readonly string[]) =>
    list.flatMap((text, index) => row(index === 0 ? name : '', text));
  const grounds = groundsOf(attributes, most);
  const lines = [
    ...(told ? [] : row('why', explanation && `${cause}: ${explanation}`)),
    ...(told ? [] : row('remedy', attributes['gemini.live.closure.remedy'])),
    ...listed('for', grounds.for),
    ...listed('against', grounds.against),
    ...listed(grounds.for.length === 0 ? 'measured' : 'besides', grounds.context),
    ...(most === 0
      ? []
      : row('rivals', attributes['gemini.live.closure.rivals']?.map(causeTitle).join('; '))),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}
