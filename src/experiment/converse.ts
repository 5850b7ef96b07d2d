/** One session: a question, a tool call, its response, the answer. What it does besides is the treatment. */
import {
  type ClientSession,
  config,
  type FunctionCall,
  type LiveClient,
  type ServerMessage,
} from './client.ts';
import { responseOf } from './payload.ts';
import { surround } from './surround.ts';
import { type Time, wait } from './time.ts';
import type { Treatment } from './treatment.ts';

/** `setup`: before the service was ready. */
export type EndPhase = 'setup' | 'conversation';

export type Outcome =
  | { readonly kind: 'completed'; readonly tokens: Tokens }
  /** The service, or the network, ended it. */
  | {
      readonly kind: 'ended';
      readonly phase: EndPhase;
      readonly code: number | undefined;
      readonly reason: string;
      readonly tokens: Tokens;
    }
  /** Nothing came any more. */
  | { readonly kind: 'silent'; readonly phase: EndPhase; readonly tokens: Tokens }
  /** The experiment was stopped. */
  | { readonly kind: 'stopped'; readonly tokens: Tokens };

/** As the service counts them. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** Protocol milliseconds. */
const pace = {
  /** That the tool takes. */
  tool: 1_500,
  /** From the call until the user speaks over it. */
  interruption: 500,
  /** A close frame may be on its way when the answer is complete. */
  linger: 2_000,
  audioFrame: 100,
};
const question = 'When is the garden open?';
const interruption = 'No, wait. When is the park open?';
/** 100 ms of 16 kHz PCM. */
const silence = { audio: { data: Buffer.alloc(3_200).toString('base64'), mimeType: 'audio/pcm;rate=16000' } };
/** A model may answer without the tool: it is asked again. */
const mostQuestions = 2;

export interface ConverseOptions {
  readonly live: LiveClient;
  /** Makes the sessions before and beside it. */
  readonly others: LiveClient;
  readonly treatment: Treatment;
  readonly time: Time;
  readonly signal: AbortSignal;
  /** Told before the session is closed. */
  readonly onEnd?: (outcome: Outcome) => void;
}

/** Never rejects. */
export function converse(options: ConverseOptions): Promise<Outcome> {
  return new Conversation(options).run();
}

class Conversation {
  readonly #options: ConverseOptions;
  readonly #treatment: Treatment;
  readonly #time: Time;
  readonly #over = new AbortController();
  readonly #outcome: Promise<Outcome>;
  #resolve: (outcome: Outcome) => void = () => {};
  readonly #cancelled = new Set<string | undefined>();
  #session: ClientSession | undefined;
  #phase: EndPhase = 'setup';
  #tokens: Tokens = { input: 0, output: 0 };
  #rounds = 0;
  #questions = 0;
  #answered = 0;
  #pending = 0;
  /** The service has nothing more to say. */
  #isTurnOver = false;
  #hasInterrupted = false;
  /** The end of the turn that was interrupted is still to come. */
  #wasInterrupted = false;
  #forgetPatience = (): void => {};

  constructor(options: ConverseOptions) {
    const { treatment, time, signal } = options;
    this.#options = options;
    this.#treatment = treatment;
    this.#time = time;
    this.#outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const stop = (): void => this.#end({ kind: 'stopped', tokens: this.#tokens });
    signal.addEventListener('abort', stop);
    this.#over.signal.addEventListener('abort', () => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  }

  run(): Promise<Outcome> {
    void this.#prepare()
      .then(() => this.#connect())
      .then(
        (session) => this.#ready(session as ClientSession),
        (error: unknown) => this.#ended(undefined, error instanceof Error ? error.message : String(error)),
      );
    return this.#outcome;
  }

  async #prepare(): Promise<void> {
    const { others, signal: _, ...given } = this.#options;
    await surround({ ...given, live: others, signal: this.#over.signal });
  }

  async #connect(): Promise<unknown> {
    if (this.#over.signal.aborted) return undefined;
    this.#waitPatiently();
    return await this.#options.live.connect({
      model: this.#treatment.model,
      config,
      callbacks: {
        onmessage: (message) => this.#heard(message),
        onerror: () => {},
        onclose: ({ code, reason = '' }) => this.#ended(code, reason),
      },
    });
  }

  async #ready(session: ClientSession | undefined): Promise<void> {
    if (this.#over.signal.aborted || session === undefined) return session?.close();
    this.#session = session;
    this.#phase = 'conversation';
    await this.#keepSilent();
    this.#ask(question);
  }

  async #keepSilent(): Promise<void> {
    const { silenceMs, signOfLifeMs } = this.#treatment;
    const step = signOfLifeMs > 0 ? signOfLifeMs : silenceMs;
    for (let left = silenceMs; left > 0 && !this.#over.signal.aborted; left -= step) {
      this.#waitPatiently(Math.min(step, left));
      await wait(this.#time, Math.min(step, left), this.#over.signal);
      if (signOfLifeMs > 0) this.#send((session) => session.sendRealtimeInput(silence));
    }
  }

  #ask(text: string): void {
    this.#questions += 1;
    this.#isTurnOver = false;
    this.#waitPatiently();
    this.#send((session) => session.sendRealtimeInput({ text }));
  }

