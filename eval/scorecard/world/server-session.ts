/** One session at a scripted Live service. It hears speech, calls tools, answers, and dies of what was planted. */
import type { Answer, Cause, Ending, Hooks } from '../causes/cause.ts';
import type { Draws } from './draws.ts';
import type { Ledger } from './ledger.ts';
import type { VirtualLoop } from './loop.ts';
import type { MemorySocket, Peer } from './socket.ts';
import { isSpeech, silentAudio } from './sound.ts';
import type { User } from './user.ts';

/** How the model behaves. */
export interface ModelHabits {
  /** Tools, and how often each is called. */
  readonly tools: readonly (readonly [string, number])[];
  /** Chance that a turn calls tools. */
  readonly calls: number;
  /** Chance that it calls two or three at once. */
  readonly parallel: number;
  /** Chance that it thinks better of it and cancels what it called. */
  readonly cancels: number;
}

export interface ServerOptions {
  readonly loop: VirtualLoop;
  readonly draws: Draws;
  readonly ledger: Ledger;
  readonly habits: ModelHabits;
  readonly hooks: readonly Hooks[];
  /** Called once, when it is over. */
  readonly gone: (session: ServerSession) => void;
}

/** Who connects; what the service knows from credentials and address. */
export interface Client {
  readonly user: User;
  readonly pod: string;
  readonly version: string;
  readonly model: string;
  /** Where it is connected to; `''` for nowhere in particular. */
  readonly region: string;
  /** Version of the client library, of which its requests tell. */
  readonly sdk: string;
}

interface Pending {
  readonly tool: string;
  readonly at: number;
}

const lifetimeMs = 600_000;
const goAwayMs = 540_000;
const onItsWayMs = 400;

export class ServerSession implements Peer {
  readonly client: Client;
  readonly openedAt: number;
  /** When the last frame came or went: epoch milliseconds. */
  #framedAt: number;
  /** In the context; grows with every turn. */
  tokens = 800;
  #responseTokens = 0;
  ended = false;
  readonly #options: ServerOptions;
  readonly #socket: MemorySocket;
  readonly #pending = new Map<string, Pending>();
  /** When: an answer that is on its way by then is none to a cancelled call. */
  readonly #cancelled = new Map<string, number>();
  #inputWhilePending = false;
  /** The model is about to call tools. */
  #calling = false;
  #endpoint: { cancelled: boolean } | undefined;
  #speaking = false;
  #calls = 0;
  #turns = 0;
  #resumable = false;
  /** It goes on from a handle. */
  resumed = false;

  constructor(client: Client, socket: MemorySocket, options: ServerOptions) {
    this.client = client;
    this.#socket = socket;
    this.#options = options;
    this.openedAt = options.loop.now();
    this.#framedAt = this.openedAt;
    options.ledger.connected();
  }

  /** Seconds. */
  get age(): number {
    return (this.#options.loop.now() - this.openedAt) / 1_000;
  }

  /** Seconds without a frame in either direction. */
  get idle(): number {
    return (this.#options.loop.now() - this.#framedAt) / 1_000;
  }

  receive(text: string): void {
    if (this.ended) return;
    this.#framedAt = this.#options.loop.now();
    if (text.startsWith('{"realtimeInput"') || text.startsWith('{"realtime_input"')) this.#hear(text);
    else if (text.startsWith('{"setup"')) this.#setUp(text);
    else if (text.startsWith('{"toolResponse"')) this.#answered(text);
    else if (text.startsWith('{"clientContent"')) this.#endOfSpeech(0.2);
  }

  left(): void {
    this.#over();
  }

  /** Ends after so many seconds, unless it is over by then. */
  strike(cause: Cause | { readonly name: string }, seconds: number, ending: Ending): void {
    const { loop, ledger } = this.#options;
    loop.after(seconds * 1_000, () => {
      if (this.ended) return;
      // Who hangs up at the same moment hears nothing of it.
      const heard = (): void =>
        ledger.death({ at: loop.now(), cause: cause.name, user: this.client.user.id });
      this.#over();
      this.#socket.cause = cause.name;
      if (ending === 'drop') this.#socket.drop(heard);
      else this.#socket.end(ending.code, ending.reason, heard);
    });
  }

  #over(): void {
    if (this.ended) return;
    this.ended = true;
    this.#options.ledger.lived(this.#options.loop.now() - this.openedAt);
    this.#options.gone(this);
  }

  #send(message: object, wakes = false): void {
    this.#framedAt = this.#options.loop.now();
    this.#socket.deliver(JSON.stringify(message), wakes);
  }

  #setUp(text: string): void {
    const { loop, draws, hooks } = this.#options;
    this.#resumable = text.includes('"sessionResumption"');
    this.resumed = text.includes('"handle"');
    if (this.resumed) this.tokens = Math.max(this.tokens, this.client.user.tokens);
    for (const hook of hooks) hook.opened?.(this);
    loop.after(60 + 120 * draws.next(), () => {
      if (this.ended) return;
      this.#send({ setupComplete: {} }, true);
      loop.after(goAwayMs, () => !this.ended && this.#send({ goAway: { timeLeft: '60s' } }));
      this.strike({ name: 'lifetime' }, lifetimeMs / 1_000, {
        code: 1008,
        reason:
          'Connection aborted because the client failed to close the connection after receiving a GoAway signal once the session durat',
      });
    });
  }

