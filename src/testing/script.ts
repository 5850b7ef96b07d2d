import type { CloseFrame } from './close-frames.ts';
import type { JsonObject } from './json.ts';

/** The two services that speak the Live protocol: the Gemini API and Vertex AI. */
export type Api = 'gemini' | 'vertex';

/**
 * What the simulated service does in one session. Plain data: it can be written, kept and read as JSON.
 * All times are protocol milliseconds, which pass `timeScale` times as fast as real ones.
 */
export interface Script {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly description: string;
  /** The service to behave as; by default the one whose path or model name the client uses. */
  readonly api?: Api;
  readonly behaviour?: Behaviour;
  /** Of the reactions to an event, the first that matches runs. */
  readonly reactions: readonly Reaction[];
}

/** What the simulated service does when something happens. */
export interface Reaction {
  readonly on: Trigger;
  readonly do: readonly Action[];
  /** 0 to 1, drawn from the seeded generator at each match; default 1. When it fails the next reaction is tried. */
  readonly probability?: number;
  /** Runs at most this often in a session; default without limit. */
  readonly times?: number;
  /**
   * Leave the turn under way running. By default a reaction to `tool_response`, `call_unanswered` or
   * `input_while_call_pending` takes it over: the turn stops where it is. The others never do.
   */
  readonly alongside?: boolean;
  /** Only in a session that resumes another (`true`) or in one that does not (`false`); default: in both. */
  readonly resumed?: boolean;
  /** Whether the user's input can cut it short; default true. Otherwise a new user turn waits until it is over. */
  readonly interruptible?: boolean;
}

/** How a user's turn ended. */
export type TurnSource = 'client_content' | 'activity_end' | 'voice' | 'text';

export type Trigger =
  /** A valid setup arrived. Without a reaction to it, `setupComplete` is sent at once; with one, it has to send it. */
  | {
      readonly event: 'setup';
      /** Only where the connection of the session that it resumes is still open. */
      readonly earlierOpen?: boolean;
      /** Only at most that long after the service ended an active session of this simulator. */
      readonly withinMsOfFailure?: number;
    }
  /** `setupComplete` was sent. */
  | { readonly event: 'ready' }
  /** The user's turn is over. `nth` counts from 1 and goes on in a session that resumes another. */
  | { readonly event: 'user_turn'; readonly by?: TurnSource; readonly nth?: number }
  /** `clientContent` came; with `afterAudio` only where audio came before it on this connection. */
  | { readonly event: 'client_content'; readonly afterAudio?: boolean }
  /** The `nth` message with audio of this connection, from 1; without it every one. */
  | { readonly event: 'audio'; readonly nth?: number }
  /** The `nth` message with video of this connection, from 1; without it every one. */
  | { readonly event: 'video'; readonly nth?: number }
  /** A `toolResponse` of at least `minBytes` on the wire, to this function, or that sets `scheduling`. */
  | {
      readonly event: 'tool_response';
      readonly tool?: string;
      readonly minBytes?: number;
      readonly scheduling?: boolean;
    }
  /** A tool call has been pending for that long; with `afterInput` only where realtime input came meanwhile. */
  | { readonly event: 'call_unanswered'; readonly ms: number; readonly afterInput?: boolean }
  /** Realtime input of any kind came while a tool call was pending. */
  | { readonly event: 'input_while_call_pending' }
  /** The client's input cut the model's turn short. */
  | { readonly event: 'interrupted' }
  /** That long after `setupComplete`. */
  | { readonly event: 'elapsed'; readonly ms: number }
  /** Neither speech, text nor content of the user, nor output of the model, for that long. Silent audio does not count. */
  | { readonly event: 'idle'; readonly ms: number }
  /** Nothing crossed the connection for that long: no message either way and no ping. */
  | { readonly event: 'line_silent'; readonly ms: number };

/** Fixed milliseconds, or `[least, most]`: drawn from the seeded generator. */
export type Duration = number | readonly [number, number];

