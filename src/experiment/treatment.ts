/** All that an experiment can do to a session. */
export interface Treatment {
  readonly model: string;
  /** Of Vertex AI. */
  readonly region: string | undefined;
  /** Folder that `@google/genai` is loaded from. */
  readonly sdk: string | undefined;
  /** Address of the service, where it is not the SDK's own. */
  readonly baseUrl: string | undefined;
  /** Of the tool response, about what it takes on the wire. */
  readonly responseBytes: number;
  readonly encoding: ResponseEncoding;
  /** Questions that are answered before, each with a call of its own. */
  readonly roundsBefore: number;
  /** The user speaks over the tool call, so that the service cancels it. */
  readonly interrupts: boolean;
  /** A call that was cancelled is answered all the same. */
  readonly answersCancelled: boolean;
  /** Audio, silent, goes out while the tool call is pending. */
  readonly microphone: boolean;
  /** Sessions that are open beside it. */
  readonly companions: number;
  /** Connections made and closed before it. */
  readonly connectsBefore: number;
  /** Protocol milliseconds over which they are spread. */
  readonly connectsWithinMs: number;
  /** Protocol milliseconds in which nothing is said before the question. */
  readonly silenceMs: number;
  /** Protocol milliseconds between signs of life in that silence; 0: none is given. */
  readonly signOfLifeMs: number;
}

export const responseEncodings = ['ascii', 'utf8', 'base64', 'text'] as const;
/** `text`: the response is a bare string; in all others an object. */
export type ResponseEncoding = (typeof responseEncodings)[number];

export const usual: Treatment = {
  model: 'gemini-2.5-flash-native-audio-preview-12-2025',
  region: undefined,
  sdk: undefined,
  baseUrl: undefined,
  responseBytes: 2_048,
  encoding: 'ascii',
  roundsBefore: 0,
  interrupts: false,
  answersCancelled: false,
  microphone: false,
  companions: 0,
  connectsBefore: 0,
  connectsWithinMs: 0,
  silenceMs: 0,
  signOfLifeMs: 0,
};