  #hear(text: string): void {
    if (this.#pending.size > 0) {
      const first = !this.#inputWhilePending;
      this.#inputWhilePending = true;
      for (const hook of this.#options.hooks) hook.heardWhilePending?.(this, first);
    }
    if (isSpeech(text)) {
      this.tokens += 8;
      this.#endOfSpeech(0.6);
    }
  }

  /** The turn begins when nothing more is said for so many seconds. */
  #endOfSpeech(seconds: number): void {
    const { loop } = this.#options;
    if (this.#endpoint) this.#endpoint.cancelled = true;
    if (this.#speaking || this.#calling || this.#pending.size > 0) return;
    this.#endpoint = loop.after(seconds * 1_000, () => this.#turn());
  }

  #turn(): void {
    if (this.ended) return;
    const { draws, habits, hooks } = this.#options;
    this.#turns += 1;
    this.#responseTokens = 0;
    for (const hook of hooks) hook.turn?.(this);
    if (draws.chance(habits.calls)) this.#call();
    else this.#after(0.3 + draws.exponential(0.5), () => this.#speak());
  }

  #after(seconds: number, action: () => void): void {
    this.#options.loop.after(seconds * 1_000, () => {
      if (!this.ended) action();
    });
  }

  #call(): void {
    const { draws, habits, hooks, loop } = this.#options;
    const count = draws.chance(habits.parallel) ? (draws.chance(0.3) ? 3 : 2) : 1;
    this.#calling = true;
    // Pending is what the client was told of: input before is none that it could have held back.
    this.#after(0.4 + draws.exponential(0.4), () => {
      this.#calling = false;
      this.#inputWhilePending = false;
      const functionCalls = Array.from({ length: count }, () => {
        const id = `function-call-${this.client.user.id}-${loop.now() % 1e9}-${++this.#calls}`;
        const tool = draws.pick(habits.tools);
        this.#pending.set(id, { tool, at: loop.now() });
        return { id, name: tool, args: { query: 'two' } };
      });
      this.#send({ toolCall: { functionCalls } });
      for (const hook of hooks) hook.called?.(this, count);
      if (draws.chance(habits.cancels)) this.#after(0.2 + draws.exponential(0.6), () => this.#cancel());
    });
  }

  #cancel(): void {
    if (this.#pending.size === 0 || this.#speaking) return;
    const ids = [...this.#pending.keys()];
    for (const id of ids) this.#cancelled.set(id, this.#options.loop.now());
    this.#pending.clear();
    this.#send({ toolCallCancellation: { ids } });
    this.#after(0.5, () => this.#speak());
  }

  #answered(text: string): void {
    const { functionResponses } = (
      JSON.parse(text) as {
        toolResponse: { functionResponses: readonly { id?: string; name: string; response: unknown }[] };
      }
    ).toolResponse;
    const { loop, draws, hooks } = this.#options;
    const bytes = Buffer.byteLength(text);
    let late = 0;
    for (const { id, name } of functionResponses) {
      const cancelledAt = id === undefined ? undefined : this.#cancelled.get(id);
      const cancelled = cancelledAt !== undefined && this.#options.loop.now() > cancelledAt + onItsWayMs;
      if (cancelledAt !== undefined) late += 1;
      const pending = id === undefined ? undefined : this.#pending.get(id);
      // An id that it does not know: the service takes the oldest call of the name, as it must have meant that.
      const [oldest] = [...this.#pending].find(([, { tool }]) => tool === name) ?? [];
      const key = pending !== undefined ? id : cancelledAt !== undefined ? undefined : oldest;
      const at = (key !== undefined && this.#pending.get(key)?.at) || loop.now();
      if (key !== undefined) this.#pending.delete(key);
      const answer: Answer = {
        tool: name,
        id,
        known: pending !== undefined,
        cancelled,
        bytes,
        text,
        latency: (loop.now() - at) / 1_000,
        waiting: this.#pending.size,
      };
      for (const hook of hooks) if (!this.ended) hook.answered?.(this, answer);
    }
    this.tokens += Math.ceil(bytes / 4);
    // To an answer that nobody waits for any more it says nothing.
    if (late === functionResponses.length) return;
    if (this.#pending.size > 0 || this.ended || this.#speaking) return;
    if (draws.chance(0.15)) this.#after(0.4, () => this.#call());
    else this.#after(0.3 + draws.exponential(0.7), () => this.#speak());
  }

  #speak(): void {
    if (this.#speaking || this.#pending.size > 0) return;
    this.#speaking = true;
    const { draws } = this.#options;
    const chunks = 1 + Math.floor(draws.exponential(3));
    const say = (left: number): void => {
      this.#responseTokens += 20;
      this.#send({
        serverContent: {
          modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: silentAudio } }] },
        },
      });
      if (left > 0) this.#after(0.7, () => say(left - 1));
      else this.#after(0.3, () => this.#done());
    };
    say(chunks);
  }

  #done(): void {
    this.#speaking = false;
    const prompt = this.tokens;
    const response = this.#responseTokens;
    this.tokens += response;
    this.client.user.tokens = this.tokens;
    this.#send({ serverContent: { generationComplete: true } });
    this.#send({
      serverContent: { turnComplete: true },
      usageMetadata: {
        promptTokenCount: prompt,
        responseTokenCount: response,
        totalTokenCount: prompt + response,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
        responseTokensDetails: [{ modality: 'AUDIO', tokenCount: response }],
      },
    });
    if (this.#resumable)
      this.#send({
        sessionResumptionUpdate: {
          newHandle: `handle-${this.client.user.id}-${this.openedAt}-${this.#turns}`,
          resumable: true,
        },
      });
  }
}
