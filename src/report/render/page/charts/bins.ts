/** Bins of the report put together into as many as a chart can show. */
import type { Hypothesis } from '../../../../conventions/vocabulary.ts';
import { hypotheses } from '../../../../conventions/vocabulary.ts';
import { each, type Located, slice } from '../located.ts';
import { hypothesisTitle } from '../titles.ts';
import type { Bin, Lane } from './lanes.ts';

/** What both a bin of ages and one of time hold. */
export interface Ends {
  readonly expected: number;
  readonly unexpected: Partial<Readonly<Record<Hypothesis, number>>>;
}

/** A run of the report's bins, drawn as one. */
export interface Run<T> extends Bin {
  readonly members: Located<readonly T[]>;
}

/** Runs without a gap, all of one width, over a stretch from `start` on; `position` says where a bin begins. */
export function runs<T>(
  bins: Located<readonly T[]>,
  position: (bin: T) => number,
  { start, stretch, width }: { readonly start: number; readonly stretch: number; readonly width: number },
): readonly Run<T>[] {
  const found: Run<T>[] = [];
  const last = Math.max(1, Math.ceil(stretch / width)) - 1;
  let index = 0;
  for (let run = 0; run <= last; run += 1) {
    const from = start + run * width;
    const first = index;
    while (index < bins.value.length && (run === last || position(bins.value[index] as T) < from + width)) {
      index += 1;
    }
    found.push({ from, to: from + width, members: slice(bins, first, index) });
  }
  return found;
}

/** The least of `widths` with which the stretch takes at most `most` bins. */
export function binWidth(stretch: number, widths: readonly number[], most: number): number {
  return widths.find((width) => stretch / width <= most) ?? Math.ceil(stretch / most);
}

/** One for each hypothesis that ended anything, most first, then the expected ends. */
export function lanesOf<T extends Ends>(
  found: readonly Run<T>[],
): readonly (Lane & { readonly key: LaneKey })[] {
  const lane = (key: LaneKey): Lane & { readonly key: LaneKey } => ({
    key,
    label: key === 'expected' ? 'Expected' : hypothesisTitle(key),
    expected: key === 'expected',
    counts: found.map(({ members }) => total(laneCounts(members, key).value)),
  });
  const unexpected = hypotheses
    .map(lane)
    .filter(({ counts }) => total(counts) > 0)
    .sort((a, b) => total(b.counts) - total(a.counts));
  const expected = lane('expected');
  return total(expected.counts) > 0 ? [...unexpected, expected] : unexpected;
}

export type LaneKey = Hypothesis | 'expected';

/** Where the counts of a lane stand in the report. */
export function laneCounts<T extends Ends>(
  members: Located<readonly T[]>,
  key: LaneKey,
): Located<readonly (number | undefined)[]> {
  return key === 'expected'
    ? each<Ends, 'expected'>(members, 'expected')
    : each(each<Ends, 'unexpected'>(members, 'unexpected'), key);
}

function total(counts: readonly (number | undefined)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
