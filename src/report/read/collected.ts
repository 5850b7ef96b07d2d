/** What one pass over the input leaves: counts that stay small, and the few sessions worth keeping whole. */
import type { FirstAudioRow } from '../../analysis/risk/first-audio.ts';
import type { Frame } from '../../analysis/risk/frame.ts';
import type { RiskTables } from '../../analysis/risk/tables.ts';
import type { ClosureGroupRow } from './sessions/closure-groups.ts';
import type { FoundExperiment } from './sessions/experiments.ts';
import type { LiveSession } from './sessions/model.ts';
import type { ReportInput } from './tally.ts';
import type { StallRow, TurnTroubleRow } from './trouble.ts';

export interface Collected {
  readonly input: ReportInput;
  readonly counts: {
    readonly sessions: number;
    readonly withClosure: number;
    readonly turns: number;
    readonly toolCalls: number;
    readonly toolResponses: number;
  };
  readonly tables: RiskTables;
  /** What comparisons are made in. */
  readonly frame: Frame;
  readonly closureGroups: readonly ClosureGroupRow[];
  readonly firstAudio: readonly FirstAudioRow[];
  /** Left out by sources that do not tell. */
  readonly experiments?: readonly FoundExperiment[];
  readonly stalls: readonly StallRow[];
  readonly turnTroubles: readonly TurnTroubleRow[];
  /** For each cause, the trace of a session that it ended. */
  readonly examples: Readonly<Record<string, string>>;
  /** Weights other than 1 were found. */
  readonly sampled: boolean;
  readonly sessions: readonly LiveSession[];
  /** What was left out to stay within memory, in sentences. */
  readonly notes: readonly string[];
}
