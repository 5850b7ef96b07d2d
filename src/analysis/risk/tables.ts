/**
 * What was at risk, and what became of it: counts over things that are alike in every factor that the scorecard looks
 * at. Small whatever the input is, addable, and the same whether made from spans or by a database.
 */
import type { Confidence, Hypothesis } from '../../conventions/vocabulary.ts';

/** Counts of units that are alike. Counts are weights: of thinned spans each stands for several. */
export interface Cell<Factors> {
  readonly factors: Factors;
  readonly units: number;
  /** Of these units, those that an unexpected end of the session followed (of a response within 2 s, of a call while it was pending). */
  readonly closures: number;
}

/** Factors that every unit has; `''` where it is not known. Names beyond the first few hundred are `_other`. */
export interface CommonFactors {
  readonly model: string;
  readonly service: string;
  /** `gemini.live.sdk.version`. */
  readonly sdk: string;
  /** 0 to 23, UTC. */
  readonly hour: number;
}

/** One `send_tool_response`. */
export interface ToolResponseFactors extends CommonFactors {
  /** Function answered; `_several` where it was more than one. */
  readonly tool: string;
  /** Bytes on the wire, as the index of a half octave: `Math.floor(2 * Math.log2(bytes))`; -1 unknown. */
  readonly size: number;
  /** Since the call, as the index of an octave of milliseconds: `Math.floor(Math.log2(ms))`, at least 0; -1 unknown. */
  readonly latency: number;
  /** `gemini.live.tool_response.encoding`. */
  readonly encoding: string;
  /** `gemini.live.tool_response.shape`. */
  readonly shape: string;
  readonly controlCharacters: boolean;
  /** `gemini.live.tool_response.id_match`. */
  readonly idMatch: string;
  /** `gemini.live.tool_response.name_match`. */
  readonly nameMatch: string;
  /** Calls pending before it, at most 4; -1 unknown. */
  readonly pending: number;
  /** Realtime input frames sent while its calls were pending: 0, 1 (1 to 9), 2 (10 and more); -1 unknown. */
  readonly input: number;
}

/** One `execute_tool`. The race is measured here: input while it is pending ends the session before there is a response. */
export interface ToolCallFactors extends CommonFactors {
  readonly tool: string;
  /** How long it was pending, in octaves of milliseconds as above. */
  readonly duration: number;
  /** Other calls pending at its receipt, at most 4; -1 unknown. */
  readonly pending: number;
  /** As {@link ToolResponseFactors.input}. */
  readonly input: number;
  readonly nonBlocking: boolean;
}

/** One session, by its closure. */
export interface SessionFactors extends CommonFactors {
  readonly provider: string;
  readonly resumed: boolean;
  readonly hasTools: boolean;
  /** Sessions open in the process at its end, in octaves: `Math.floor(Math.log2(sessions))`; -1 unknown. */
  readonly openSessions: number;
  /** `connect()` calls of the process in its last minute, in octaves; -1 unknown. */
  readonly connects: number;
}

/** How sessions ended. */
export interface Ending {
  readonly expected: boolean;
  /** 0 where there was none. */
  readonly code: number;
  readonly initiator: string;
  readonly phase: string;
  readonly cause: string;
  readonly hypothesis: Hypothesis;
  readonly confidence: Confidence;
  /** `gemini.live.closure.preceding_event`. */
  readonly preceding: string;
}

export interface EndingCell {
  readonly factors: SessionFactors;
  readonly ending: Ending;
  readonly sessions: number;
}

/** Ends of sessions by the age of the connection. */
export interface AgeBin {
  /** Seconds, from (inclusive) and to (exclusive). */
  readonly from: number;
  readonly to: number;
  readonly expected: number;
  /** Unexpected ends by what they are put down to. */
  readonly unexpected: Partial<Readonly<Record<Hypothesis, number>>>;
}

/** What happened in a stretch of time, over all sessions. */
export interface TimeBin {
  /** Epoch milliseconds. All bins of a table are equally long ({@link RiskTables.timeBinMs}). */
  readonly at: number;
  readonly connects: number;
  readonly toolResponses: number;
  readonly expected: number;
  readonly unexpected: Partial<Readonly<Record<Hypothesis, number>>>;
}

export interface RiskTables {
  readonly toolResponses: readonly Cell<ToolResponseFactors>[];
  readonly toolCalls: readonly Cell<ToolCallFactors>[];
  readonly endings: readonly EndingCell[];
  /** In order, without gaps inside a run of one width; 1 s wide up to 15 min, wider beyond. Empty bins may be left out. */
  readonly ages: readonly AgeBin[];
  /** In order; empty ones are left out. */
  readonly time: readonly TimeBin[];
  /** One minute, or longer where the input spans more time than fits. */
  readonly timeBinMs: number;
  /** What was merged to stay small, in sentences; empty where nothing was. */
  readonly coarsened: readonly string[];
}
