/** One visit of a user: connections one after the other, words, tools, and the way the application takes an end. */
import type { FunctionCall, LiveServerMessage, Session } from '@google/genai';
import type { Draws } from './draws.ts';
import type { Timer, VirtualLoop } from './loop.ts';
import type { Pod } from './pod.ts';
import { silentAudio, spokenAudio } from './sound.ts';
import { type Result, type Tool, useTool } from './tool.ts';
import type { User } from './user.ts';

/** How the application is built. */
export interface Application {
  readonly tools: readonly Tool[];
  /** Parallel calls are answered one by one as they are done, or in one message. */
  readonly answers: 'singly' | 'together';
  /** It resumes a conversation from its handle. */
  readonly resumes: boolean;
  /** Connects again after an unexpected end: with this chance, after so many seconds, so many times in a row at most. */
  readonly retries: { readonly chance: number; readonly seconds: number; readonly most: number };
  /** It heeds goAway. */
  readonly heedsGoAway: boolean;
  /** It answers no call that was cancelled. */
  readonly heedsCancellation: boolean;
  /** Chance that it sends a message of responses again, as a queue does that delivers at least once. */
  readonly twice: number;
}

export interface VisitOptions {
  readonly loop: VirtualLoop;
  readonly draws: Draws;
  readonly application: Application;
  /** A process that takes a connection now. */
  readonly pod: () => Pod | undefined;
  /** What answers calls, as of now. */
  readonly tools: () => readonly Tool[];
  /** So many times the usual size of responses, as of now. */
  readonly factor: () => number;
  readonly user: User;
}

const frame = (data: string) => ({ audio: { data, mimeType: 'audio/pcm;rate=16000' } });
const silence = frame(silentAudio);
const speech = frame(spokenAudio);

export class Visit {
  readonly #options: VisitOptions;
  readonly #endsAt: number;
  #handle: string | undefined;
  /** Ends in a row without a turn between them. */
  #failures = 0;
  #connection: Connection | undefined;

  constructor(options: VisitOptions) {
    this.#options = options;
    const { loop, draws, user } = options;
    this.#endsAt = loop.now() + 1_000 * Math.max(8, draws.exponential(user.visit));
    user.tokens = 0;
    this.#connect();
  }

