/**
 * The things a session is made of. Times are epoch milliseconds with fractions, taken from one monotonic
 * origin per session; durations are milliseconds; sizes are bytes.
 */
import type {
  CredentialKind,
  IdMatch,
  Initiator,
  InputMisuse,
  NameMatch,
  Phase,
  PlaybackState,
  PrecedingEvent,
  ProcessEnding,
  ReceivedKind,
  SentKind,
  StallKind,
  StallOutcome,
  ToolCallOutcome,
  ToolResponseOutcome,
  TurnOutcome,
  TurnTrigger,
  UserPartEnd,
} from '../conventions/vocabulary.ts';
import type {
  FrameKind,
  SetupSummary,
  ToolCallSummary,
  ToolResponseSummary,
  UsageSummary,
} from '../protocol/frame.ts';

/** One model generation and the tool calls in it. */
export interface Turn {
  /** 1, 2, 3 … within the session. */
  readonly index: number;
  readonly startedAt: number;
  trigger: TurnTrigger;
  /**
   * When the user's part ended, or what stands for it; `undefined` with trigger `none`, and with `last_audio_frame`
   * where the microphone was still open: then the last frame says nothing.
   */
  triggeredAt?: number;
  firstOutputAt?: number;
  /** The first audio that can be heard: zeros do not count. */
  firstAudioAt?: number;
  /** Nothing in its output so far can be heard or read: audio of zeros, thoughts. */
  silent?: boolean;
  generationCompleteAt?: number;
  interruptedAt?: number;
  /** Pairs of `interrupted` and `turnComplete` that came after the turn was over. */
  spuriousInterruptions: number;
  endedAt?: number;
  outcome?: TurnOutcome;
  completeReason?: string;
  receivedFrames: number;
  audioBytes: number;
  textCharacters: number;
  outputTranscriptionCharacters: number;
  toolCalls: number;
  usage?: UsageSummary;
  /** What was said, only when content is captured. */
  inputText?: string;
  outputText?: string;
}

export interface ToolCall extends ToolCallSummary {
  /** 1, 2, 3 … within the session; tells calls without an id apart. */
  readonly index: number;
  readonly turn: Turn;
  readonly receivedAt: number;
  /** Other calls that were pending when it came, those of the same frame included. */
  readonly pendingAtReceipt: number;
  readonly nonBlocking: boolean;
  /** Name is among the declared functions. */
  readonly declared: boolean;
  endedAt?: number;
  outcome?: ToolCallOutcome;
  /** The response that ended it carried a top-level `error`. */
  responseIsError?: boolean;
  /** Responses so far: more than one with `willContinue`, or duplicates. */
  responses: number;
  readonly inputWhilePending: InputWhilePending;
}

/** Realtime input the application sent while a tool call was pending. */
export interface InputWhilePending {
  frames: number;
  audioFrames: number;
  firstAt?: number;
  lastAt?: number;
}

/** One function response of a frame, set against the call it answers. */
export interface FunctionResponse extends ToolResponseSummary {
  readonly idMatch: IdMatch;
  readonly nameMatch: NameMatch;
  /** The call it answers, where there is one. */
  readonly call?: ToolCall;
  /** Since the call was received. */
  readonly latencyMs?: number;
  /** Realtime input sent while its call was pending. */
  readonly inputWhilePending?: InputWhilePending;
}

/** One `toolResponse` frame. */
export interface ToolResponse {
  /** 1, 2, 3 … within the session. */
  readonly index: number;
  readonly sentAt: number;
  /** Of the whole frame on the wire. */
  readonly bytes: number;
  readonly responses: readonly FunctionResponse[];
  /** The turn it belongs to: that of the calls it answers, else the one under way. */
  readonly turn?: Turn;
  readonly pendingBefore: number;
  readonly pendingAfter: number;
  /** First frame from the service after it: the only acknowledgement there is. */
  acknowledgedAt?: number;
  acknowledgedBy?: ReceivedKind;
  outcome?: ToolResponseOutcome;
}

/** How long after a tool response an unexpected closure counts as following it, and how late usage may come: 2 s. */
export const settleMs = 2_000;

/** A frame as the flight recorder keeps it. */
export interface FrameRecord {
  readonly at: number;
  readonly direction: 'sent' | 'received';
  readonly kind: FrameKind;
  readonly bytes: number;
}

