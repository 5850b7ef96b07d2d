/**
 * What one WebSocket message of the Live protocol says, as far as an observer needs to know.
 *
 * A frame is a summary: sizes, kinds, names and flags. Text, arguments and results are present only when
 * content capture is on, credentials never.
 */
import type {
  Encoding,
  modalities,
  PlaybackControl,
  ReceivedKind,
  SentKind,
  Shape,
} from '../conventions/vocabulary.ts';

export type FrameKind = SentKind | ReceivedKind;

/** A message the application sent. */
export interface SentFrame {
  readonly direction: 'sent';
  readonly kind: SentKind;
  /** Length on the wire: UTF-8 bytes of the payload, without WebSocket framing. */
  readonly bytes: number;
  /** Decoded bytes of the audio in it (base64 removed); 0 where there is none. */
  readonly audioBytes: number;
  /** Samples taken from its PCM are as loud as speech is. Absent where they are not, or the audio is no PCM. */
  readonly loud?: true;
  readonly setup?: SetupSummary;
  readonly content?: ClientContentSummary;
  readonly toolResponses?: readonly ToolResponseSummary[];
  /** Text of `realtimeInput.text`, only when content is captured. */
  readonly text?: string;
  /**
   * Every kind of realtime input in the frame, where it holds more than one. `media_chunks` with audio stays one
   * kind: its `audioBytes` tell.
   */
  readonly realtimeKinds?: readonly SentKind[];
  /** `realtimeInput` was there and held nothing at all. */
  readonly emptyRealtimeInput?: true;
  /** `realtimeInput.text` holds control characters, as in {@link ClientContentSummary.controlCharacters}. */
  readonly textControlCharacters?: true;
  /** Of a music session. */
  readonly music?: SentMusic;
  /** Top-level fields that the protocol does not know. */
  readonly unknownFields?: readonly string[];
}

/** A message the service sent. One frame may hold several fields. */
export interface ReceivedFrame {
  readonly direction: 'received';
  readonly kind: ReceivedKind;
  /** Length on the wire in bytes, without WebSocket framing. */
  readonly bytes: number;
  /** Decoded bytes of the audio in it (base64 removed); 0 where there is none. */
  readonly audioBytes: number;
  /** It holds audio, and all of that is zeros: nobody hears it. */
  readonly silentAudio?: true;
  readonly setupComplete?: { readonly sessionId?: string };
  readonly server?: ServerContentSummary;
  readonly toolCalls?: readonly ToolCallSummary[];
  readonly cancelledIds?: readonly string[];
  readonly goAway?: { readonly timeLeftMs?: number };
  readonly resumption?: ResumptionSummary;
  readonly usage?: UsageSummary;
  /** From `voiceActivity` or `voiceActivityDetectionSignal`. */
  readonly voiceActivity?: 'start' | 'end';
  /** An in-band `error` object: not in the documented protocol, handled by other SDKs. */
  readonly error?: { readonly code?: number; readonly status?: string; readonly message?: string };
  /** Of a music session. */
  readonly music?: ReceivedMusic;
  /** Top-level fields that the protocol does not know. */
  readonly unknownFields?: readonly string[];
}

export type Frame = SentFrame | ReceivedFrame;

/** The configuration a session was opened with, without instructions, schemas and handles. */
export interface SetupSummary {
  /** As sent, for example `models/gemini-live-2.5-flash-preview` or a Vertex resource name. */
  readonly model?: string;
  /** `AUDIO`, `TEXT`, `IMAGE`. */
  readonly responseModalities: readonly string[];
  readonly languageCode?: string;
  readonly voice?: string;
  /** Names of the declared functions, in order. */
  readonly functionNames: readonly string[];
  /** Names of the functions declared with `behavior: NON_BLOCKING`. */
  readonly nonBlockingFunctionNames: readonly string[];
  /** Names of the functions declared with `behavior: BLOCKING`. */
  readonly blockingFunctionNames: readonly string[];
  /** Kinds of tools: `function_declarations`, `google_search`, `code_execution`, … */
  readonly toolKinds: readonly string[];
  /** Automatic activity detection is on unless `realtimeInputConfig.automaticActivityDetection.disabled`. */
  readonly automaticActivityDetection: boolean;
  readonly contextWindowCompression: boolean;
  /** `contextWindowCompression.triggerTokens`; the service takes 5,000 to 128,000. */
  readonly compressionTriggerTokens?: number;
  readonly inputTranscription: boolean;
  readonly outputTranscription: boolean;
  /** `sessionResumption` was asked for. */
  readonly resumption: boolean;
  readonly transparentResumption: boolean;
  /** Hash of the handle the session resumes from. */
  readonly handleHash?: string;
  readonly affectiveDialog: boolean;
  readonly proactiveAudio: boolean;
  /** `proactivity` was given, on or off. */
  readonly proactivity: boolean;
  readonly thinking: boolean;
  /** `thinkingConfig.thinkingLevel`. */
  readonly thinkingLevel?: string;
  /** `translationConfig.targetLanguageCode`. */
  readonly translationTargetLanguage?: string;
  /** Characters of the system instruction's text; absent where there is none. */
  readonly systemInstructionCharacters?: number;
  /** `toolConfig` was given: Live has none. */
  readonly toolConfig: boolean;
  /** `historyConfig.initialHistoryInClientContent`. */
  readonly initialHistoryInClientContent: boolean;
  /** Top-level fields of the setup that the protocol does not know. */
  readonly unknownFields?: readonly string[];
  /**
   * Paths of empty arrays and objects, for example `generationConfig.responseModalities`; those that are usual, such as
   * `inputAudioTranscription`, included.
   */
  readonly emptyFields: readonly string[];
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly maxOutputTokens?: number;
}

