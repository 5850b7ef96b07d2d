import type { LiveConnectConfig, LiveServerMessage, Session } from '@google/genai';
import { silence, speech } from '../../src/testing/index.ts';
import type { Sdk } from './recording.ts';

export interface ApplicationOptions {
  readonly config?: LiveConnectConfig;
  readonly vertexai?: boolean;
  readonly model?: string;
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the application does with each message. */
  readonly onmessage?: (message: LiveServerMessage, session: () => Session) => void;
}

/** A voice agent that keeps what it sees. */
export interface Application {
  /** Rejects where the client library reports a failed connect. */
  readonly connected: Promise<Session>;
  readonly messages: readonly LiveServerMessage[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Resolves with the `count`th message that fits, also if it came before. */
  seen(fits: (message: LiveServerMessage) => unknown, count?: number): Promise<LiveServerMessage>;
}

export const model = 'gemini-live-2.5-flash-preview';
/** Its turn goes on behind a tool call; that of {@link model} ends with it. */
export const model31 = 'gemini-3.1-flash-live-preview';

export function runApplication(sdk: Sdk, baseUrl: string, options: ApplicationOptions = {}): Application {
  const { apiKey = 'test', vertexai = false, headers } = options;
  const client = new sdk.GoogleGenAI({
    apiKey,
    vertexai,
    httpOptions: { baseUrl, ...(headers && { headers }) },
  });
  const messages: LiveServerMessage[] = [];
  const waiting = new Set<() => void>();
  let session: Session | undefined;
  let close: (event: { code: number; reason: string }) => void = () => {};
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    close = ({ code, reason }) => resolve({ code, reason });
  });
  const connected = client.live.connect({
    model: options.model ?? model,
    config: options.config ?? {},
    callbacks: {
      onmessage: (message) => {
        messages.push(message);
        options.onmessage?.(message, () => session as Session);
        for (const look of waiting) look();
      },
      onclose: close,
      onerror: () => {},
    },
  });
  connected.then(
    (opened) => {
      session = opened;
    },
    () => {},
  );
  return {
    connected,
    messages,
    closed,
    seen: (fits, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const message = messages.filter(fits)[count - 1];
          if (message === undefined) return;
          waiting.delete(look);
          resolve(message);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A promise and what resolves it. */
export function later(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export const turnComplete = (message: LiveServerMessage) => message.serverContent?.turnComplete;
export const toolCall = (message: LiveServerMessage) => message.toolCall;

export const hello = { turns: [{ role: 'user', parts: [{ text: 'Hello' }] }], turnComplete: true };

/** Two declared functions, of which scripts call the first first. */
export const tools = [
  {
    functionDeclarations: [
      { name: 'get_weather', parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } } } },
      { name: 'get_time' },
    ],
  },
] as unknown as NonNullable<LiveConnectConfig['tools']>;

/** The answers to all calls of a message. */
export function answersTo(message: LiveServerMessage, result: Record<string, unknown> = { ok: true }) {
  return (message.toolCall?.functionCalls ?? []).map(({ id, name }) => ({
    ...(id ? { id } : {}),
    ...(name ? { name } : {}),
    response: result,
  }));
}

/** Answers every message of tool calls with one message, at once. */
export function answerAtOnce(result?: Record<string, unknown>): NonNullable<ApplicationOptions['onmessage']> {
  return (message, session) => {
    const functionResponses = answersTo(message, result);
    if (functionResponses.length > 0) session().sendToolResponse({ functionResponses });
  };
}

/** 100 ms of 16 kHz PCM in each message, as a microphone gives it. */
export function streamAudio(session: Session, pcm: Buffer): void {
  for (let from = 0; from < pcm.length; from += 3_200) {
    const data = pcm.subarray(from, from + 3_200).toString('base64');
    session.sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } });
  }
}

/** 100 ms of silence, as it stands in a message. */
export const silence100 = silence(100).toString('base64');

/** An utterance of 400 ms and the silence that ends it: ten frames. */
export function say(session: Session): void {
  streamAudio(session, Buffer.concat([speech(400), silence(600)]));
}
