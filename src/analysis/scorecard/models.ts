/** The ways in which an exposure may end sessions that are likely by the data: thresholds, windows, and the quantity itself. Pure. */
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
  const thresholds = near.map((one) =>
    modelOf(one, one.look.exposure, one === best ? tested : testOf(one, one.look.exposure, without), 1),
  );
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
  { table, none }: Scored<Factors>,
  exposure: Exposure,
  without: ReadonlySet<number>,
): Tested {
  return testExposure(table.model, exposure, { without, none, profile: false });
}

function modelOf<Factors>(
  { table, none, look: { window }, score: { widening } }: Scored<Factors>,
  exposure: Exposure,
  { estimate, low, high, full }: Tested,
  weight: number,
): Likely<Factors> {
  const widen = Math.sqrt(widening);
  return {
    weight,
    // Against none, without the prior, which asks less of an effect by octave; of as many ends as their clusters tell.
    logLikelihood: (full.logLikelihood - none.logLikelihood - priorOf(estimate)) / widening,
    table,
    window,
    exposure,
    full,
    estimate,
    low: estimate - (estimate - low) * widen,
    high: estimate + (high - estimate) * widen,
    widening,
  };
}

/** Logarithm of log-F(1, 1). */
function priorOf(coefficient: number): number {
  return coefficient / 2 - moments('binomial', coefficient, 1).cost;
}
