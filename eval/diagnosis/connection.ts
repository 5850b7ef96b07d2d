import type { LiveServerMessage, Session } from '@google/genai';
import { GoogleGenAI } from '@google/genai';
import type { SimulatedSession } from '../../src/testing/session.ts';
import type { Ending } from './play.ts';
import type { Agent } from './scenario.ts';

/** The `ws` socket below the client library, as far as it is looked at. */
interface Socket {
  readonly readyState: number;
  on(event: 'message' | 'close' | 'open' | 'error', listener: () => void): unknown;
}

export interface WireConnection {
  connect(): unknown;
  send(message: string): unknown;
  close(): unknown;
  readonly ws?: Socket;
}

const open = 1;

/** One connection of an application through the client library, and what is known of its traffic. */
export class Connection {
  readonly agent: Agent;
  ending: Ending | undefined;
  /** The client library's, once `connect()` resolved. */
  session: Session | undefined;
  /** What the other end says of it, where that is the simulator. */
  service: (() => SimulatedSession | undefined) | undefined;
  events = 0;
  sent = 0;
  received = 0;
  state: 'connecting' | 'open' | 'closed' = 'connecting';
  #wire: WireConnection | undefined;
  #setupSent = false;

  constructor(agent: Agent) {
    this.agent = agent;
  }

  /** Stands between the client library and its socket, which the tap watches. */
  watch(wire: WireConnection): WireConnection {
    this.#wire = wire;
    return new Proxy(wire, {
      get: (target, property) => {
        if (property === 'send') return (message: string) => this.#sendFromLibrary(message);
        if (property === 'connect') return () => this.#connect();
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  send(message: string): void {
    const wire = this.#wire;
    this.events++;
    if (wire?.ws?.readyState === open) this.sent++;
    wire?.send(message);
  }

  /** What the application does with its session; errors are its own affair. */
  use(action: (session: Session) => void): void {
    this.events++;
    if (this.session === undefined || this.ended) return;
    try {
      action(this.session);
    } catch {
      // As on a socket that is closing.
    }
  }

  close(): void {
    this.use((session) => session.close());
  }

  get ended(): boolean {
    return this.state === 'closed';
  }

  /** Frames are under way, or one end has closed and the other does not know yet. */
  get busy(): boolean {
    if (this.state === 'closed') return this.ending === undefined;
    const service = this.service?.();
    if (this.state === 'connecting') return true;
    if (this.#wire?.ws?.readyState !== open || service?.end !== undefined) return true;
    if (service === undefined) return this.service !== undefined;
    return service.sent.frames !== this.received || receivedBy(service) !== this.sent;
  }

  get activity(): number {
    const service = this.service?.();
    return this.events + this.received + (service ? service.sent.frames + receivedBy(service) : 0);
  }

  #connect(): unknown {
    const result = this.#wire?.connect();
    const socket = this.#wire?.ws;
    const to = (state: Connection['state']) => () => {
      this.events++;
      this.state = state;
    };
    socket?.on('open', to('open'));
    socket?.on('close', to('closed'));
    socket?.on('message', () => this.received++);
    return result;
  }

  #sendFromLibrary(message: string): void {
    const { setup, early } = this.agent;
    const first = !this.#setupSent;
    this.#setupSent = true;
    this.send(first && setup !== undefined ? JSON.stringify({ setup }) : message);
    if (first) for (const one of early ?? []) this.send(JSON.stringify(one));
  }
}

function receivedBy(service: SimulatedSession): number {
  return service.received.reduce((sum, { count }) => sum + count, 0);
}

const credentials = {
  api_key: 'AIza-simulated',
  ephemeral_token: 'auth_tokens/simulated',
  none: 'undefined',
};

/** Connects as an application does. */
export function connect(
  connection: Connection,
  baseUrl: string,
  handle: string | undefined,
  onmessage: (message: LiveServerMessage) => void,
): void {
  const { agent } = connection;
  const ai = new GoogleGenAI({
    apiKey: credentials[agent.credential ?? 'api_key'],
    httpOptions: { baseUrl, ...(agent.credential === 'ephemeral_token' && { apiVersion: 'v1alpha' }) },
    ...(agent.api === 'vertex' && { vertexai: true }),
  });
  const factory = Reflect.get(ai.live, 'webSocketFactory') as { create(...args: unknown[]): WireConnection };
  Reflect.set(ai.live, 'webSocketFactory', {
    create: (...args: unknown[]) => connection.watch(factory.create(...args)),
  });
  const config = {
    responseModalities: ['AUDIO'],
    ...structuredClone(agent.config ?? {}),
    ...(handle !== undefined && { sessionResumption: { handle } }),
  };
  const messages: LiveServerMessage[] = [];
  const callbacks = {
    onmessage: (message: LiveServerMessage) => {
      if (connection.session === undefined) messages.push(message);
      else onmessage(message);
    },
    onclose: () => {},
    onerror: () => {},
  };
  ai.live.connect({ model: agent.model ?? defaultModel, config: config as object, callbacks }).then(
    (session) => {
      connection.session = session;
      for (const message of messages) onmessage(message);
    },
    // The tap sees why it failed.
    () => {},
  );
}

export const defaultModel = 'gemini-2.5-flash-native-audio-preview-09-2025';
