/** Asks the questions of an {@link Inquiry} of its units: does the exposure go with the end, all else being equal? */

import { clusteredScores, type Score } from '../statistics/clustered-scores.ts';
import { upperQuantile, z95 } from '../statistics/distributions.ts';
import { type Fit, fit } from '../statistics/regression.ts';
import { limits } from './limits.ts';
import { type Look, mostReached, mostWithoutOthers, ownColumns, split, tellingOf } from './looks.ts';
import type { Inquiry, Question, Unit } from './question.ts';
import { isLikely, type Result, resultOf } from './result.ts';
import type { Comparison, Group, JudgedHypothesis, Threshold } from './scorecard.ts';
import { type Tabulated, tabulate, withEvents } from './tabulate.ts';

/** What came of a question. */
export interface Association {
  readonly hypothesis: JudgedHypothesis;
  readonly family: string;
  readonly unit: Comparison['unit'];
  readonly ends?: Comparison['ends'];
  readonly exposed: Group;
  readonly unexposed: Group;
  readonly adjustedFor: readonly string[];
  readonly threshold?: Threshold;
  readonly window?: number;
  readonly clusters: number;
  /** Thresholds and windows that were looked at. */
  readonly looks: number;
  /** The most ends that it may account for by any of them, at the upper end of the interval. */
  readonly most: number;
  /** Left out where there is only one group, or no end at all. */
  readonly result?: Result;
}

export interface Scored<Factors> {
  readonly look: Look<Factors>;
  readonly table: Tabulated<Factors>;
  readonly none: Fit;
  readonly score: Score;
}

/** Units with the ends that came within a window. */
interface Windowed<Factors> {
  readonly window: number | undefined;
  readonly table: Tabulated<Factors>;
  /** With all columns, where other fits begin; left out where there is no end. */
  readonly start: Fit | undefined;
  /** Those without some columns, by these: several families ask for the same. */
  readonly fits: Map<string, Fit>;
}

/**
 * What goes with a stronger exposure of another hypothesis has to show without it as well: else it may only be where
 * that one is, or make it worse.
 *
 * @param all unexpected ends that the share of the exposed is of; some are after none of these units
 * @param table of the units, where it is known
 */
export function associate<Factors>(
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
  all: number,
  table: Tabulated<Factors> = tabulate(units, inquiry.groupings, inquiry.family),
): readonly Association[] {
  const families = [...new Set(inquiry.questions.map(({ family }) => family))];
  const windows = inquiry.windows
    .map((window) => ({ window, table: withEvents(table, units, window) }))
    // A longer window that holds no more ends says the same.
    .filter(({ table: { ends } }, index, all) => index === 0 || ends !== all[index - 1]?.table.ends)
    .map(
      (one): Windowed<Factors> => ({
        ...one,
        start: one.table.ends > 0 ? fit(one.table.model) : undefined,
        fits: new Map(),
      }),
    );
  const asked = (family: string): readonly Question<Factors>[] =>
    inquiry.questions.filter((question) => question.family === family);
  const found = families.map((family) => answer(windows, units, inquiry, asked(family), all));
  const stronger: Exposed<Factors>[] = [];
  const alone = new Map<string, Association>();
  for (const one of found.toSorted((a, b) => (a.result?.p ?? 1) - (b.result?.p ?? 1))) {
    const { family, hypothesis, exposed, window, result } = one;
    if (result === undefined || !isLikely(result)) continue;
    const others = stronger.filter((other) => other.question.hypothesis !== hypothesis);
    const own = { window, asked: asked(family) };
    const isLost =
      others.length > 0 &&
      !isThereWithout(others, units, inquiry, own) &&
      !others.every((other) => isNeededBy(other, units, inquiry, own));
    if (isLost) alone.set(family, { ...one, result: { ...result, contradicted: 'apart' } });
    const question = asked(family).find((each) => each.exposedLabel === exposed.label);
    if (!isLost && question) stronger.push({ question, window });
  }
  return found.map((one) => alone.get(one.family) ?? one);
}

/** Who was exposed, by the look that decided. */
interface Exposed<Factors> {
  readonly question: Question<Factors>;
  readonly window: number | undefined;
}

interface Asked<Factors> {
  readonly window: number | undefined;
  readonly asked: readonly Question<Factors>[];
}

function isThereWithout<Factors>(
  others: readonly Exposed<Factors>[],
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
  asked: Asked<Factors>,
): boolean {
  const rest = units.filter(
    ({ factors }) => !others.some((other) => other.question.exposed(factors, other.window)),
  );
  return scoredAmong(rest, inquiry, asked).some(({ score: { z } }) => z > upperQuantile(limits.takesPart));
}