/** What the process knew of its other sessions at some moment. Given to the reducer, never computed in it. */
export interface ProcessFacts {
  /** Sessions open in this process, this one included. */
  readonly sessionsOpen: number;
  /** `connect()` calls in this process within the last 60 s. */
  readonly connectsLastMinute: number;
}

/** What the transport showed at some moment. */
export interface TransportFacts {
  /** Bytes accepted by the socket but not yet written. */
  readonly bufferedBytes?: number;
  /** Last WebSocket ping round trip, where pings are sent. */
  readonly pingRttMs?: number;
  /** Longest event-loop delay of the last seconds. */
  readonly eventLoopDelayMs?: number;
}

/** A tool call that was pending when the connection before ended. */
export interface EarlierCall {
  readonly id?: string;
  readonly name: string;
}

/** Turns in a row that gave no answer, the last of the session. */
export interface FailedTurns {
  readonly count: number;
  /** That of the last one. */
  readonly outcome: FailedTurnOutcome;
  /** `turnCompleteReason` of the last one that had one. */
  readonly reason?: string;
}

export type FailedTurnOutcome = Extract<TurnOutcome, 'rejected' | 'malformed' | 'empty'>;

/** A silence of an open session that lasted too long. */
export interface Stall {
  /** 1, 2, 3 … within the session. */
  readonly index: number;
  readonly kind: StallKind;
  /** When the waiting began; with `line_silent`, when the last byte came. */
  readonly since: number;
  readonly foundAt: number;
  /** The session resumes another one. */
  readonly resumed: boolean;
  readonly setup?: SetupSummary;
  /** The oldest call without a response. */
  readonly toolCall?: ToolCall;
  /** The response that nothing follows. */
  readonly toolResponse?: ToolResponse;
  /** What said that the user's part was over. */
  readonly trigger?: UserPartEnd;
  /** The call was pending when the connection before ended, and was not answered on this one. */
  readonly earlierCall?: EarlierCall;
  /** What came of the model since was audio of nothing but zeros. */
  readonly silentAudio?: true;
  readonly music?: MusicFacts;
  endedAt?: number;
  outcome?: StallOutcome;
}

/** What a session of `ai.live.music` was told to play, and what came of it. */
export interface MusicFacts {
  readonly playback: PlaybackState;
  /** Playback controls sent. */
  readonly controls: number;
  readonly promptUpdates: number;
  /** Weighted prompts of the last update, and the characters of their texts. */
  readonly prompts: number;
  readonly promptCharacters: number;
  readonly filteredPrompts: number;
  readonly msSinceFilteredPrompt?: number;
  readonly warnings: number;
  readonly configUpdates: number;
  /** The last configuration, `name=value` each. */
  readonly config: readonly string[];
  /** Names of its values that are outside of what is documented. */
  readonly outOfRange: readonly string[];
  /** Chunks of audio that came, their decoded size, and how long they play. */
  readonly chunks: number;
  readonly audioBytes: number;
  readonly audioMs: number;
  /** From the first `PLAY` to the first audio. */
  readonly firstAudioMs?: number;
  /** While it played, all that had come had been heard: how often, and for how long altogether. */
  readonly gaps: number;
  readonly gapMs: number;
}

/**
 * Why no session came about: the client library refused what it was asked, it got no credentials, or the service did
 * not answer in time.
 */
export type ConnectFailure = 'refused' | 'credentials' | 'unanswered';

/** The end of a session, with everything known when it came. Free of OpenTelemetry; input of the diagnosis. */
export interface Closure {
  readonly at: number;
  /** Close code; `undefined` when the process ended first or the socket never came to be. */
  readonly code?: number;
  /** As received, credentials removed. */
  readonly reason: string;
  /** The reason is 123 bytes long, the most a close frame carries: it was probably cut. */
  readonly reasonTruncated: boolean;
  readonly wasClean?: boolean;
  readonly initiator: Initiator;
  /** The application or an orderly exit asked for it, or the service ended an idle, finished session with 1000. */
  readonly expected: boolean;
  readonly processEnding?: ProcessEnding;
  /** Why no session came about, where no socket says so. */
  readonly connectFailure?: ConnectFailure;
  /** Text of the last socket or connect error, credentials removed. */
  readonly error?: { readonly name: string; readonly message: string };
  readonly phase: Phase;
  readonly api: 'gemini' | 'vertex';
  readonly setup?: SetupSummary;
  /** Size of the setup message on the wire. */
  readonly setupBytes?: number;
  /** What the connection was opened with; absent where that was not seen. */
  readonly credential?: CredentialKind;
  /** HTTP status the service or something before it answered the handshake with, instead of a socket. */
  readonly handshakeStatus?: number;
  readonly connectionAgeMs: number;
  /** Since `setupComplete`. */
  readonly activeMs?: number;
  /** Since the first connection of the conversation; differs from `connectionAgeMs` after a resumption. */
  readonly conversationAgeMs: number;

