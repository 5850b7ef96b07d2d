/** Did the fix work: two reports, before and after it. Pure. */

import { limits } from '../analysis/scorecard/limits.ts';
import type { JudgedHypothesis, Verdict } from '../analysis/scorecard/scorecard.ts';
import { holm } from '../analysis/statistics/holm.ts';
import type { Effect } from '../analysis/statistics/odds-ratio.ts';
import { type Outcome, oddsRatio } from '../analysis/statistics/odds-ratio.ts';
import type { Proportion } from '../analysis/statistics/proportion.ts';
import { proportion } from '../analysis/statistics/proportion.ts';
import { type Difference, difference } from '../analysis/statistics/two-proportions.ts';
import { effectWords, hypothesisTitles, percent } from '../analysis/words.ts';
import type { Hypothesis } from '../conventions/vocabulary.ts';
import { hypotheses } from '../conventions/vocabulary.ts';
import { causeById } from '../diagnosis/catalogue/catalogue.ts';
import { type Standardised, standardised } from './mix.ts';
import type { Report } from './report.ts';

export const changes = ['improved', 'worse', 'no_difference_shown', 'not_enough_data'] as const;
/** `no_difference_shown`: the rate may be the same, and the interval leaves out that it was halved or doubled. */
export type Change = (typeof changes)[number];

/** Printed by `--compare`, and with `--format json`. */
export interface ComparisonReport {
  readonly version: 1;
  readonly before: Side;
  readonly after: Side;
  /** Unexpected ends of all ended sessions. */
  readonly unexpected: Compared;
  /** The same among sessions that are alike, where they differ in model, version, service or tools; `unexpected.change` follows it. */
  readonly standardised?: Standardised;
  /** Those that their diagnosis puts down to each hypothesis, of all ended sessions. */
  readonly hypotheses: readonly HypothesisCompared[];
  /** The same by cause, the most frequent first; at most 30. */
  readonly causes: readonly CauseCompared[];
  /** The answer in one or two sentences. */
  readonly answer: string;
  /** How the tests were corrected for their number, in a sentence. */
  readonly correction: string;
  /** What the reader has to know before relying on it. */
  readonly caveats: readonly string[];
}

export interface Side {
  readonly sources: readonly string[];
  /** Epoch milliseconds. */
  readonly from?: number;
  readonly to?: number;
  /** Sessions that ended. */
  readonly sessions: number;
  readonly unexpected: number;
}

export interface Compared {
  readonly change: Change;
  readonly before: { readonly closures: number; readonly share: Proportion | undefined };
  readonly after: { readonly closures: number; readonly share: Proportion | undefined };
  /** Share after less share before, with its 95 % interval; left out where one side has no session. */
  readonly difference?: Difference;
  /** Odds after against odds before. */
  readonly effect?: Effect;
  /** Of the test of two shares, before and after the correction for many. */
  readonly p?: number;
  readonly adjustedP?: number;
  /** In a sentence. */
  readonly statement: string;
}

export interface HypothesisCompared extends Compared {
  readonly hypothesis: JudgedHypothesis | 'not_established';
  /** Of the scorecards of both sides. */
  readonly verdicts?: { readonly before: Verdict; readonly after: Verdict };
}

export interface CauseCompared extends Compared {
  readonly cause: string;
  readonly title: string;
  readonly hypothesis: Hypothesis;
}

const mostCauses = 30;

/** Sessions that ended, and how many of them in the way that is compared. */
interface Counted {
  readonly sessions: number;
  readonly closures: number;
}

