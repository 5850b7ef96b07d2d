/** Ends that several exposures of one hypothesis have to do with, each counted once. Pure. */
import { countInterval } from '../statistics/count-of-chances.ts';
import type { Proportion } from '../statistics/proportion.ts';
import type { Association } from './associate.ts';
import type { Excess, Result } from './result.ts';

export type Associated = Association & { readonly result: Result };

/**
 * Of each session the largest part that one of them gives; those that are of no session are added. The variances add as
 * those of independent counts do, each as far as it takes part.
 */
export function unionOf(associations: readonly Associated[], all: number): Proportion {
  const bySession = new Map<number, { part: number; of: number }>();
  let value = 0;
  const own = associations.map(({ result }) => {
    if (result.bySession.size === 0) value += Math.max(0, result.excess.value);
    return result.bySession.size === 0 ? Math.max(0, result.excess.value) : 0;
  });
  for (const [of, { result }] of associations.entries()) {
    const scale = scaleOf(result);
    for (const [session, raw] of result.bySession) {
      const part = raw * scale;
      if (part > (bySession.get(session)?.part ?? 0)) bySession.set(session, { part, of });
    }
  }
  for (const { part, of } of bySession.values()) {
    value += part;
    own[of] = (own[of] as number) + part;
  }
  const { low, high } = intervalOf(
    associations.map(({ result: { excess } }, index) => ({ excess, own: own[index] as number })),
  );
  // Ends of which the exposure is not known are as likely of it as the others, or none or all of them are.
  const unknown = Math.max(0, ...associations.map(({ result }) => result.unknown));
  const known = Math.max(all - unknown, 1);
  return {
    value: value + unknown * Math.min(1, value / known),
    low: Math.min(low, value),
    high: Math.max(high, value) + unknown,
  };
}

/** Of the sum of parts, each as far as it is not in another. */
function intervalOf(parts: readonly { readonly excess: Excess; readonly own: number }[]): {
  readonly low: number;
  readonly high: number;
} {
  const some = parts.filter(({ own }) => own > 0);
  const [first] = some;
  if (first === undefined) return { low: 0, high: Math.max(0, ...parts.map(({ excess }) => excess.high)) };
  if (some.length === 1) return first.excess;
  let [mean, variance, of] = [0, 0, 0];
  for (const { excess, own } of some) {
    const taken = Math.min(1, own / excess.value);
    mean += own;
    variance += taken * excess.variance;
    of += taken * excess.of;
  }
  return countInterval([{ weight: 1, of, mean, variance }]);
}

/** The parts by session add up to the excess, which may have been cut to what time lets expect. */
function scaleOf({ bySession, excess }: Result): number {
  let all = 0;
  for (const part of bySession.values()) all += part;
  return all > 0 ? Math.min(1, Math.max(0, excess.value) / all) : 0;
}
