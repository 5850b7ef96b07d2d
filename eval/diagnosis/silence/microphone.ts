import { createRandom, type Random } from '../../../src/testing/random.ts';
import type { Connection, Sound, Span } from './wire.ts';

const sampleRate = 16_000;

/** Frames of a sound, of which there are many in a conversation: so many different ones are enough. */
const variants = 24;
const made = new Map<string, readonly string[]>();

/** The root mean square of the samples, of 32,768: speech near a microphone, a busy café, music from a loudspeaker. */
const levels: Readonly<Record<Sound | 'quiet', readonly [number, number]>> = {
  quiet: [10, 90],
  noise: [250, 750],
  speech: [1_800, 5_000],
  music: [1_200, 3_500],
};

/** The frames that an open microphone makes of what it hears. */
export function microphoneFrames(connection: Connection): readonly {
  readonly at: number;
  readonly by: 'application';
  readonly data: string;
}[] {
  const { microphoneMs: every, from, to, sounds, muted } = connection;
  if (every === undefined) return [];
  const ordered = [...sounds].sort((a, b) => a.from - b.from);
  const random = createRandom(from + every);
  const frames = [];
  // It is opened once the setup is complete.
  const complete = connection.frames.find(({ message }) => 'setupComplete' in message)?.at ?? to;
  for (let at = complete + 50; at < to; at += every) {
    if (muted.some((span) => isIn(span, at))) continue;
    const sound = loudest(ordered, at);
    const choices = framesOf(sound, every);
    frames.push({ at, by: 'application' as const, data: choices[random.integer(0, variants - 1)] ?? '' });
  }
  return frames;
}

/** Speech drowns noise and music. */
function loudest(sounds: Connection['sounds'], at: number): Sound | 'quiet' {
  let found: Sound | 'quiet' = 'quiet';
  for (const one of sounds) {
    if (one.from > at) break;
    if (isIn(one, at) && (found === 'quiet' || one.sound === 'speech')) found = one.sound;
  }
  return found;
}

function isIn({ from, to }: Span, at: number): boolean {
  return at >= from && at < to;
}

function framesOf(sound: Sound | 'quiet', ms: number): readonly string[] {
  const key = `${sound} ${ms}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const random = createRandom(ms + sound.length);
  const frames = Array.from({ length: variants }, () => frame(sound, ms, random));
  made.set(key, frames);
  return frames;
}

/** Noise of the level: what it sounds like makes no difference to anybody who only measures how loud it is. */
function frame(sound: Sound | 'quiet', ms: number, random: Random): string {
  const [min, max] = levels[sound];
  const level = random.integer(min, max);
  const pcm = Buffer.alloc(Math.floor((ms * sampleRate) / 1_000) * 2);
  for (let at = 0; at < pcm.length; at += 2) {
    const sample = level * gaussian(random);
    pcm.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(sample))), at);
  }
  return JSON.stringify({
    realtimeInput: { audio: { data: pcm.toString('base64'), mimeType: 'audio/pcm;rate=16000' } },
  });
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
