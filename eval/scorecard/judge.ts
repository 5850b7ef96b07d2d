/** Plays a population, lets the report judge its telemetry, and holds the two together. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Report } from '../../src/report/report.ts';
import type { Named } from './causes/cause.ts';
import { partsOf } from './cut.ts';
import { type Looks, lookOften } from './looks.ts';
import type { Population } from './population.ts';
import { keepPromises, type Promised } from './promise.ts';
import { type TrueShare, type Truth, truthOf } from './truth.ts';
import type { Diagnosed } from './world/ledger.ts';
import { telemetryOf } from './world/store.ts';

export type Finding = Report['scorecard']['findings'][number];

export interface Judged extends TrueShare {
  readonly verdict: Finding['verdict'];
  readonly statement: string;
  /** What the report says it accounts for; left out where a planted cause may be counted as it or not. */
  readonly said?: NonNullable<Finding['accountsFor']>;
  /** Of a supported one: whether the interval of "accounts for" holds the truth. */
  readonly covered?: boolean;
  /** Of one that is not supported: whether the truth stays below what it may account for at most. */
  readonly bounded?: boolean;
}

/** What is kept of one population. */
export interface Result {
  readonly family: string;
  readonly seed: number;
  readonly sessions: number;
  readonly deaths: number;
  /** By the server, what is true; the largest share first. */
  readonly truths: readonly Judged[];
  /** Supported, and innocent, with what was said. */
  readonly accused: readonly { readonly hypothesis: Named; readonly statement: string }[];
  /** Nothing but the background. */
  readonly bare: boolean;
  /** Whether the first remedy is that of the main cause; left out where none is the main one, or the data is short. */
  readonly firstRemedy?: { readonly right: boolean; readonly said: string };
  readonly diagnoses: Tally;
  /** Only of some populations, as they take long. */
  readonly looks?: Looks;
  readonly promised: readonly Promised[];
}

/** The closures' own diagnoses. */
export interface Tally {
  readonly right: number;
  readonly abstained: number;
  readonly wrong: number;
  /** Wrong, with medium or high confidence. */
  readonly confidentlyWrong: number;
}

/** Largest by so much, it is the main cause. */
const ahead = 1.3;

/**
 * `thorough`: also looks again and again, and waits for the sessions that were asked for. `store`: where telemetry is
 * kept from one run to the next.
 */
export async function judgePopulation(
  population: Population,
  { thorough, store }: { readonly thorough: boolean; readonly store: string | undefined },
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  try {
    const { file, account } = await telemetryOf(population, store ?? directory);
    const report = toReport(await collect([file]));
    const truth = truthOf(population, account);
    const result = resultOf(population, truth, report, account.diagnoses);
    if (!thorough) return result;
    const reportOf = await partsOf(file, join(directory, 'scratch.jsonl'));
    const looks = result.bare ? await lookOften(reportOf, truth.allowed) : undefined;
    return { ...result, ...(looks && { looks }), promised: await keepPromises(reportOf) };
  } finally {
    await rm(directory, { recursive: true });
  }
}

function resultOf(
  { family, seed, causes }: Population,
  truth: Truth,
  { scorecard, remedies, totals }: Report,
  diagnoses: readonly Diagnosed[],
): Result {
  const finding = (hypothesis: Named): Finding | undefined =>
    scorecard.findings.find((one) => one.hypothesis === hypothesis);
  const ambiguous = new Set(causes.flatMap(({ allowed = [] }) => allowed));
  const truths = truth.shares.map((share) => judged(share, finding(share.hypothesis), ambiguous));
  const [main, second] = truths;
  const [remedy] = remedies;
  const clear = main?.suffices && main.deaths > ahead * (second?.deaths ?? 0) && main.share > 0.3;
  return {
    family,
    seed,
    sessions: totals.sessions,
    deaths: truth.deaths,
    truths,
    accused: scorecard.findings
      .filter(({ verdict, hypothesis }) => verdict === 'supported' && !truth.allowed.has(hypothesis))
      .map(({ hypothesis, statement }) => ({ hypothesis, statement })),
    bare: causes.every(({ hypothesis }) => hypothesis === undefined),
    ...(clear && {
      firstRemedy: { right: remedy?.hypothesis === main.hypothesis, said: remedy?.hypothesis ?? 'nothing' },
    }),
    diagnoses: tallyOf(diagnoses, truth),
    promised: [],
  };
}

/** Of a share. */
const rounding = 1e-9;

/** `ambiguous`: a planted cause may be counted as it or not. */
function judged(share: TrueShare, finding: Finding | undefined, ambiguous: ReadonlySet<Named>): Judged {
  const { accountsFor, verdict = 'not_enough_data', statement = '' } = finding ?? {};
  const { share: truth } = share;
  const below = truth <= (accountsFor?.high ?? 1) + rounding;
  const clear = accountsFor !== undefined && !ambiguous.has(share.hypothesis);
  return {
    ...share,
    verdict,
    statement,
    ...(clear && { said: accountsFor }),
    ...(clear && verdict === 'supported' && { covered: below && accountsFor.low <= truth + rounding }),
    ...(clear && verdict !== 'supported' && { bounded: below }),
  };
}

function tallyOf(diagnoses: readonly Diagnosed[], { namesOf }: Truth): Tally {
  const tally = { right: 0, abstained: 0, wrong: 0, confidentlyWrong: 0 };
  for (const { cause, hypothesis, confidence } of diagnoses) {
    if (hypothesis === 'not_established') tally.abstained += 1;
    else if (namesOf.get(cause)?.has(hypothesis)) tally.right += 1;
    else {
      tally.wrong += 1;
      if (confidence !== 'low') tally.confidentlyWrong += 1;
    }
  }
  return tally;
}
