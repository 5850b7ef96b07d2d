/** A population of sessions with a known truth. */
import type { JudgedHypothesis } from '../../src/analysis/scorecard/scorecard.ts';

/** What ends sessions, and how. Chances are those of one unit at risk. */
export type Plant =
  /** A tool response of `bytes` and more is followed by the end. */
  | { readonly hypothesis: 'payload_size'; readonly chance: number; readonly bytes: number }
  | {
      readonly hypothesis: 'encoding';
      readonly chance: number;
      readonly what: 'base64' | 'utf8' | 'control' | 'shape';
    }
  | { readonly hypothesis: 'tool_call_id'; readonly chance: number }
  /** The first input while a call is pending; or a session that is one of `open` and more. */
  | { readonly hypothesis: 'concurrency'; readonly chance: number; readonly open?: number }
  /** A session, at any time of it. */
  | { readonly hypothesis: 'internal_error'; readonly chance: number }
  /** A session when its process makes `connects` a minute and more; the service says so in its text, or not. */
  | {
      readonly hypothesis: 'rate_limit';
      readonly chance: number;
      readonly connects: number;
      readonly text: boolean;
    }
  /** A session, at any time or at one age in seconds; `frame`: with a close frame of a proxy, that says nothing. */
  | {
      readonly hypothesis: 'connection';
      readonly chance: number;
      readonly age?: number;
      readonly frame?: boolean;
    };

/** What makes an innocent exposure go with the end, or could. */
export interface Confounders {
  /** Large responses are slow as well: correlation of log size and log latency. */
  readonly slowIsLarge?: number;
  /** Chance that a response after 8 s and more is followed by the end, whatever its size. */
  readonly slowEnds?: number;
  /** One tool answers ten times larger than the others. */
  readonly largeTool?: boolean;
  /** Chance that a response of that tool is followed by the end, whatever its size. */
  readonly badTool?: number;
  /** In one hour of the day there is four times the traffic, responses are larger, and the service fails so many times as often. */
  readonly busyHour?: number;
  /** For some minutes the service ends sessions with this chance, and their clients connect again and again. */
  readonly outage?: number;
}

export interface Population {
  readonly name: string;
  readonly family: string;
  readonly seed: number;
  readonly sessions: number;
  /** Share of sessions that end for reasons that nothing tells. */
  readonly background: number;
  readonly planted: readonly Plant[];
  readonly confounders: Confounders;
  /** Share of diagnoses that are wrong at random. */
  readonly mislabelled: number;
  /** Share of sessions in which the microphone is silent while a tool call is pending. */
  readonly gated: number;
}

/** What is to be named, and what is neither to be named nor wrong. */
export function truthOf({ planted, confounders }: Population): {
  readonly named: ReadonlySet<JudgedHypothesis>;
  readonly allowed: ReadonlySet<JudgedHypothesis>;
} {
  const named = new Set<JudgedHypothesis>(planted.map(({ hypothesis }) => hypothesis));
  // A slow or a broken tool is none of the explanations; the catalogue counts it as a fault of the service, as an outage.
  const { slowEnds, badTool, outage } = confounders;
  const service = [slowEnds, badTool, outage].some((chance) => chance !== undefined);
  return { named, allowed: new Set([...named, ...(service ? (['internal_error'] as const) : [])]) };
}
