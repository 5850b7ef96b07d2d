/** A microphone and a loudspeaker without hardware: PCM, 16 bit; 16 kHz in, 24 kHz out. */

const sampleRate = 16_000;
const playbackBytesPerMs = 48;

/**
 * Sends a chunk every `chunkMs`, speech while somebody speaks and near-silence otherwise.
 * `send` gets base64; `say` lets somebody speak for so many milliseconds.
 */
export function startMicrophone({ chunkMs, timeScale, send }) {
  const started = performance.now();
  let sentMs = 0;
  let speechMs = 0;
  const timer = setInterval(() => {
    // As much as real time asks for: timers are late when the process is busy.
    const due = (performance.now() - started) * timeScale;
    for (let chunks = 0; sentMs + chunkMs <= due && chunks < 10; chunks += 1) {
      const speaking = speechMs > 0;
      speechMs = Math.max(0, speechMs - chunkMs);
      send(synthesise(sentMs, chunkMs, speaking).toString('base64'));
      sentMs += chunkMs;
    }
  }, chunkMs / timeScale);
  return {
    say: (milliseconds) => {
      speechMs = milliseconds;
    },
    stop: () => clearInterval(timer),
  };
}

/** Vowel-like: three formants on a falling pitch, four syllables a second. Silence is faint noise. */
function synthesise(fromMs, lengthMs, speaking) {
  const samples = Math.round((sampleRate * lengthMs) / 1000);
  const pcm = Buffer.alloc(samples * 2);
  for (let index = 0; index < samples; index += 1) {
    const t = fromMs / 1000 + index / sampleRate;
    const syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * 4 * t);
    const voice =
      Math.sin(2 * Math.PI * 140 * t) +
      0.6 * Math.sin(2 * Math.PI * 700 * t) +
      0.3 * Math.sin(2 * Math.PI * 1220 * t);
    const level = speaking ? 7000 * syllable * voice : 20 * (Math.random() - 0.5);
    pcm.writeInt16LE(Math.round(Math.max(-32768, Math.min(32767, level))), index * 2);
  }
  return pcm;
}

/** Counts what a loudspeaker would play. */
export function createPlayer() {
  let bytes = 0;
  return {
    play: (base64) => {
      bytes += Buffer.byteLength(base64, 'base64');
    },
    /** The user speaks: what is queued is not played. */
    flush: () => undefined,
    get playedMs() {
      return Math.round(bytes / playbackBytesPerMs);
    },
  };
}
