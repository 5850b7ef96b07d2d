/** Asks the questions of an {@link Inquiry} of its units: does the exposure go with the end, all else being equal? */

import { normalP, z95 } from '../statistics/distributions.ts';
import { type Tested, testExposure } from '../statistics/likelihood-ratio.ts';
import type { Effect, Outcome } from '../statistics/odds-ratio.ts';
import { oddsRatio, rateRatio } from '../statistics/odds-ratio.ts';
import {
  type DesignRow,
  type Exposure,
  type Family,
  type Fit,
  fit,
  type Model,
  prepare,
  type Score,
  scores,
} from '../statistics/regression.ts';
import type { Grouping, Inquiry, Question } from './question.ts';
import type { Comparison, Group, JudgedHypothesis } from './scorecard.ts';

/** Units that are alike in what matters here. */
export interface Counted<Factors> {
  readonly factors: Factors;
  /** Units, or minutes at risk. */
  readonly units: number;
  readonly closures: number;
}

/** What came of a question. */
export interface Association {
  readonly hypothesis: JudgedHypothesis;
  readonly family: string;
  readonly unit: Comparison['unit'];
  readonly exposed: Group;
  readonly unexposed: Group;
  readonly adjustedFor: readonly string[];
  /** Thresholds that were looked at; p is corrected for them. */
  readonly looks: number;
  /** It holds in few stretches of time only, as in an outage. */
  readonly once?: true;
  /** Left out where there is only one group, or no closure at all. */
  readonly result?: {
    readonly effect: Effect;
    readonly crude: Effect;
    readonly p: number;
    /** Closures among the exposed beyond what the others let expect; and at the ends of the interval. */
    readonly excess: { readonly value: number; readonly low: number; readonly high: number };
    readonly standardError: number;
  };
}

/** Levels of a grouping that get a column of their own; rarer ones share one. */
const mostLevels = 40;
export function associate<Factors>(
  counted: readonly Counted<Factors>[],
  inquiry: Inquiry<Factors>,
): readonly Association[] {
  const table = tabulate(counted, inquiry);
  const families = [...new Set(inquiry.questions.map(({ family }) => family))].map((family) =>
    inquiry.questions.filter((question) => question.family === family),
  );
  const start = table.closures > 0 ? fit(table.model) : undefined;
  return families.map((questions) => answer(table, inquiry, questions, start));
}

interface Tabulated<Factors> {
  readonly rows: readonly DesignRow[];
  readonly model: Model;
  /** Of the first unit of each row: the others are alike in all that is asked. */
  readonly factors: readonly Factors[];
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly closures: number;
}

/** Column 0 is the intercept; then one for each level of each grouping that has more than one. */
function tabulate<Factors>(
  counted: readonly Counted<Factors>[],
  inquiry: Inquiry<Factors>,
): Tabulated<Factors> {
  const precision = [0];
  const columns = new Map<string, ReadonlyMap<string, number>>();
  const named = inquiry.groupings.flatMap((grouping) => {
    const levels = columnsOf(counted, grouping, precision);
    if (levels.size === 0) return [];
    columns.set(grouping.name, levels);
    return [{ grouping, levels }];
  });
  const merged = new Map<string, { factors: Factors; columns: number[]; trials: number; events: number }>();
  let closures = 0;
  for (const { factors, units, closures: events } of counted) {
    const own = [0];
    for (const { grouping, levels } of named) {
      const level = String(grouping.level(factors));
      if (level === String(grouping.reference)) continue;
      const column = levels.get(level) ?? levels.get(otherLevels);
      if (column !== undefined) own.push(column);
    }
    closures += events;
    const key = own.join();
    const found = merged.get(key);
    if (found) {
      found.trials += units;
      found.events += events;
    } else merged.set(key, { factors, columns: own, trials: units, events });
  }
  const rows = [...merged.values()];
  return {
    rows,
    model: prepare({ family: inquiry.family, rows, precision }),
    factors: rows.map(({ factors }) => factors),
    columns,
    closures,
  };
}

const otherLevels = '_others';

function columnsOf<Factors>(
  counted: readonly Counted<Factors>[],
  { level, reference, spread }: Grouping<Factors>,
  precision: number[],
): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const cell of counted) {
    const name = String(level(cell.factors));
    units.set(name, (units.get(name) ?? 0) + cell.units);
  }
  if (units.size < 2) return new Map();
  units.delete(String(reference));
  const kept = [...units].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const names = kept.length > mostLevels ? [...kept.slice(0, mostLevels), otherLevels] : kept;
  return new Map(
    names.map((name) => {
      precision.push(1 / spread ** 2);
      return [name, precision.length - 1];
    }),
  );
}

