/** Unexpected ends counted by what they were put down to, or by what was not there. Pure. */
import type { Frame, FramedSession } from '../risk/frame.ts';
import type { EndingCell } from '../risk/tables.ts';
import { binomialTail } from '../statistics/distributions.ts';
import type { Proportion } from '../statistics/proportion.ts';
import { type Attributions, attributionsOf } from './attribution.ts';
import { limits } from './limits.ts';
import type { Quiet } from './quiet.ts';
import { type JudgedHypothesis, judged } from './scorecard.ts';
import type { Outage } from './units.ts';

/** Unexpected ends that diagnoses put down to it, against what wrong diagnoses could make up. */
export interface Count {
  readonly hypothesis: JudgedHypothesis;
  /** The end shows it, it was inferred, or it came while nothing that is compared was at work. */
  readonly kind: 'proven' | 'inferred' | 'quiet';
  readonly closures: number;
  /** So many less and more of them, as it is not known for certain how many are of others. */
  readonly give: { readonly less: number; readonly more: number };
  /** Inferred of ends of one outage: they count as one. */
  readonly together: number;
  /** Of so many ends. */
  readonly all: number;
  /** The share of them that may be there without it. */
  readonly tolerated: number;
  readonly p: number;
  /** Of all time of the sessions the part that was quiet, and seconds after which it begins; only of that kind. */
  readonly part?: number;
  readonly after?: number;
}

export function endingOf({ factors, ending, weight }: FramedSession): EndingCell {
  return { factors, ending, sessions: weight };
}

interface Counted {
  readonly all: Attributions;
  /** The same of the sessions that are compared. */
  readonly compared: Attributions;
  /** Ends that are of something else. */
  readonly elsewhere: Proportion;
  /** Lost connections that others account for. */
  readonly lost: Proportion;
  readonly frame: Frame;
  readonly outage: Outage | undefined;
  readonly quiet: Quiet;
}

const nothing: Proportion = { value: 0, low: 0, high: 0 };

export function countsOf({
  all,
  compared,
  elsewhere,
  lost,
  frame,
  outage,
  quiet,
}: Counted): readonly Count[] {
  // What is inferred of the ends of one outage is one inference, and it may be wrong of all of them.
  const together = attributionsOf(
    frame.sessions
      .filter(({ endedAt }) => outage && endedAt >= outage.from && endedAt < outage.to)
      .map(endingOf),
  );
  return judged.flatMap((hypothesis): Count[] => {
    const { by, closures } = hypothesis === 'internal_error' ? compared : all;
    // A lost connection shows that it was lost, and not that nothing which was sent had to do with it.
    const taken = hypothesis === 'connection' ? lost : nothing;
    const proven = Math.max(0, by[hypothesis].proven - taken.value);
    const give = {
      less: Math.min(proven, taken.high - taken.value),
      more: taken.value - taken.low + by[hypothesis].also,
    };
    const repeated = hypothesis === 'internal_error' ? 0 : together.by[hypothesis].inferred;
    const inferred = by[hypothesis].inferred - Math.max(0, repeated - 1);
    const total =
      hypothesis === 'internal_error' ? Math.max(0, proven + inferred - elsewhere.high) : proven + inferred;
    const kinds = [
      { kind: 'proven', count: hypothesis === 'internal_error' ? Math.min(proven, total) : proven },
      { kind: 'inferred', count: total },
    ] as const;
    const [shown, inference] = kinds.map(
      ({ kind, count }): Count => ({
        hypothesis,
        kind,
        closures: count,
        give,
        together: kind === 'inferred' ? repeated : 0,
        all: closures,
        tolerated: limits.tolerated[kind],
        p: binomialTail(count - give.less, closures, limits.tolerated[kind]),
      }),
    );
    if (shown === undefined || inference === undefined) return [];
    const own = inferred > 0 && inference.p <= shown.p ? inference : shown;
    if (hypothesis !== 'internal_error') return [own];
    const ofNothing = quietCount(quiet, all.closures);
    // More than is left over by the others is of them, however they reach so far.
    const left = compared.open + proven - elsewhere.value;
    return [ofNothing.p < own.p && left >= limits.tolerated.inferred * closures ? ofNothing : own];
  });
}

/** What comes of nothing that was seen comes at all times: in a part of the time as large a part of it. */
function quietCount({ ends, part, after }: Quiet, all: number): Count {
  const tolerated = limits.tolerated.inferred * part;
  return {
    hypothesis: 'internal_error',
    kind: 'quiet',
    closures: ends,
    give: { less: 0, more: 0 },
    together: 0,
    all,
    tolerated,
    p: binomialTail(ends, all, tolerated),
    part,
    after,
  };
}
