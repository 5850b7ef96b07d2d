import type { Hypothesis } from '../../src/conventions/vocabulary.ts';
import type { JsonObject } from '../../src/testing/json.ts';
import type { Script } from '../../src/testing/script.ts';

/** Why a session ends, told in full: what both ends do, and what is known to be the cause. Plain data. */
export interface Scenario {
  /** Unique: it also decides the part and the seed. */
  readonly name: string;
  /**
   * Id of the cause. Several where the facts known of them don't tell them apart on this side of the socket: any of
   * them is right. `unknown`: it can't be said, and to say so is right.
   */
  readonly truth: readonly string[];
  /** By default those of the causes. */
  readonly hypotheses?: readonly Hypothesis[];
  /** The last session does not end: what is said of its silence while it lasts is judged. */
  readonly stall?: true;
  /** The connections of one process, in order; the last one is diagnosed. */
  readonly sessions: readonly SessionPlan[];
}

export interface SessionPlan {
  /** When it connects, in milliseconds; by default when the one before has ended, the first at 0. */
  readonly atMs?: number;
  /** After the one before has ended. */
  readonly pauseMs?: number;
  readonly agent: Agent;
  readonly service: Service;
}

/** What the agent connects to: the simulator with a script, or something that no session comes about with. */
export type Service = Script | Unopened;

/** A status of HTTP as the answer to the handshake, or no such answer. */
export type Unopened =
  | { readonly handshakeStatus: number }
  | { readonly unopened: 'refused' | 'unknown_host' | 'reset' | 'certificate' | 'other_protocol' };

/** How an application uses the client library. */
export interface Agent {
  readonly api?: 'gemini' | 'vertex';
  /** Default: a key. */
  readonly credential?: 'api_key' | 'ephemeral_token' | 'none';
  readonly model?: string;
  /** `config` of `connect()`, as JSON. */
  readonly config?: JsonObject;
  /** What goes out as setup in the place of the library's own, for what the library would not send. */
  readonly setup?: JsonObject;
  /** Resume: with the last handle that an earlier session got, or with this one. */
  readonly handle?: 'last' | { readonly text: string };
  readonly microphone?: Stream;
  readonly camera?: Stream;
  /** How tool calls are answered; by default all of them, well formed, after 200 ms. */
  readonly tools?: ToolHandling;
  /** After `setupComplete`, one after another. */
  readonly steps?: readonly Step[];
  /** Sent as soon as the socket is open and the setup is out. */
  readonly early?: readonly JsonObject[];
  /** Longest delay of the event loop that was measured. */
  readonly eventLoopDelayMs?: number;
}

/** Frames at a steady pace. */
export interface Stream {
  /** Default 100 for audio, 1,000 for video. */
  readonly everyMs?: number;
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** Send nothing while a tool call is pending. */
  readonly gated?: boolean;
  /** As the deprecated `mediaChunks`. */
  readonly mediaChunks?: boolean;
}

export interface ToolHandling {
  /** `never`: calls are left unanswered. */
  readonly afterMs?: number | 'never';
  /** Bytes of the result; default 60. */
  readonly bytes?: number;
  /** Objects within objects. */
  readonly depth?: number;
  readonly encoding?: 'ascii' | 'utf8' | 'base64';
  /** Id of the response: that of the call by default. */
  readonly id?: 'unknown' | 'missing';
  /** Each response goes out twice. */
  readonly twice?: boolean;
  readonly scheduling?: string;
  /** Answer calls that were cancelled as well. */
  readonly evenCancelled?: boolean;
  /** A message that takes the place of the tool response. */
  readonly raw?: JsonObject;
  /** Only the first so many calls are handled so, the others by default; or the other way round with a negative one. */
  readonly onlyFrom?: number;
}

export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  /** A user's turn as realtime text. */
  | { readonly do: 'say'; readonly text?: string }
  /** A user's turn as audio that is speech, 100 ms a frame, at real pace, and the silence after it. */
  | { readonly do: 'speak'; readonly ms: number }
  /** So many frames of silent audio at once. */
  | { readonly do: 'audio'; readonly frames: number; readonly everyMs?: number }
  | { readonly do: 'video'; readonly frames: number; readonly everyMs?: number }
  | { readonly do: 'content'; readonly content: JsonObject }
  | { readonly do: 'activity'; readonly mark: 'start' | 'end' }
  /** Any message, as it is. */
  | { readonly do: 'send'; readonly message: JsonObject }
  /** Wait until the service has called a tool. */
  | { readonly do: 'await_call' }
  /** A response to a call of the session before. */
  | { readonly do: 'answer_earlier_call' }
  | { readonly do: 'repeat'; readonly times: number; readonly steps: readonly Step[] }
  | { readonly do: 'close' }
  | {
      readonly do: 'process_ends';
      readonly ending: 'signal' | 'exit' | 'uncaught_exception' | 'unhandled_rejection' | 'empty_event_loop';
    };