function answer<Factors>(
  table: Tabulated<Factors>,
  { unit, family }: Inquiry<Factors>,
  questions: readonly Question<Factors>[],
  start: Fit | undefined,
): Association {
  const asked = questions.map((question) => ({ question, ...split(table, question) }));
  const [first] = asked;
  if (first === undefined) throw new RangeError('There is no question to ask.');
  const comparable = asked.filter(
    ({ exposed, unexposed }, index) =>
      exposed.units > 0 &&
      unexposed.units > 0 &&
      // Thresholds that split the units alike are one: the highest.
      asked[index + 1]?.exposed.units !== exposed.units,
  );
  const without = ownColumns(table, first.question);
  const none = start && fit(table.model, { without, start });
  const scored =
    none &&
    scores(
      table.model,
      none,
      comparable.map(({ exposure }) => exposure),
      without,
    );
  const strongest =
    scored?.reduce((best, { z }, index) => (z > (scored[best]?.z ?? z) ? index : best), 0) ?? 0;
  const best = comparable[strongest] ?? first;
  const score = scored?.[strongest];
  const about = {
    hypothesis: best.question.hypothesis,
    family: best.question.family,
    unit,
    exposed: { label: best.question.exposedLabel, ...best.exposed },
    unexposed: { label: best.question.unexposedLabel, ...best.unexposed },
    adjustedFor: [...table.columns.keys()].filter(
      (name) => !best.question.own.some(({ grouping, level }) => grouping === name && level === undefined),
    ),
    looks: Math.max(1, comparable.length),
  };
  if (none === undefined || score === undefined) return about;

  const few = Math.min(best.exposed.closures, best.unexposed.closures) < fewClosures;
  const tested =
    few || score.z > promising
      ? testExposure(table.model, best.exposure, {
          without,
          none,
          profile: few && table.rows.length < profiledRows,
        })
      : nearNothing(score, none);
  const beyond = (coefficient: number): number => excess(table, best.exposure, tested, coefficient);
  return {
    ...about,
    result: {
      effect: {
        measure: family === 'binomial' ? 'odds_ratio' : 'rate_ratio',
        value: Math.exp(tested.estimate),
        low: Math.exp(tested.low),
        ...(Number.isFinite(tested.high) && { high: Math.exp(tested.high) }),
      },
      crude: (family === 'binomial' ? oddsRatio : rateRatio)(best.exposed, best.unexposed),
      p: tested.estimate > 0 ? Math.min(1, tested.p * comparable.length) : 1,
      excess: { value: beyond(tested.estimate), low: beyond(tested.low), high: beyond(tested.high) },
      standardError: tested.standardError,
    },
  };
}

/** With fewer in either group the standard error says too little, and the profile is worth its cost. */
const fewClosures = 8;
/** Beyond, a profile takes too long. */
const profiledRows = 2_000;
/** Standard errors. Below, one step from nothing says the same as a fit of its own. */
const promising = 1.5;

function nearNothing({ z, estimate, standardError }: Score, none: Fit): Tested {
  return {
    estimate,
    low: estimate - z95 * standardError,
    high: estimate + z95 * standardError,
    standardError,
    p: normalP(z),
    full: { ...none, exposure: estimate },
  };
}

function split<Factors>(
  { rows, factors }: Tabulated<Factors>,
  { exposed: isExposed }: Question<Factors>,
): { readonly exposure: Exposure; readonly exposed: Outcome; readonly unexposed: Outcome } {
  const exposure = new Float64Array(rows.length);
  const exposed = { units: 0, closures: 0 };
  const unexposed = { units: 0, closures: 0 };
  for (const [index, { trials, events }] of rows.entries()) {
    const own = isExposed(factors[index] as Factors);
    exposure[index] = Number(own);
    const group = own ? exposed : unexposed;
    group.units += trials;
    group.closures += events;
  }
  return { exposure, exposed, unexposed };
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

/**
 * Closures among the exposed that would not have been without the exposure, by the model: observed ones times the
 * share of the fitted that goes away when the coefficient is taken off.
 */
function excess<Factors>(
  { rows, model: { family } }: Tabulated<Factors>,
  exposure: Exposure,
  { full }: Tested,
  coefficient: number,
): number {
  const observed = rows.reduce((sum, { events }, index) => sum + (exposure[index] === 1 ? events : 0), 0);
  if (coefficient === Number.POSITIVE_INFINITY) return observed;
  let fitted = 0;
  let left = 0;
  for (const [index, { columns, trials }] of rows.entries()) {
    if (exposure[index] !== 1) continue;
    const linear = columns.reduce((sum, column) => sum + (full.coefficients[column] ?? 0), full.exposure);
    fitted += trials * mean(family, linear);
    left += trials * mean(family, linear - coefficient);
  }
  return fitted > 0 ? observed * (1 - left / fitted) : 0;
}

function mean(family: Family, linear: number): number {
  return family === 'binomial' ? 1 / (1 + Math.exp(-linear)) : Math.exp(Math.min(linear, 50));
}
