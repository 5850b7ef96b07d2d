/** How far the reading is, on a terminal. */

import { bytes, count } from '../../conventions/words.ts';
import type { Progress } from '../../report/read/tally.ts';
import { createProgress, type ProgressStream } from '../progress.ts';

export interface ReadingBar {
  readonly update: (state: Progress) => void;
  /** Leaves the line empty for what follows. */
  readonly end: () => void;
}

/** Short inputs are read before anybody looks. */
const silentMs = 500;
const everyMs = 100;
const cells = 30;

/** Draws nothing where there is no terminal. */
export function createReadingBar(
  stream: ProgressStream | undefined,
  now: () => number = () => performance.now(),
): ReadingBar {
  if (!stream?.isTTY) return { update: () => undefined, end: () => undefined };
  const progress = createProgress(stream);
  const started = now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update: (state) => {
      const at = now();
      if (at - started < silentMs || at - drawn < everyMs) return;
      drawn = at;
      progress.say(readingLine(state));
    },
    end: () => {
      if (drawn > Number.NEGATIVE_INFINITY) progress.end();
    },
  };
}

/** For example `████████░░░░░░ 57 % · 1,204,000 spans`. */
export function readingLine({ bytesRead, totalBytes, spans }: Progress): string {
  const read = `${count(spans)} spans`;
  if (totalBytes === undefined || totalBytes <= 0) return `${bytes(bytesRead)} · ${read}`;
  const share = Math.min(1, bytesRead / totalBytes);
  const full = Math.round(share * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${Math.floor(share * 100)} % · ${read}`;
}