/**
 * Neither ends sessions without the other: among those that were exposed to the stronger one it shows clearly, and of
 * the others of these hardly any ended. So it is not there because of the stronger one.
 */
function isNeededBy<Factors>(
  other: Exposed<Factors>,
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
  asked: Asked<Factors>,
): boolean {
  const rest = units.filter(({ factors }) => other.question.exposed(factors, other.window));
  return scoredAmong(rest, inquiry, asked).some(({ look: { exposed, unexposed }, score: { z } }) => {
    // As often as those that were exposed to both.
    const expected = (unexposed.units * exposed.closures) / exposed.units;
    return z > upperQuantile(limits.sure) && unexposed.closures < limits.hardly * expected;
  });
}

/** The looks in a part of the units that enough ends met. */
function scoredAmong<Factors>(
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
  { window, asked }: Asked<Factors>,
): readonly Scored<Factors>[] {
  const [first] = asked;
  const table = withEvents(tabulate(units, inquiry.groupings, inquiry.family), units, window);
  if (table.ends === 0 || first === undefined) return [];
  const windowed = { window, table, start: fit(table.model), fits: new Map<string, Fit>() };
  const looks = tellingOf(asked.map((question) => split(table, question, window)));
  return scoresOf(windowed, looks, inquiry, ownColumns(table, first)).filter(
    ({ look: { exposed } }) => exposed.closures >= limits.exposedEnds,
  );
}

function answer<Factors>(
  windows: readonly Windowed<Factors>[],
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
  questions: readonly Question<Factors>[],
  all: number,
): Association {
  const [first] = questions;
  const [{ table, window } = { table: undefined, window: undefined }] = windows;
  if (first === undefined || table === undefined) throw new RangeError('There is no question to ask.');
  const without = ownColumns(table, first);
  const looked = windows.map((one) => ({
    one,
    looks: questions.map((question) => split(one.table, question, one.window)),
  }));
  const scored = looked.flatMap(({ one, looks }) => scoresOf(one, tellingOf(looks), inquiry, without));
  const best = scored.reduce<Scored<Factors> | undefined>(
    (most, one) => (most === undefined || one.score.z > most.score.z ? one : most),
    undefined,
  );
  const look = best?.look ?? untold(looked.flatMap(({ looks }) => looks)) ?? split(table, first, window);
  const { question } = look;
  const result = best && resultOf(best, scored, inquiry, units, without);
  const most = Math.max(
    0,
    ...scored.map((one) => mostEnds(one, all)),
    ...looked.flatMap(({ looks }) => mostWithoutOthers(looks, all)),
  );
  return {
    hypothesis: question.hypothesis,
    family: question.family,
    unit: inquiry.unit,
    ...(inquiry.ends && { ends: inquiry.ends }),
    exposed: { label: question.exposedLabel, ...look.exposed },
    unexposed: { label: question.unexposedLabel, ...look.unexposed },
    adjustedFor: [...table.columns.keys()].filter(
      (name) => !question.own.some(({ grouping, level }) => grouping === name && level === undefined),
    ),
    ...(question.threshold && { threshold: question.threshold }),
    ...(look.window !== undefined && { window: look.window }),
    clusters: table.units.clusterCount,
    looks: Math.max(1, scored.length),
    most: most + (result?.unknown ?? 0),
    ...(result && { result }),
  };
}

/** Where nothing met an end: one that splits the units, else one that none reaches. */
function untold<Factors>(looks: readonly Look<Factors>[]): Look<Factors> | undefined {
  return (
    looks.find(({ exposed, unexposed }) => exposed.units > 0 && unexposed.units > 0) ??
    looks.find(({ exposed }) => exposed.units === 0)
  );
}

function scoresOf<Factors>(
  { table, start, fits }: Windowed<Factors>,
  looks: readonly Look<Factors>[],
  { occasions }: Inquiry<Factors>,
  without: ReadonlySet<number>,
): readonly Scored<Factors>[] {
  if (start === undefined || looks.length === 0) return [];
  const left = [...without].sort((a, b) => a - b).join();
  const none = fits.get(left) ?? fit(table.model, { without, start });
  fits.set(left, none);
  const scores = clusteredScores(
    table.model,
    none,
    looks.map(({ exposure }) => exposure),
    { without, units: table.units, occasions },
  );
  return looks.map((look, index) => ({ look, table, none, score: scores[index] as Score }));
}

/** The most ends by one look: at the upper ends of the ratio's interval and of the share that was exposed. */
function mostEnds<Factors>({ look: { exposed }, score }: Scored<Factors>, all: number): number {
  const high = score.estimate + z95 * score.standardError;
  return mostReached(exposed, all) * Math.max(0, 1 - Math.exp(-Math.max(high, 0)));
}