export type Action =
  | { readonly do: 'wait'; readonly ms: Duration }
  | { readonly do: 'setup_complete' }
  /** Audio of that length at real size and pace, or `text` in pieces where the session's modality is TEXT. */
  | {
      readonly do: 'speak';
      readonly ms: number;
      /** Sent as output transcription where the client asked for it. */
      readonly text?: string;
      /** How many times faster than real time the audio is sent; default 1. */
      readonly pace?: number;
    }
  /** One text part, whatever the modality. */
  | { readonly do: 'text'; readonly text: string }
  /** An `executableCode` part, as some models send it before a tool call. */
  | { readonly do: 'code'; readonly code: string }
  /** All calls in one frame. The turn goes on when every one is answered, unless `wait` is false. */
  | { readonly do: 'tool_call'; readonly calls: readonly ToolCallOf[]; readonly wait?: boolean }
  /** Cancels every pending call. */
  | { readonly do: 'cancel_calls' }
  /** Cancels pending calls, sends `interrupted` and `turnComplete`, as when the user speaks over the model. */
  | { readonly do: 'interrupt' }
  | { readonly do: 'generation_complete' }
  /** `generationComplete`, then `turnComplete` when the audio sent has been played, with usage beside it by default. */
  | {
      readonly do: 'turn_complete';
      readonly reason?: string;
      readonly usage?: 'sibling' | 'separate' | 'none';
      /** Send `generationComplete` first; default true. */
      readonly generationComplete?: boolean;
    }
  | { readonly do: 'usage' }
  | { readonly do: 'go_away'; readonly timeLeftMs: number }
  /** A new handle, or with `resumable: false` the update without one. */
  | { readonly do: 'resumption_update'; readonly resumable?: boolean }
  | { readonly do: 'voice_activity'; readonly type: 'start' | 'end' }
  | { readonly do: 'input_transcription'; readonly text: string }
  | { readonly do: 'empty_frame' }
  /** Any server message, sent as it is. */
  | { readonly do: 'message'; readonly message: JsonObject }
  | { readonly do: 'close'; readonly code: number; readonly reason: string }
  /** Destroys the TCP connection: no close frame, 1006 at the client. */
  | { readonly do: 'drop' }
  /** Sends no message and reacts to none from here on; the socket stays open. */
  | {
      readonly do: 'mute';
      /** Still answer WebSocket pings; default true. With `false` the peer seems gone, but a close is still answered. */
      readonly pongs?: boolean;
    }
  /** One of two ways, by the seeded generator. */
  | {
      readonly do: 'chance';
      readonly probability: number;
      readonly actions: readonly Action[];
      readonly otherwise?: readonly Action[];
    }
  | { readonly do: 'repeat'; readonly times: number; readonly actions: readonly Action[] };

/** A tool call to make. */
export interface ToolCallOf {
  /** Function name; without it the `declared`th function of the setup, from 0 and around, is called. */
  readonly name?: string;
  readonly declared?: number;
  /** By default examples that fit the declared schema. */
  readonly args?: JsonObject;
}

/** How the simulated service behaves through a whole session. */
export interface Behaviour {
  /** `pretty`: two spaces and a newline at the end, as the services write. Default `pretty`. */
  readonly json?: 'pretty' | 'compact';
  /** Milliseconds of audio in a frame; default 200 (about 13 KB), or 40 with compact JSON. */
  readonly audioFrameMs?: number;
  /** Give tool calls an id; default true on the Gemini API and false on Vertex AI. */
  readonly toolCallIds?: boolean;
  /** The user's input interrupts the model and cancels pending calls; default true. Otherwise a new turn waits. */
  readonly bargeIn?: boolean;
  /**
   * `turnComplete` follows each tool call that the model waits for, and the answer to its response is a turn of its own.
   * Default: as the family of the setup's model does, true for 2.x and false for 3.x and names that are not known
   * (`live-otel models` prints it with its sources).
   */
  readonly callEndsTurn?: boolean;
  /** Send `voiceActivity` when speech starts and ends; default false. */
  readonly voiceActivity?: boolean;
  /** What the user's speech is transcribed as, where the client asked for it. */
  readonly userSpeech?: string;
  /** Silence that ends the user's speech; default 500 ms. */
  readonly silenceMs?: number;
  /** Send handles after `setupComplete` and after each turn, where the client asked; default true. */
  readonly resumptionUpdates?: boolean;
  /** How a handle that is not known is rejected; default 1008 `BidiGenerateContent session not found`. */
  readonly unknownHandle?: CloseFrame;
  /** How a response to no pending call ends the session. What the services do is not established: ignored by default. */
  readonly unknownToolCall?: CloseFrame;
  /** How a second setup ends the session; default 1007 `setup must be the first message …`. */
  readonly secondSetup?: CloseFrame;
  /** How a setup with two response modalities ends the session, for all scripts; default 1007 `At most one response modality …`. */
  readonly twoModalities?: CloseFrame;
  /** How late WebSocket pings are answered; default at once. */
  readonly pongMs?: Duration;
  readonly noise?: Noise;
}

/** Irregularities of real traffic that a client has to cope with. */
export interface Noise {
  /** Probability that an empty frame `{}` follows a message. */
  readonly emptyFrames?: number;
  /** Put transcription into the frame of the audio it belongs to. */
  readonly severalFields?: boolean;
  /** Add usage to frames of model output. */
  readonly usageWithOutput?: boolean;
}