  #heard({ toolCall, toolCallCancellation, serverContent, usageMetadata }: ServerMessage): void {
    if (this.#over.signal.aborted) return;
    this.#waitPatiently();
    if (usageMetadata) {
      this.#tokens = {
        input: this.#tokens.input + (usageMetadata.promptTokenCount ?? 0),
        output: this.#tokens.output + (usageMetadata.responseTokenCount ?? 0),
      };
    }
    for (const id of toolCallCancellation?.ids ?? []) this.#cancelled.add(id);
    for (const call of toolCall?.functionCalls ?? []) void this.#answer(call);
    if (serverContent?.interrupted) this.#wasInterrupted = true;
    if (serverContent?.turnComplete) this.#turnCompleted();
  }

  async #answer({ id, name }: FunctionCall): Promise<void> {
    const { interrupts, answersCancelled, microphone, roundsBefore } = this.#treatment;
    const { signal } = this.#over;
    this.#pending += 1;
    if (interrupts && !this.#hasInterrupted && this.#rounds === roundsBefore) {
      this.#hasInterrupted = true;
      await wait(this.#time, pace.interruption, signal);
      this.#ask(interruption);
    }
    for (let worked = 0; worked < pace.tool && !signal.aborted; worked += pace.audioFrame) {
      if (microphone) this.#send((session) => session.sendRealtimeInput(silence));
      await wait(this.#time, pace.audioFrame, signal);
    }
    this.#pending -= 1;
    const wasCancelled = this.#cancelled.has(id);
    if (!wasCancelled || answersCancelled) {
      this.#answered += 1;
      const response = responseOf(this.#treatment);
      this.#send((session) =>
        session.sendToolResponse({
          functionResponses: [{ ...(id !== undefined && { id }), name, response }],
        }),
      );
    }
    // The model goes on from a response; of one that it does not wait for it says nothing.
    if (!wasCancelled) this.#isTurnOver = false;
    this.#waitPatiently();
    await this.#completeIfOver();
  }

  #turnCompleted(): void {
    if (this.#wasInterrupted) {
      this.#wasInterrupted = false;
      return;
    }
    const wentUnasked = this.#answered + this.#pending + this.#cancelled.size === 0;
    if (wentUnasked && this.#questions < mostQuestions) {
      this.#ask(question);
      return;
    }
    this.#isTurnOver = true;
    void this.#completeIfOver();
  }

  async #completeIfOver(): Promise<void> {
    if (!this.#isTurnOver || this.#pending > 0) return;
    await wait(this.#time, pace.linger, this.#over.signal);
    if (!this.#isTurnOver || this.#pending > 0) return;
    if (this.#rounds === this.#treatment.roundsBefore) this.#end({ kind: 'completed', tokens: this.#tokens });
    else if (!this.#over.signal.aborted) {
      this.#rounds += 1;
      this.#questions = 0;
      this.#ask(question);
    }
  }

  #send(message: (session: ClientSession) => void): void {
    if (this.#over.signal.aborted || this.#session === undefined) return;
    try {
      message(this.#session);
    } catch (error) {
      this.#ended(undefined, error instanceof Error ? error.message : String(error));
    }
  }

  /** @param more milliseconds in which nothing has to come */
  #waitPatiently(more = 0): void {
    this.#forgetPatience();
    this.#forgetPatience = this.#time.after(this.#time.patience + more, () =>
      this.#end({ kind: 'silent', phase: this.#phase, tokens: this.#tokens }),
    );
  }

  #ended(code: number | undefined, reason: string): void {
    this.#end({ kind: 'ended', phase: this.#phase, code, reason, tokens: this.#tokens });
  }

  #end(outcome: Outcome): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#forgetPatience();
    this.#resolve(outcome);
    this.#options.onEnd?.(outcome);
    try {
      this.#session?.close();
    } catch {
      // It is closed.
    }
  }
}