export function compare(before: Report, after: Report): ComparisonReport {
  const sides = [before, after].map(side) as [Side, Side];
  const [was, is] = sides;
  const count = (report: Report, has: (row: Report['causes'][number]) => boolean): number =>
    report.causes.reduce((sum, row) => sum + (!row.expected && has(row) ? row.closures : 0), 0);
  const pair = (has: (row: Report['causes'][number]) => boolean): readonly [Counted, Counted] => [
    { sessions: was.sessions, closures: count(before, has) },
    { sessions: is.sessions, closures: count(after, has) },
  ];

  const [crude] = tested([{ facts: {}, what: 'Unexpected ends', counts: pair(() => true) }]) as readonly [
    Compared,
  ];
  const alike = standardised(before, after);
  const all = alike === undefined ? crude : amongAlike(crude, alike);
  const byHypothesis = tested(
    hypotheses.map((hypothesis) => ({
      facts: { hypothesis, ...verdictsOf(hypothesis, before, after) },
      what:
        hypothesis === 'not_established'
          ? 'Ends without an established cause'
          : `Ends put down to ${hypothesisTitles[hypothesis]}`,
      counts: pair((row) => row.hypothesis === hypothesis),
    })),
  );
  const causes = tested(
    causesOf(before, after).map(({ cause, hypothesis }) => {
      const title = causeById(cause)?.title ?? 'Ends without an established cause';
      return {
        facts: { cause, title, hypothesis },
        what: title,
        counts: pair((row) => row.cause === cause && row.hypothesis === hypothesis),
      };
    }),
  );
  return {
    version: 1,
    before: was,
    after: is,
    unexpected: all,
    ...(alike && { standardised: alike }),
    hypotheses: byHypothesis,
    causes,
    answer: answerOf(all, byHypothesis),
    correction: `p values by hypothesis, and those by cause, are corrected for their number by Holm's method.`,
    caveats: caveatsOf(before, after),
  };
}

function side({ input, totals }: Report): Side {
  const { sources, from, to } = input;
  const { expected, unexpected } = totals.closures;
  return {
    sources,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    sessions: expected + unexpected,
    unexpected,
  };
}

interface Row<Facts> {
  readonly facts: Facts;
  /** What is compared, as the beginning of a sentence. */
  readonly what: string;
  readonly counts: readonly [Counted, Counted];
}

/** Each with its test, p corrected for those of them where there is anything to test. */
function tested<Facts>(rows: readonly Row<Facts>[]): readonly (Facts & Compared)[] {
  const measured = rows.map(({ counts }) => measure(counts));
  const testable = measured.filter(
    ({ before, after, p }) => p !== undefined && before.closures + after.closures > 0,
  );
  const adjusted = holm(testable.map(({ p = 1 }) => p));
  return rows.map(({ facts, what }, index) => {
    const one = measured[index] as Measured;
    const adjustedP = adjusted[testable.indexOf(one)];
    const corrected = { ...one, ...(adjustedP !== undefined && { adjustedP }) };
    const change = changeOf(corrected);
    return { ...facts, ...corrected, change, statement: statementOf(what, corrected, change) };
  });
}

type Measured = Omit<Compared, 'change' | 'statement'>;

function measure([before, after]: readonly [Counted, Counted]): Measured {
  const shares = {
    before: { closures: before.closures, share: proportion(before.closures, before.sessions) },
    after: { closures: after.closures, share: proportion(after.closures, after.sessions) },
  };
  const [was, is] = [before, after].map(({ sessions, closures }) => ({ units: sessions, closures })) as [
    Outcome,
    Outcome,
  ];
  const found = difference(was, is);
  if (found === undefined) return shares;
  const { p, ...interval } = found;
  return { ...shares, difference: interval, effect: oddsRatio(is, was), p };
}

const says: Readonly<Record<Change, string>> = {
  improved: 'fewer, by more than chance lets expect',
  worse: 'more, by more than chance lets expect',
  no_difference_shown: 'no difference is shown, and neither a half nor twice as many is likely',
  not_enough_data: 'too few to tell',
};

function statementOf(what: string, { before, after }: Measured, change: Change): string {
  if (before.share === undefined || after.share === undefined)
    return `${what}: one side has no session that ended.`;
  const was = `${percent(before.share.value)} (${Math.round(before.closures)})`;
  const is = `${percent(after.share.value)} (${Math.round(after.closures)})`;
  return `${what} went from ${was} to ${is} of the sessions: ${says[change]}.`;
}

