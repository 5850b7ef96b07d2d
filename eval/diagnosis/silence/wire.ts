import type { JsonObject } from '../../../src/testing/json.ts';
import type { Random } from '../../../src/testing/random.ts';

/** What a microphone hears: frames as loud as a person who speaks, as a noisy room, as music, or nothing. */
export type Sound = 'speech' | 'noise' | 'music';

export interface Span {
  /** Milliseconds since the conversation began. */
  readonly from: number;
  readonly to: number;
}

export interface WireFrame {
  readonly at: number;
  readonly by: 'application' | 'service';
  readonly message: JsonObject;
}

/** One connection of a conversation as it stands on the wire; the microphone's frames are made from what it hears. */
export interface Connection {
  readonly model: string;
  readonly api: 'gemini' | 'vertex';
  readonly handle?: string;
  readonly from: number;
  to: number;
  readonly frames: WireFrame[];
  /** How far apart the frames of the microphone are; no microphone without it. */
  readonly microphoneMs?: number;
  readonly sounds: (Span & { readonly sound: Sound })[];
  /** The application sends no audio meanwhile. */
  readonly muted: Span[];
  end?: { readonly code: number; readonly reason: string };
}

export interface Opening {
  readonly model: string;
  readonly api?: 'gemini' | 'vertex';
  /** The setup but for model and modality. */
  readonly setup?: JsonObject;
  readonly modality?: 'AUDIO' | 'TEXT';
  readonly handle?: string;
  readonly microphoneMs?: number;
  /** `setupComplete` never comes. */
  readonly unanswered?: true;
}

/** Writes a conversation down, frame by frame, in simulated time. It knows what happens, and nothing of any rule. */
export class Wire {
  readonly random: Random;
  readonly connections: Connection[] = [];
  /** Times at which the user waits for something that does not come. */
  readonly silences: Span[] = [];
  now = 0;

  constructor(random: Random) {
    this.random = random;
  }

  open({
    model,
    api = 'gemini',
    setup,
    modality = 'AUDIO',
    handle,
    microphoneMs,
    unanswered,
  }: Opening): void {
    this.connections.push({
      model,
      api,
      ...(handle !== undefined && { handle }),
      from: this.now,
      to: this.now,
      frames: [],
      ...(microphoneMs !== undefined && { microphoneMs }),
      sounds: [],
      muted: [],
    });
    this.wait(150);
    this.send({
      setup: {
        model: `models/${model}`,
        generationConfig: { responseModalities: [modality] },
        ...setup,
        ...(handle !== undefined && { sessionResumption: { handle } }),
      },
    });
    this.wait(this.between(120, 900));
    if (!unanswered) this.receive({ setupComplete: {} });
    this.wait(100);
  }

  /** The service closes. */
  close(code: number, reason: string): void {
    const { connection } = this;
    connection.to = this.now;
    connection.end = { code, reason };
  }

  wait(ms: number): void {
    this.now += ms;
    const last = this.connections.at(-1);
    if (last !== undefined && last.end === undefined) last.to = this.now;
  }

  send(message: JsonObject, inMs = 0): void {
    this.connection.frames.push({ at: this.now + inMs, by: 'application', message });
  }

  receive(message: JsonObject, inMs = 0): void {
    this.connection.frames.push({ at: this.now + inMs, by: 'service', message });
  }

  /** The microphone hears this for so long; time passes. */
  hear(sound: Sound, ms: number): void {
    this.connection.sounds.push({ sound, from: this.now, to: this.now + ms });
    this.wait(ms);
  }

  /** The microphone hears this for so long, beside everything else. */
  background(sound: Sound, ms: number): void {
    this.connection.sounds.push({ sound, from: this.now, to: this.now + ms });
  }

  mute(ms: number): void {
    this.connection.muted.push({ from: this.now, to: this.now + ms });
  }

  /** What the user waits for does not come, while this happens. */
  silence(happens: () => void): void {
    const from = this.now;
    happens();
    this.silences.push({ from, to: this.now });
  }

  between(min: number, max: number): number {
    return this.random.integer(Math.round(min), Math.round(max));
  }

  chance(share: number): boolean {
    return this.random.next() < share;
  }

  /** Most values near `median`, one in a hundred four times as long. */
  about(median: number): number {
    const normal =
      Math.sqrt(-2 * Math.log(1 - this.random.next())) * Math.cos(2 * Math.PI * this.random.next());
    return Math.round(median * Math.exp(0.6 * normal));
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.random.integer(0, choices.length - 1)] ?? choices[0];
  }

  get connection(): Connection {
    const last = this.connections.at(-1);
    if (last === undefined) throw new Error('The conversation has no connection yet.');
    return last;
  }
}
