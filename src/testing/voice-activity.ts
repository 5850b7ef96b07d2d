import type { AudioChunk } from './client-message.ts';

/** Where a detector stands: all times are milliseconds of audio since the stream began. */
export interface VoiceState {
  readonly speaking: boolean;
  /** Silence at the end of what was heard. */
  readonly silentMs: number;
  readonly heardMs: number;
}

export const silentVoice: VoiceState = { speaking: false, silentMs: 0, heardMs: 0 };

export interface VoiceEvent {
  readonly type: 'speech_start' | 'speech_end';
  readonly atMs: number;
}

/** Mean absolute sample value from which on a window is speech: 1 % of full scale, −40 dBFS. */
const threshold = 328;
const windowMs = 20;

/** Hears a chunk of audio in windows of 20 ms; speech ends after `silenceMs` of silence in the audio. */
export function hear(
  state: VoiceState,
  chunk: AudioChunk,
  silenceMs: number,
): { readonly state: VoiceState; readonly events: readonly VoiceEvent[] } {
  const events: VoiceEvent[] = [];
  let { speaking, silentMs, heardMs } = state;
  const samples = Math.floor(chunk.pcm.length / 2);
  const perWindow = Math.max(1, Math.round((chunk.sampleRate * windowMs) / 1_000));
  for (let from = 0; from < samples; from += perWindow) {
    const to = Math.min(from + perWindow, samples);
    const ms = ((to - from) / chunk.sampleRate) * 1_000;
    const loud = meanLevel(chunk.pcm, from, to) >= threshold;
    silentMs = loud ? 0 : silentMs + ms;
    if (loud && !speaking) {
      speaking = true;
      events.push({ type: 'speech_start', atMs: heardMs });
    }
    heardMs += ms;
    if (speaking && silentMs >= silenceMs) {
      speaking = false;
      events.push({ type: 'speech_end', atMs: heardMs });
    }
  }
  return { state: { speaking, silentMs, heardMs }, events };
}

/** Every fourth sample is enough to tell speech from silence. */
function meanLevel(pcm: Buffer, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let index = from; index < to; index += 4) {
    sum += Math.abs(pcm.readInt16LE(index * 2));
    count++;
  }
  return sum / count;
}
