import type { LiveConnectConfig, LiveServerMessage } from '@google/genai';
import { GoogleGenAI } from '@google/genai';

/** The part of a client library that all its major versions share. */
interface Library {
  readonly GoogleGenAI: new (options: {
    apiKey: string;
    vertexai?: boolean;
    httpOptions: { baseUrl: string };
  }) => {
    readonly live: {
      connect(parameters: {
        model: string;
        config?: object;
        callbacks: {
          onmessage: (message: LiveServerMessage) => void;
          onclose: (event: { code: number; reason: string }) => void;
          onerror: () => void;
        };
      }): Promise<ClientSession>;
    };
  };
}

interface ClientSession {
  sendClientContent(content: object): void;
  sendRealtimeInput(input: object): void;
  sendToolResponse(response: object): void;
  close(): void;
}

export interface ConnectOptions {
  readonly config?: LiveConnectConfig;
  readonly vertexai?: boolean;
  readonly model?: string;
  readonly apiKey?: string;
  readonly library?: unknown;
  /** Called with every message, for an application that answers at once. */
  readonly onmessage?: (message: LiveServerMessage, session: () => ClientSession) => void;
}

/** An application that keeps what it sees: messages, and how its socket closed. */
export interface Application {
  /** Rejects where the client library reports a failed setup. */
  readonly connected: Promise<ClientSession>;
  readonly messages: readonly LiveServerMessage[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Resolves with the first message that fits, also if it came before. */
  seen(fits: (message: LiveServerMessage) => unknown): Promise<LiveServerMessage>;
}

export function application(baseUrl: string, options: ConnectOptions = {}): Application {
  const { GoogleGenAI: Client } = (options.library ?? { GoogleGenAI }) as Library;
  const client = new Client({
    apiKey: options.apiKey ?? 'test',
    httpOptions: { baseUrl },
    ...(options.vertexai ? { vertexai: true } : {}),
  });
  const messages: LiveServerMessage[] = [];
  const waiting: {
    fits: (message: LiveServerMessage) => unknown;
    resolve: (m: LiveServerMessage) => void;
  }[] = [];
  let session: ClientSession | undefined;
  let close: (event: { code: number; reason: string }) => void = () => {};
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    close = ({ code, reason }) => resolve({ code, reason });
  });
  const connected = client.live.connect({
    model: options.model ?? 'gemini-3.1-flash-live-preview',
    config: options.config ?? {},
    callbacks: {
      onmessage: (message) => {
        messages.push(message);
        for (const waiter of waiting.filter(({ fits }) => fits(message))) waiter.resolve(message);
        options.onmessage?.(message, () => session as ClientSession);
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
    seen: (fits) => {
      const message = messages.find(fits);
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push({ fits, resolve }));
    },
  };
}

/** What a message is about, for assertions over whole conversations. */
export function outline(message: LiveServerMessage): string {
  const names = Object.keys(message).flatMap((name) =>
    name === 'serverContent' ? Object.keys(message.serverContent ?? {}) : [name],
  );
  return names.join('+') || 'empty';
}

/** The outlines of a conversation, each once where it repeats in a row. */
export function outlines(messages: readonly LiveServerMessage[]): readonly string[] {
  return messages.map(outline).filter((name, index, all) => name !== all[index - 1]);
}

export const userTurn = { turns: [{ role: 'user', parts: [{ text: 'Hello' }] }], turnComplete: true };

export const weatherTools = [
  {
    functionDeclarations: [
      { name: 'get_weather', parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } } } },
      { name: 'get_time' },
    ],
  },
] as unknown as NonNullable<LiveConnectConfig['tools']>;

/** Answers every tool call at once. */
export function answerTools(
  result: Readonly<Record<string, unknown>> = { ok: true },
): NonNullable<ConnectOptions['onmessage']> {
  return (message, session) => {
    const calls = message.toolCall?.functionCalls ?? [];
    if (calls.length === 0) return;
    session().sendToolResponse({
      functionResponses: calls.map(({ id, name }) => ({ ...(id ? { id } : {}), name, response: result })),
    });
  };
}