function changeOf({ effect, adjustedP = 1, difference: found }: Measured): Change {
  if (effect === undefined || found === undefined) return 'not_enough_data';
  if (adjustedP < limits.level) return found.value < 0 ? 'improved' : 'worse';
  return effect.low > 0.5 && (effect.high ?? Number.POSITIVE_INFINITY) < 2
    ? 'no_difference_shown'
    : 'not_enough_data';
}

/** A change is one of sessions that are alike: the mix alone is none. */
function amongAlike(crude: Compared, { effect, p, alikeIn }: Standardised): Compared {
  const change: Change =
    p < limits.level
      ? effect.value < 1
        ? 'improved'
        : 'worse'
      : effect.low > 0.5 && (effect.high ?? Number.POSITIVE_INFINITY) < 2
        ? 'no_difference_shown'
        : 'not_enough_data';
  const words = alikeIn.map(
    (what) => ({ model: 'model', sdk: 'SDK version', service: 'service', tool: 'use of tools' })[what],
  );
  const what = [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ');
  const mix = change === crude.change ? '' : ' The mix of the sessions makes the difference between the two.';
  return {
    ...crude,
    change,
    statement: `${crude.statement} Of sessions alike in ${what}: ${effectWords(effect)}, ${says[change]}.${mix}`,
  };
}

function verdictsOf(
  hypothesis: JudgedHypothesis | 'not_established',
  before: Report,
  after: Report,
): Pick<HypothesisCompared, 'verdicts'> {
  const of = ({ scorecard }: Report): Verdict | undefined =>
    scorecard.findings.find((finding) => finding.hypothesis === hypothesis)?.verdict;
  const [was, is] = [of(before), of(after)];
  return was !== undefined && is !== undefined ? { verdicts: { before: was, after: is } } : {};
}

function causesOf(before: Report, after: Report): readonly { cause: string; hypothesis: Hypothesis }[] {
  const counts = new Map<string, { cause: string; hypothesis: Hypothesis; closures: number }>();
  for (const { cause, hypothesis, expected, closures } of [...before.causes, ...after.causes]) {
    if (expected) continue;
    const key = JSON.stringify([cause, hypothesis]);
    counts.set(key, { cause, hypothesis, closures: closures + (counts.get(key)?.closures ?? 0) });
  }
  return [...counts.values()]
    .sort((a, b) => b.closures - a.closures || (a.cause < b.cause ? -1 : 1))
    .slice(0, mostCauses);
}

function answerOf(all: Compared, hypotheses: readonly HypothesisCompared[]): string {
  const moved = (change: Change): string =>
    hypotheses
      .filter((row) => row.change === change)
      .map(({ hypothesis }) =>
        hypothesis === 'not_established' ? 'no established cause' : hypothesisTitles[hypothesis],
      )
      .join(', ');
  const fewer = moved('improved');
  const more = moved('worse');
  return [
    all.statement,
    ...(fewer ? [`Fewer ends of: ${fewer}.`] : []),
    ...(more ? [`More ends of: ${more}.`] : []),
  ].join(' ');
}

function caveatsOf(before: Report, after: Report): readonly string[] {
  const caveats = [
    'Before and after differ in time as well: the service, the traffic and the models may have changed with it.',
  ];
  if (mixOf(before) !== mixOf(after)) {
    caveats.push('The sessions before and after are not of the same models, SDK versions or services.');
  }
  if (before.coverage.sampled || after.coverage.sampled) {
    caveats.push(
      'Sessions were sampled; where unexpected ends are always kept, intervals are wider than they look.',
    );
  }
  return caveats;
}

function mixOf({ environment }: Report): string {
  return JSON.stringify(environment.map(({ model, sdk, service }) => [model, sdk, service]).sort());
}