  #connect(): void {
    const pod = this.#options.pod();
    if (pod === undefined) return;
    const { application } = this.#options;
    this.#connection = new Connection(pod, this.#options, this.#endsAt, this.#handle, {
      handle: (handle) => {
        if (application.resumes) this.#handle = handle;
      },
      talked: () => {
        this.#failures = 0;
      },
      goAway: () => {
        if (!application.heedsGoAway) return;
        this.#connection?.leave();
        this.#connect();
      },
      lost: () => this.#again(),
    });
  }

  #again(): void {
    const { loop, draws, application } = this.#options;
    const { chance, seconds, most } = application.retries;
    this.#failures += 1;
    if (loop.now() > this.#endsAt || this.#failures > most || !draws.chance(chance)) return;
    const backoff = seconds * Math.min(8, 2 ** (this.#failures - 1)) * (0.5 + draws.next());
    loop.after(1_000 * backoff, () => this.#connect());
  }
}

interface Told {
  handle(handle: string): void;
  talked(): void;
  goAway(): void;
  /** Ended, and not by the user. */
  lost(): void;
}

class Connection {
  readonly #pod: Pod;
  readonly #options: VisitOptions;
  readonly #endsAt: number;
  readonly #told: Told;
  readonly #pending = new Map<FunctionCall, Timer>();
  /** Calls of one message that are answered together. */
  #done: ({ readonly call: FunctionCall } & Pick<Result, 'text' | 'picture' | 'wrongId'>)[] = [];
  #session: Session | undefined;
  /** So far. */
  #calls = 0;
  #over = false;
  #patience: Timer | undefined;

  constructor(pod: Pod, options: VisitOptions, endsAt: number, handle: string | undefined, told: Told) {
    this.#pod = pod;
    this.#options = options;
    this.#endsAt = endsAt;
    this.#told = told;
    const { application, user } = options;
    pod.connect(
      {
        user,
        config: {
          responseModalities: ['AUDIO'],
          tools: [
            {
              functionDeclarations: application.tools.map(({ name }) => ({ name, description: 'Looks up.' })),
            },
          ],
          ...(application.resumes && { sessionResumption: handle === undefined ? {} : { handle } }),
        },
        onmessage: (message) => this.#take(message),
        onclose: () => this.#closed(),
      },
      (session) => {
        this.#session = session;
        this.#begin();
      },
    );
  }

  /** The user hangs up, or the application moves on. */
  leave(): void {
    if (!this.#alive) return;
    this.#over = true;
    this.#session?.close();
  }

  get #alive(): boolean {
    return !this.#over && this.#pod.state === 'running';
  }

  #begin(): void {
    if (!this.#alive) {
      this.#session?.close();
      return;
    }
    const { loop, user, draws } = this.#options;
    loop.at(this.#endsAt, () => this.leave());
    if (user.mic === 'open' || user.mic === 'gated') this.#stream();
    this.#speakAfter(0.5 + draws.exponential(2));
  }

  #stream(): void {
    const { loop, user } = this.#options;
    if (!this.#alive) return;
    if (!(user.mic === 'gated' && this.#pending.size > 0)) this.#send(silence);
    loop.after(this.#pending.size > 0 ? 250 : 3_000, () => this.#stream());
  }

  #speakAfter(seconds: number): void {
    const { loop, user, draws } = this.#options;
    loop.after(1_000 * seconds, () => {
      if (!this.#alive || this.#pending.size > 0) return;
      this.#waitFor();
      if (user.mic === 'text') {
        this.#session?.sendRealtimeInput({ text: 'What is new?' });
        return;
      }
      const say = (left: number): void => {
        if (!this.#alive) return;
        this.#send(speech);
        if (left > 0) loop.after(300, () => say(left - 1));
      };
      say(2 + Math.floor(draws.exponential(4)));
    });
  }

  /** Nobody waits for ever: without an answer the user speaks again, or gives up. */
  #waitFor(): void {
    const { loop, draws, user } = this.#options;
    if (this.#patience) this.#patience.cancelled = true;
    this.#patience = loop.after(1_000 * user.patience, () => {
      if (draws.chance(0.5)) this.leave();
      else this.#speakAfter(0);
    });
  }

  #send(input: typeof silence): void {
    this.#session?.sendRealtimeInput(input);
  }

  #take(message: LiveServerMessage): void {
    if (!this.#alive) return;
    const handle = message.sessionResumptionUpdate?.newHandle;
    if (handle) this.#told.handle(handle);
    if (message.goAway) this.#told.goAway();
    if (message.serverContent?.turnComplete) this.#turnDone();
    const cancelled = message.toolCallCancellation?.ids;
    if (cancelled) this.#cancelled(cancelled);
    const calls = message.toolCall?.functionCalls;
    if (calls && calls.length > 0) this.#work(calls);
  }

  #turnDone(): void {
    const { draws, user } = this.#options;
    if (this.#patience) this.#patience.cancelled = true;
    this.#told.talked();
    this.#speakAfter(0.5 + draws.exponential(user.pause));
  }

  #cancelled(ids: readonly string[]): void {
    for (const [call, timer] of this.#pending) {
      if (call.id === undefined || !ids.includes(call.id)) continue;
      if (this.#options.application.heedsCancellation) timer.cancelled = true;
      this.#pending.delete(call);
    }
  }

  #work(calls: readonly FunctionCall[]): void {
    const { loop, draws, application, factor } = this.#options;
    const tools = this.#options.tools();
    for (const call of calls) {
      const tool = tools.find(({ name }) => name === call.name) ?? tools[0];
      if (tool === undefined) continue;
      const { seconds, ...result } = useTool(tool, draws, factor() * (1 + tool.growth * this.#calls));
      this.#calls += 1;
      const timer = loop.after(1_000 * seconds, () => {
        this.#pending.delete(call);
        if (!this.#alive) return;
        this.#done.push({ call, ...result });
        if (application.answers === 'together' && this.#pending.size > 0) return;
        this.#answer();
      });
      this.#pending.set(call, timer);
    }
    this.#barge();
  }

  /** Somebody who holds the key speaks into the work of the tools. */
  #barge(): void {
    const { loop, draws, user } = this.#options;
    if (user.mic !== 'push' || user.barges === 0 || !draws.chance(user.barges)) return;
    const say = (left: number): void => {
      if (!this.#alive || this.#pending.size === 0) return;
      this.#send(speech);
      if (left > 0) loop.after(300, () => say(left - 1));
    };
    loop.after(1_000 * (0.2 + draws.exponential(0.6)), () => say(1 + Math.floor(draws.exponential(2))));
  }

  #answer(): void {
    const functionResponses = this.#done.map(({ call, text, picture, wrongId }) => ({
      id: wrongId ? `tool-${call.name}` : (call.id ?? ''),
      name: call.name ?? '',
      response: { output: text, ...(picture !== undefined && { picture }) },
    }));
    this.#done = [];
    this.#session?.sendToolResponse({ functionResponses });
    const { loop, draws, application } = this.#options;
    if (application.twice === 0 || !draws.chance(application.twice)) return;
    loop.after(200 + draws.exponential(800), () => {
      if (this.#alive) this.#session?.sendToolResponse({ functionResponses });
    });
  }

  #closed(): void {
    if (this.#patience) this.#patience.cancelled = true;
    for (const timer of this.#pending.values()) timer.cancelled = true;
    if (this.#over) return;
    this.#over = true;
    this.#told.lost();
  }
}
