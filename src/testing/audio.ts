/** The model's voice: 24 kHz mono PCM16, little-endian. */
export const outputSampleRate = 24_000;
const bytesPerMs = (outputSampleRate * 2) / 1_000;

/** One second of a voice-like tone that never falls silent: three harmonics under a slow swell. */
function synthesise(): Buffer {
  const pcm = Buffer.alloc(outputSampleRate * 2);
  for (let index = 0; index < outputSampleRate; index++) {
    const time = index / outputSampleRate;
    const tone = [150, 300, 450].reduce(
      (sum, hertz, harmonic) => sum + Math.sin(2 * Math.PI * hertz * time) / (harmonic + 1),
      0,
    );
    const swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time);
    pcm.writeInt16LE(Math.round(6_000 * swell * tone), index * 2);
  }
  return pcm;
}

let voice: Buffer | undefined;
/** Frames recur every second, so their base64 is made once. */
const encoded = new Map<string, string>();

/** The base64 of `ms` milliseconds of speech that begin `offsetMs` into it. */
export function speechBase64(offsetMs: number, ms: number): string {
  const key = `${offsetMs % 1_000}+${ms}`;
  const known = encoded.get(key);
  if (known !== undefined) return known;
  voice ??= synthesise();
  const start = Math.floor((offsetMs % 1_000) * (bytesPerMs / 2)) * 2;
  const bytes = Math.floor(ms * (bytesPerMs / 2)) * 2;
  const pcm = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ) at += voice.copy(pcm, at, (start + at) % voice.length);
  const base64 = pcm.toString('base64');
  if (encoded.size < 512) encoded.set(key, base64);
  return base64;
}

/**
 * PCM16 that a voice activity detector takes for speech: for agents under test that have no microphone.
 * Base64-encode it into `sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } })`.
 *
 * @param ms length in milliseconds of audio
 */
export function speech(ms: number, sampleRate = 16_000): Buffer {
  const pcm = Buffer.alloc(Math.floor((ms * sampleRate) / 1_000) * 2);
  for (let index = 0; index < pcm.length / 2; index++) {
    pcm.writeInt16LE(Math.round(6_000 * Math.sin((2 * Math.PI * 200 * index) / sampleRate)), index * 2);
  }
  return pcm;
}

/** Silent PCM16 of that length in milliseconds. */
export function silence(ms: number, sampleRate = 16_000): Buffer {
  return Buffer.alloc(Math.floor((ms * sampleRate) / 1_000) * 2);
}