/** A message to a music session. */
export interface SentMusic {
  readonly prompts?: {
    readonly count: number;
    /** Of their texts together. */
    readonly characters: number;
    /** Only when content is captured. */
    readonly texts?: readonly string[];
  };
  /** All of the configuration: what is left out goes back to its default. */
  readonly config?: {
    /** `name=value`; only numbers, truth values and words of the protocol. */
    readonly values: readonly string[];
    /** Names of those that are outside of what is documented. */
    readonly outOfRange: readonly string[];
  };
  readonly control?: PlaybackControl;
}

/** A message of a music session. */
export interface ReceivedMusic {
  /** Chunks of audio in it, and how long they play. */
  readonly audio?: { readonly chunks: number; readonly ms: number };
  readonly filteredPrompt?: {
    /** A word of the protocol always; a sentence, which may quote the prompt, only when content is captured. */
    readonly reason?: string;
    /** Only when content is captured. */
    readonly text?: string;
  };
  readonly warning?: {
    /** Only when content is captured: it may quote a prompt. */
    readonly text?: string;
  };
}

export interface ClientContentSummary {
  readonly turns: number;
  readonly turnComplete: boolean;
  /**
   * Kinds of the parts, each once: `text`, `inline_data`, `file_data`, `function_call`, `function_response`,
   * `other`.
   */
  readonly partKinds: readonly string[];
  /** Sample rates in Hz that inline audio names in its MIME type, each once. */
  readonly audioRates?: readonly number[];
  /** Turns without a `role`. */
  readonly rolesMissing: number;
  readonly controlCharacters: boolean;
  /** The text, only when content is captured. */
  readonly text?: string;
}

/** One entry of `toolResponse.functionResponses`. */
export interface ToolResponseSummary {
  readonly id?: string;
  readonly name?: string;
  /** UTF-8 bytes of `response` alone, as it stood in the frame. */
  readonly responseBytes: number;
  /**
   * `ascii`: only ASCII; `utf8`: other characters as they are; `escaped`: `\u` escapes on the wire;
   * `base64`: a string of 256 characters or more that is base64.
   */
  readonly encoding: Encoding;
  readonly shape: Shape;
  /** Nesting of objects and arrays in `response`; a flat object is 1. */
  readonly depth: number;
  /** Characters of the longest string in `response`. */
  readonly longestString: number;
  /** U+0000–U+001F other than tab, line feed, carriage return, in any string. */
  readonly controlCharacters: boolean;
  /** The response has a top-level `error` key that is not `null`. */
  readonly isError: boolean;
  readonly scheduling?: string;
  readonly willContinue?: boolean;
  /** The response as JSON, only when content is captured. */
  readonly response?: string;
}

/** One entry of `toolCall.functionCalls`. */
export interface ToolCallSummary {
  readonly id?: string;
  readonly name: string;
  /** UTF-8 bytes of `args` as compact JSON; 0 where there are none. */
  readonly argumentsBytes: number;
  /** It stood in the parts of `modelTurn`, and not in `toolCall`. */
  readonly inParts?: true;
  /** The arguments as JSON, only when content is captured. */
  readonly arguments?: string;
}

export interface ServerContentSummary {
  readonly turnComplete: boolean;
  /** `turnCompleteReason`, for example `MALFORMED_FUNCTION_CALL`. */
  readonly turnCompleteReason?: string;
  readonly interactionStatus?: string;
  readonly generationComplete: boolean;
  readonly interrupted: boolean;
  readonly waitingForInput: boolean;
  /** The frame holds a `modelTurn` with something in it: a part with an empty text is nothing. */
  readonly output: boolean;
  /** Characters of text parts that are not thoughts. */
  readonly textCharacters: number;
  readonly thought: boolean;
  readonly executableCode: boolean;
  readonly inputTranscription?: TranscriptionSummary;
  readonly outputTranscription?: TranscriptionSummary;
  /** Text of the model, only when content is captured. */
  readonly text?: string;
}

export interface TranscriptionSummary {
  readonly characters: number;
  readonly finished: boolean;
  /** Nothing but marks of noise, music or silence, such as `<noise>`. */
  readonly noise?: true;
  /** Only when content is captured. */
  readonly text?: string;
}

export interface ResumptionSummary {
  /** Hash of `newHandle`; absent where it was empty. */
  readonly handleHash?: string;
  readonly resumable: boolean;
  readonly lastConsumedClientMessageIndex?: number;
}

export type Modality = (typeof modalities)[number];

/** Token counts of `usageMetadata`. */
export interface UsageSummary {
  readonly promptTokens: number;
  readonly toolUsePromptTokens: number;
  readonly responseTokens: number;
  readonly thoughtsTokens: number;
  readonly cachedTokens: number;
  readonly totalTokens: number;
  readonly inputByModality: Readonly<Partial<Record<Modality, number>>>;
  readonly outputByModality: Readonly<Partial<Record<Modality, number>>>;
}

/** How frames are classified. */
export interface ClassifyOptions {
  /** Keep text, arguments and results in the summaries (credentials are removed all the same). */
  readonly captureContent: boolean;
}

/** A message that holds one blob of realtime input and nothing else. */
export interface SentMedia extends SentFrame {
  readonly kind: 'audio' | 'video' | 'media_chunks';
}

/** A message that holds one part of audio and nothing else. */
export interface ReceivedAudio extends ReceivedFrame {
  readonly kind: 'audio';
}
