/** What is known of a Live model. `undefined` in a field: no source says it, or sources differ. */
import type { ModelSource } from './sources.ts';

export type FunctionBehavior = 'BLOCKING' | 'NON_BLOCKING';

/** How the models of one family behave: what sessions, diagnoses and the simulator go by. */
export interface ModelFamily {
  readonly id: string;
  /** As version numbers go: 2, 2.5, 3.1 … */
  readonly generation: number;
  /** It speaks by itself, without a text in between. */
  readonly nativeAudio: boolean;
  /** What the model is for: a family of one kind says nothing of another. */
  readonly kind: 'dialogue' | 'background' | 'transcription' | 'translation';
  /** Response modalities it takes. */
  readonly outputs: readonly ('AUDIO' | 'TEXT')[];
  /** How a function behaves whose declaration does not say it. */
  readonly defaultBehavior?: FunctionBehavior;
  /** What a declaration may say. */
  readonly behaviors?: readonly FunctionBehavior[];
  /**
   * `optional`: it may choose to say nothing where the setup asks for that. `always`: it may at any time, and the setup
   * field is refused.
   */
  readonly proactiveAudio?: 'none' | 'optional' | 'always';
  readonly affectiveDialog?: boolean;
  /** `refused`: a thinking level is. `required`: one has to be given. */
  readonly thinkingLevel?: 'refused' | 'optional' | 'required';
  /** Where not all of MINIMAL, LOW, MEDIUM and HIGH are taken. */
  readonly thinkingLevels?: readonly string[];
  /** When `clientContent` is taken: all along, until audio flows, or as the history before the first turn. */
  readonly clientContent?: 'always' | 'before_audio' | 'history';
  /** `audioStreamEnd` ends the user's part. */
  readonly audioStreamEndEndsTurn?: boolean;
  /**
   * `turnComplete` follows a call that the model waits for, and the answer to its response is a turn of its own. Google's
   * ADK runs no tool of a 2.x model before that `turnComplete`; it was measured 10 ms behind a call (google/adk-python#4902).
   * livekit/agents#3192 saw it of some models only, and pipecat-ai/pipecat#3609 says that it may not come: a client should
   * do without it.
   */
  readonly callEndsTurn?: boolean;
  /** Tokens its context holds. */
  readonly contextWindow: number;
}

/** What is known besides, for people. */
export interface DescribedFamily extends ModelFamily {
  /** A function response may carry `scheduling`. */
  readonly scheduling?: boolean;
  /** How transcriptions of the user come: in pieces, or one for each utterance; the last one marked or not. */
  readonly inputTranscription?: 'pieces' | 'utterances';
  /** Default of `realtimeInputConfig.turnCoverage`. */
  readonly turnCoverage?: string;
  readonly sources: readonly ModelSource[];
}

/** One name of a model, without path. */
export interface ModelEntry {
  readonly name: string;
  readonly family: string;
  /** `retired`: the service has withdrawn it. `experimental`: it was never more than an experiment. */
  readonly status: 'stable' | 'preview' | 'experimental' | 'retired';
  /** ISO date, where a source gives it. */
  readonly retiredOn?: string;
  readonly replacedBy?: string;
}

export interface DescribedModel extends ModelEntry {
  readonly apis: readonly ('gemini' | 'vertex')[];
  readonly sources: readonly ModelSource[];
}

/** A model as a session and a diagnosis see it. */
export interface LiveModel {
  /** Without path, cut to 128 characters. */
  readonly name: string;
  /** The number in the name: 2, 2.5, 3.1 … */
  readonly generation?: number;
  /** The entry of the table; absent where the name is not in it. */
  readonly entry?: ModelEntry;
  /** That of the entry, else the one that the name most likely belongs to. */
  readonly family?: ModelFamily;
}
