/**
 * Everything that the report says, as data: what the text, Markdown and HTML are rendered from, and what
 * `--format json` prints. docs/report.md describes it; a change that breaks readers raises `version`.
 */

import type { FirstAudioRow } from '../analysis/risk/first-audio.ts';
import type { Quantiles } from '../analysis/risk/quantiles.ts';
import type { AgeBin, TimeBin } from '../analysis/risk/tables.ts';
import type { Scorecard, Verdict } from '../analysis/scorecard/scorecard.ts';
import type { Proportion } from '../analysis/statistics/proportion.ts';
import type { Hypothesis } from '../conventions/vocabulary.ts';
import type { ExperimentRow } from './experiments.ts';
import type { ClosureGroupRow } from './read/sessions/closure-groups.ts';
import type { LiveSession } from './read/sessions/model.ts';
import type { ReportInput } from './read/tally.ts';
import type { StallRow, TurnTroubleRow } from './read/trouble.ts';

export interface Report {
  readonly version: 3;
  readonly input: ReportInput;
  readonly totals: Totals;
  readonly coverage: Coverage;
  /** What the ended sessions were of, the most frequent first. */
  readonly environment: readonly EnvironmentRow[];
  /** Sessions that an experiment made, judged as one; left out where there are none. */
  readonly experiments?: readonly ExperimentRow[];
  readonly scorecard: Scorecard;
  /** Unexpected ends by model, SDK version, service, its version, tool and region, those with the most sessions first. */
  readonly groups: readonly GroupRow[];
  /** What to do first: those of supported hypotheses, the weightiest first; then those that are not shown, what comparisons point to before diagnoses. */
  readonly remedies: readonly Remedy[];
  readonly causes: readonly CauseRow[];
  /** Closures alike in code, reason, initiator and preceding event; the rarest are summed up beyond the first hundred. */
  readonly closureGroups: readonly ClosureGroupRow[];
  /** Worst first. */
  readonly tools: readonly ToolRow[];
  /** From what marked the end of the user's part to the first audio, by that mark. */
  readonly firstAudio: readonly FirstAudioRow[];
  /** Silences of open sessions. */
  readonly stalls: readonly StallRow[];
  /** Turns that the model refused or left empty. */
  readonly turnTroubles: readonly TurnTroubleRow[];
  readonly charts: Charts;
  /** Those worth opening, the most telling first; `totals.sessions` counts all. */
  readonly sessions: readonly LiveSession[];
}

export interface Totals {
  readonly sessions: number;
  readonly turns: number;
  readonly toolCalls: number;
  readonly toolResponses: number;
  readonly closures: { readonly expected: number; readonly unexpected: number };
  /** Share of ended sessions whose end was unexpected, 0 to 1, with its 95 % interval; left out where none ended. */
  readonly unexpectedShare?: Proportion;
  /** What comparisons and `unexpectedShare` are of; left out where no session was recorded as a whole. */
  readonly frame?: ReportFrame;
}

/** Sessions that ended and of which more than the end was recorded. */
export interface ReportFrame {
  readonly sessions: number;
  readonly unexpected: number;
  /** Unexpected ends of other sessions, as head sampling leaves them: counted in `closures`, compared with nothing. */
  readonly outside: number;
}

/** What the numbers rest on, and what is missing. */
export interface Coverage {
  /** Share of the sessions in the input that have a closure, 0 to 1. */
  readonly withClosure: number;
  /** Share of unexpected closures whose cause is not established. */
  readonly unknownCauses: number;
  /** Spans stand for others that were thinned away by sampling. */
  readonly sampled: boolean;
  /** What was not recorded, was merged or left out, in sentences. */
  readonly notes: readonly string[];
}

/** `''` where it is not known. */
export interface EnvironmentRow {
  readonly model: string;
  readonly provider: string;
  /** Version of `@google/genai`. */
  readonly sdk: string;
  readonly service: string;
  /** That ended, and of these the ones that did so unexpectedly. */
  readonly sessions: number;
  readonly unexpected: number;
}

export const groupings = ['model', 'sdk', 'service', 'version', 'tool', 'region'] as const;

/** Sessions alike in one thing; of a tool those that called it. */
export interface GroupRow {
  readonly by: (typeof groupings)[number];
  /** `''` where it is not known. */
  readonly value: string;
  /** That ended. */
  readonly sessions: number;
  readonly unexpected: number;
  /** With its 95 % interval, 0 to 1. */
  readonly share?: Proportion;
  /** Of turns whose usage is known. */
  readonly tokens?: Tokens;
}

export interface Tokens {
  readonly turns: number;
  /** Sums over the turns, as the bill has them: each turn reads the whole context again. */
  readonly input: number;
  readonly output: number;
  /** Input tokens of a turn, on average. */
  readonly perTurn: number;
  /** By how many input tokens a turn exceeds the one before it in its session, on average; left out without a second turn. */
  readonly growth?: number;
  readonly cost?: Cost;
}

/** By the prices of a file that the user names. */
export interface Cost {
  readonly amount: number;
  readonly currency: string;
  /** The day the prices are of: `2026-11-01`. */
  readonly dated: string;
}

export interface Remedy {
  /** Id of the cause in docs/closures.md; left out where no diagnosis named one, or where a comparison points to the hypothesis. */
  readonly cause?: string;
  readonly hypothesis: Hypothesis;
  /** Of the scorecard: only of a supported one is it shown that it would help. */
  readonly verdict: Verdict | 'not_judged';
  /** In a sentence or two. */
  readonly text: string;
  /** Unexpected closures it would have prevented: by the scorecard where there is no `cause` or it is supported, else were the diagnoses right. */
  readonly closures: number;
  /** Of all unexpected closures, 0 to 1. */
  readonly share: number;
  /** Of the share; only of a supported one. */
  readonly interval?: Proportion;
  /** A trace to look at. */
  readonly traceId?: string;
}

export interface CauseRow {
  readonly cause: string;
  readonly title: string;
  readonly hypothesis: Hypothesis;
  readonly expected: boolean;
  readonly closures: number;
  /** Its share of the closures that are as expected or unexpected as it is, 0 to 1. */
  readonly share: number;
}

export interface ToolRow {
  readonly tool: string;
  readonly calls: number;
  readonly responses: number;
  /** Responses that an unexpected closure followed within 2 s. */
  readonly closures: number;
  readonly share?: Proportion;
  /** Seconds from call to response, and bytes of the response: medians and 95th percentiles, to the width of their bins. */
  readonly latency?: Quantiles;
  readonly bytes?: Quantiles;
}

/** Series behind the charts that the scorecard does not hold itself. */
export interface Charts {
  readonly ages: readonly AgeBin[];
  readonly time: readonly TimeBin[];
  readonly timeBinMs: number;
}