  readonly preceding: PrecedingEvent;
  readonly precedingAgoMs?: number;
  readonly lastSent?: LastFrame<SentKind>;
  readonly lastReceived?: LastFrame<ReceivedKind>;
  /**
   * The last frame sent, but audio after another kind gives way to that one for 2 s (the first setup excepted: audio
   * follows it as a rule).
   */
  readonly lastSentNotable?: LastFrame<SentKind>;
  /** Since the last frame either way. */
  readonly quietMs?: number;
  /** Since the first audio was sent. */
  readonly firstAudioAgoMs?: number;
  /** Since the last output of the model. */
  readonly lastOutputAgoMs?: number;
  readonly sentFrames: number;
  readonly receivedFrames: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly sentAudioFrames: number;
  readonly sentVideoFrames: number;
  /** In the 5 s before the end. */
  readonly sentBytesLast5s: number;
  readonly receivedBytesLast5s: number;

  readonly turns: number;
  /** The turn under way, else the last one. */
  readonly lastTurn?: Turn;
  /** A turn was under way. */
  readonly turnOpen: boolean;
  /** The last turns gave no answer. */
  readonly failedTurns?: FailedTurns;
  readonly interruptions: number;
  readonly spuriousInterruptions: number;
  readonly toolCalls: number;
  readonly toolResponses: number;
  readonly lastToolCall?: ToolCall;
  /** Received and neither answered nor cancelled, oldest first. */
  readonly pendingToolCalls: readonly ToolCall[];
  /** The session ended during it. */
  readonly stall?: Stall;
  readonly lastToolResponse?: ToolResponse;
  readonly msSinceToolResponse?: number;
  /** Over all calls of the session. */
  readonly inputWhilePending: InputWhilePending;
  readonly unmatchedResponses: number;

  /** Last sign of the user other than audio bytes: transcription, interruption, activity mark, content, text. */
  readonly msSinceUserActivity?: number;
  readonly input: InputFacts;
  /** Only of a music session. */
  readonly music?: MusicFacts;
  readonly goAway?: {
    readonly agoMs: number;
    readonly timeLeftMs?: number;
    /** `timeLeft` had run out. */
    readonly deadlinePassed: boolean;
  };
  readonly resumption: {
    /** The session was opened with a handle. */
    readonly resumed: boolean;
    readonly requested: boolean;
    /** A handle that can be resumed from was at hand. */
    readonly handleAvailable: boolean;
    readonly handleAgeMs?: number;
  };
  /** Sum over the turns. */
  readonly usage?: UsageSummary;
  /** `totalTokenCount` of the last usage: what the context holds. */
  readonly contextTokens?: number;
  /** Prompt tokens fell by a third or more within the last three turns: by so many. */
  readonly contextTokensDropped?: number;
  readonly process?: ProcessFacts;
  readonly transport?: TransportFacts;
  /** Calls of `close()` or `send*()` after the end do not count; errors thrown by `send` do. */
  readonly sendErrors: number;
  /** Last frames, oldest first, 64 at most. */
  readonly frames: readonly FrameRecord[];
}

export interface LastFrame<Kind extends SentKind | ReceivedKind> {
  readonly kind: Kind;
  readonly bytes: number;
  readonly agoMs: number;
}

/** How the application used its inputs. */
export interface InputFacts extends Readonly<Record<InputMisuse, boolean>> {
  readonly contentPartKinds: readonly string[];
  /** Sample rates in Hz of inline audio in client content. */
  readonly contentAudioRates: readonly number[];
  /** Top-level fields of sent messages that the protocol does not know. */
  readonly unknownFields: readonly string[];
}
