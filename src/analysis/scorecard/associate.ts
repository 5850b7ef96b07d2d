/** Asks the questions of an {@link Inquiry} of its units: does the exposure go with the end, all else being equal? */

import { clusteredScores, effectiveLooks, type Score } from '../statistics/clustered-scores.ts';
import { conditional, type MatchedSet } from '../statistics/conditional.ts';
import { normalP, poissonTail, z95 } from '../statistics/distributions.ts';
import { type Tested, testExposure } from '../statistics/likelihood-ratio.ts';
import type { Effect, Outcome } from '../statistics/odds-ratio.ts';
import { oddsRatio, rateRatio } from '../statistics/odds-ratio.ts';
import { proportion } from '../statistics/proportion.ts';
import { type Exposure, type Fit, fit } from '../statistics/regression.ts';
import { expectedShare } from './excess.ts';
import { limits } from './limits.ts';
import type { Inquiry, Question, Unit } from './question.ts';
import type { Comparison, Group, JudgedHypothesis, Threshold } from './scorecard.ts';
import { type Tabulated, tabulate, withEvents } from './tabulate.ts';

/** What came of a question. */
export interface Association {
  readonly hypothesis: JudgedHypothesis;
  readonly family: string;
  readonly unit: Comparison['unit'];
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

export interface Result {
  readonly effect: Effect;
  readonly crude: Effect;
  /** Corrected for the looks. */
  readonly p: number;
  readonly estimate: number;
  readonly standardError: number;
  /** Ends among the exposed beyond what the others let expect; and at the ends of the interval. */
  readonly excess: { readonly value: number; readonly low: number; readonly high: number };
  /** Large enough, and met by enough ends, to be more than what is known only roughly. */
  readonly sizeable: boolean;
  /** Within sessions the exposed fare no worse than the others: sessions differ, not what happens in them. */
  readonly contradicted: boolean;
}

/** One threshold and one window. */
interface Look<Factors> {
  readonly question: Question<Factors>;
  readonly window: number | undefined;
  readonly exposure: Exposure;
  readonly exposed: Outcome;
  readonly unexposed: Outcome;
}

interface Scored<Factors> {
  readonly look: Look<Factors>;
  readonly table: Tabulated<Factors>;
  readonly none: Fit;
  readonly score: Score;
}

export function associate<Factors>(
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
): readonly Association[] {
  const table = tabulate(units, inquiry.groupings, inquiry.family);
  const families = [...new Set(inquiry.questions.map(({ family }) => family))];
  const windows = inquiry.windows.map((window): Windowed<Factors> => {
    const own = withEvents(table, units, window);
    return { window, table: own, start: undefined };
  });
  // A longer window that holds no more ends says the same.
  const told = windows
    .filter(({ table: { ends } }, index) => index === 0 || ends !== windows[index - 1]?.table.ends)
    .map((one) => ({ ...one, start: one.table.ends > 0 ? fit(one.table.model) : undefined }));
  return families.map((family) =>
    answer(
      told,
      units,
      inquiry,
      inquiry.questions.filter((question) => question.family === family),
    ),
  );
}

interface Windowed<Factors> {
  readonly window: number | undefined;
  readonly table: Tabulated<Factors>;
  /** With all columns: where other fits begin. */
  readonly start: Fit | undefined;
}

function answer<Factors>(
  tables: readonly Windowed<Factors>[],
  units: readonly Unit<Factors>[],
  inquiry: Inquiry<Factors>,
  questions: readonly Question<Factors>[],
): Association {
  const [first] = questions;
  const [{ table } = { table: undefined }] = tables;
  if (first === undefined || table === undefined) throw new RangeError('There is no question to ask.');
  const asked = tables.flatMap(({ window, table: own }) =>
    distinct(questions.map((question) => split(own, question, window))).map((look) => ({ look, table: own })),
  );
  const without = ownColumns(table, first);
  const scored = tables.flatMap(({ window, table: own, start }): Scored<Factors>[] => {
    const looks = asked.filter(({ look }) => look.window === window).map(({ look }) => look);
    if (start === undefined || looks.length === 0) return [];
    const none = fit(own.model, { without, start });
    const found = clusteredScores(
      own.model,
      none,
      looks.map(({ exposure }) => exposure),
      { without, units: own.units, occasions: inquiry.occasions },
    );
    return looks.map((look, index) => ({ look, table: own, none, score: found[index] as Score }));
  });
  const best = scored.reduce<Scored<Factors> | undefined>(
    (most, one) => (most === undefined || one.score.z > most.score.z ? one : most),
    undefined,
  );
  const look = best?.look ?? lookWithout(tables, first);
  const { question } = look;
  return {
    hypothesis: question.hypothesis,
    family: question.family,
    unit: inquiry.unit,
    exposed: { label: question.exposedLabel, ...look.exposed },
    unexposed: { label: question.unexposedLabel, ...look.unexposed },
    adjustedFor: [...table.columns.keys()].filter(
      (name) => !question.own.some(({ grouping, level }) => grouping === name && level === undefined),
    ),
    ...(question.threshold && { threshold: question.threshold }),
    ...(look.window !== undefined && { window: look.window }),
    clusters: table.units.clusterCount,
    looks: Math.max(1, scored.length),
    most: Math.max(0, ...scored.map(mostEnds), ...alone(tables, questions)),
    ...(best && { result: resultOf(best, scored, inquiry, units, without) }),
  };
}

function resultOf<Factors>(
  { look, table, none, score }: Scored<Factors>,
  scored: readonly Scored<Factors>[],
  { family, least }: Inquiry<Factors>,
  units: readonly Unit<Factors>[],
  without: ReadonlySet<number>,
): Result {
  const { exposure, exposed, unexposed } = look;
  const few = Math.min(exposed.closures, unexposed.closures) < fewEnds;
  const crude = (family === 'binomial' ? oddsRatio : rateRatio)(exposed, unexposed);
  // What is nearly the same as another factor, as size is of tools, hides in it at the fit without: its score is small
  // although the fit with it is much better.
  const tested =
    score.z > promising || crude.value > plain
      ? testExposure(table.model, exposure, {
          without,
          none,
          profile: few && table.rows.length < profiledRows,
        })
      : nearNothing(score, none);
  const widen = Math.sqrt(score.widening);
  const { estimate } = tested;
  const low = estimate - (estimate - tested.low) * widen;
  const high = estimate + (tested.high - estimate) * widen;
  const standardError = tested.standardError * widen;
  const beyond = (coefficient: number): number => expectedShare(table, exposure, tested.full, coefficient);
  const share = { value: beyond(estimate), low: beyond(low), high: beyond(high) };
  const chance = normalP(tested.z / Math.sqrt(score.inflation));
  // It is normal only where more than a few exposed ends are expected.
  const guarded =
    score.expected < fewExpected
      ? Math.max(chance, Math.min(1, 2 * poissonTail(exposed.closures, score.expected)))
      : chance;
  const looks = effectiveLooks(scored.map((one) => one.score));
  return {
    effect: {
      measure: family === 'binomial' ? 'odds_ratio' : 'rate_ratio',
      value: Math.exp(estimate),
      low: Math.exp(low),
      ...(Number.isFinite(high) && { high: Math.exp(high) }),
    },
    crude,
    p: estimate > 0 ? Math.min(1, guarded * looks) : 1,
    estimate,
    standardError,
    excess: {
      value: exposed.closures * share.value,
      low: exposed.closures * share.low,
      high: exposed.closures * share.high,
    },
    sizeable: Math.exp(low) > least && exposed.closures >= limits.exposedEnds,
    contradicted: isContradicted(units, look, tested),
  };
}

/** Standard errors. Below, one step from nothing says the same as a fit of its own. */
const promising = 1.5;
/** A ratio without any control that is worth the fit. */
const plain = 2;
const fewExpected = 5;

function nearNothing({ z, estimate, standardError, inflation }: Score, none: Fit): Tested {
  const own = standardError / Math.sqrt(inflation);
  return {
    estimate,
    low: estimate - z95 * own,
    high: estimate + z95 * own,
    standardError: own,
    p: normalP(z),
    z: Math.max(0, z),
    full: { ...none, exposure: estimate },
  };
}

/** With fewer in either group the standard error says too little, and the profile is worth its cost. */
const fewEnds = 8;
/** Beyond, a profile takes too long. */
const profiledRows = 1_000;

/**
 * Users differ in how often their sessions end, and in what they do: what they do then goes with ends and is not the
 * reason. Within one session it does not. Where the units of one session say clearly that the effect is less than half
 * of that between all, it is not of what happens in them.
 */
function isContradicted<Factors>(
  units: readonly Unit<Factors>[],
  { question, window }: Look<Factors>,
  { estimate }: Tested,
): boolean {
  const sets = new Map<number, { units: number; exposed: number; case: boolean | undefined }>();
  for (const { set, factors, endedAfter } of units) {
    if (set === 0) continue;
    const found = sets.get(set) ?? { units: 0, exposed: 0, case: undefined };
    sets.set(set, found);
    const exposed = question.exposed(factors);
    found.units += 1;
    found.exposed += Number(exposed);
    if (endedAfter !== undefined && endedAfter <= (window ?? Number.POSITIVE_INFINITY)) found.case = exposed;
  }
  const matched = [...sets.values()].flatMap((found): MatchedSet[] =>
    found.case === undefined ? [] : [{ units: found.units, exposed: found.exposed, caseExposed: found.case }],
  );
  const within = conditional(matched);
  return within !== undefined && within.estimate + 1.645 * within.standardError < estimate / 2;
}

/** The most ends by one look: at the upper ends of the ratio's interval and of the share that was exposed. */
function mostEnds<Factors>({ look: { exposed }, table: { ends }, score }: Scored<Factors>): number {
  const reached = proportion(exposed.closures, ends)?.high ?? 1;
  const high = score.estimate + z95 * score.standardError;
  return reached * ends * Math.max(0, 1 - Math.exp(-Math.max(high, 0)));
}

/** Where all were exposed there is nothing to compare with: all of their ends may be of it. */
function alone<Factors>(
  tables: readonly { readonly window: number | undefined; readonly table: Tabulated<Factors> }[],
  questions: readonly Question<Factors>[],
): readonly number[] {
  return tables.flatMap(({ table, window }) =>
    questions
      .map((question) => split(table, question, window))
      .filter(({ exposed, unexposed }) => exposed.units > 0 && unexposed.units === 0)
      .map(({ exposed }) => (proportion(exposed.closures, table.ends)?.high ?? 1) * table.ends),
  );
}

function lookWithout<Factors>(
  tables: readonly { readonly window: number | undefined; readonly table: Tabulated<Factors> }[],
  question: Question<Factors>,
): Look<Factors> {
  const [first] = tables;
  if (first === undefined) throw new RangeError('There is no window to look in.');
  return split(first.table, question, first.window);
}

/** Those with something on both sides; of thresholds that split the units alike the highest. */
function distinct<Factors>(looks: readonly Look<Factors>[]): readonly Look<Factors>[] {
  return looks.filter(
    ({ exposed, unexposed }, index) =>
      exposed.units > 0 && unexposed.units > 0 && looks[index + 1]?.exposed.units !== exposed.units,
  );
}

function split<Factors>(
  { rows, model }: Tabulated<Factors>,
  question: Question<Factors>,
  window: number | undefined,
): Look<Factors> {
  const exposure = new Float64Array(rows.length);
  const exposed = { units: 0, closures: 0 };
  const unexposed = { units: 0, closures: 0 };
  for (const [index, { factors }] of rows.entries()) {
    const own = question.exposed(factors);
    exposure[index] = Number(own);
    const group = own ? exposed : unexposed;
    group.units += model.trials[index] as number;
    group.closures += model.events[index] as number;
  }
  return { question, window, exposure, exposed, unexposed };
}

function ownColumns<Factors>(
  { columns }: Tabulated<Factors>,
  { own }: Question<Factors>,
): ReadonlySet<number> {
  return new Set(
    own.flatMap(({ grouping, level }) => {
      const levels = columns.get(grouping);
      // Units of which it is not known stay apart.
      if (level === undefined)
        return [...(levels ?? [])].flatMap(([name, column]) => (name === '-1' ? [] : [column]));
      const column = levels?.get(String(level));
      return column === undefined ? [] : [column];
    }),
  );
}
