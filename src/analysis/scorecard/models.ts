/** The ways in which an exposure may end sessions that are likely by the data: thresholds, windows, and the quantity itself. Pure. */
import { z95 } from '../statistics/distributions.ts';
import { type Tested, testExposure } from '../statistics/likelihood-ratio.ts';
import { type Exposure, moments } from '../statistics/regression.ts';
import type { Scored } from './associate.ts';
import type { Model } from './caused.ts';
import { limits } from './limits.ts';

/**
 * All that are about as likely as the best. Before anything was seen the quantity itself is as likely as all of its
 * thresholds together. `tested`: of the best, by the profile where ends are few;
 * `idle`: open ends a second where nothing was sent before.
 */
export function modelsOf<Factors>(
  best: Scored<Factors>,
  tested: Tested,
  scored: readonly Scored<Factors>[],
  without: ReadonlySet<number>,
  idle = 0,
): readonly Model<Factors>[] {
  const near = scored.filter(
    (one) => one === best || (one.score.z > 0 && one.score.z ** 2 > best.score.z ** 2 - limits.unlikely),
  );
  const thresholds = near.flatMap((one) => {
    const exact = one === best ? tested : testOf(one, one.look.exposure, without);
    const between = betweenOf(one, scored);
    const weight = 1 / (1 + between.length);
    return [
      modelOf(one, one.look.exposure, exact, weight),
      ...between.map((exposure) => modelOf(one, exposure, testOf(one, exposure, without), weight)),
    ];
  });
  const models = [...thresholds, ...gradedOf(near, scored, without, idle)].filter(
    ({ estimate }) => estimate > 0,
  );
  const most = Math.max(...models.map(({ logLikelihood }) => logLikelihood));
  return models
    .map(({ logLikelihood, ...model }) => ({
      ...model,
      weight: model.weight * Math.exp(logLikelihood - most),
    }))
    .filter(({ weight }) => weight > Math.exp(-limits.unlikely / 2));
}

/** Of the effect on those beyond it, on a logarithmic scale: of a small and of a large part of a step. */
const parts = [1 / 3, 2 / 3];

/** The true threshold may lie between this one and the next below: of those between the two a part is exposed. */
function betweenOf<Factors>(
  { look, table }: Scored<Factors>,
  scored: readonly Scored<Factors>[],
): readonly Exposure[] {
  if (look.question.threshold === undefined) return [];
  const own = scored.filter((one) => one.table === table);
  const below = own[own.findIndex((one) => one.look === look) - 1];
  // Of another that is counted the thresholds say nothing of this one.
  if (
    below === undefined ||
    !look.exposure.every((exposed, row) => exposed <= (below.look.exposure[row] as number))
  )
    return [];
  return parts.map((part) =>
    look.exposure.map((exposed, row) => exposed || part * (below.look.exposure[row] as number)),
  );
}

/** By the quantity itself, in each of the windows. */
function gradedOf<Factors>(
  near: readonly Scored<Factors>[],
  scored: readonly Scored<Factors>[],
  without: ReadonlySet<number>,
  idle: number,
): readonly Likely<Factors>[] {
  const byWindow = new Map(near.map((one) => [one.look.window, one]));
  return [...byWindow].flatMap(([window, one]) => {
    const { dose } = one.look.question;
    if (dose === undefined) return [];
    const exposure = Float64Array.from(one.table.rows, ({ factors }) => dose(factors, window));
    const thresholds = scored.filter(({ look }) => look.window === window).length;
    const graded = modelOf(one, exposure, testOf(one, exposure, without), thresholds);
    const trials = exposure.reduce(
      (sum, of, row) => sum + (of > 0 ? (one.table.model.trials[row] as number) : 0),
      0,
    );
    return [window === undefined ? graded : { ...graded, idle: idle * window * trials }];
  });
}

type Likely<Factors> = Model<Factors> & { readonly logLikelihood: number };

function testOf<Factors>(
  { table, none, score: { widening } }: Scored<Factors>,
  exposure: Exposure,
  without: ReadonlySet<number>,
): Tested {
  return testExposure(table.model, exposure, { without, none, profile: false, widening });
}

function modelOf<Factors>(
  { table, none, look: { window }, score: { widening } }: Scored<Factors>,
  exposure: Exposure,
  { estimate, low, high, z, full }: Tested,
  weight: number,
): Likely<Factors> {
  // Where one group has no end the standard error is far too large downwards: the likelihood at no effect says so.
  const below = z > 0 ? (z95 * Math.sqrt(widening) * Math.max(0, estimate)) / z : Number.POSITIVE_INFINITY;
  return {
    weight,
    // Against none, without the prior, which asks less of an effect by octave; of as many ends as their clusters tell.
    logLikelihood: (full.logLikelihood - none.logLikelihood - priorOf(estimate)) / widening,
    table,
    window,
    exposure,
    full,
    estimate,
    low: Math.max(low, estimate - below),
    high,
    widening,
  };
}

/** Logarithm of log-F(1, 1). */
function priorOf(coefficient: number): number {
  return coefficient / 2 - moments('binomial', coefficient, 1).cost;
}
