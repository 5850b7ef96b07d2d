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

/** All frequencies below have a whole number of cycles in it. */
const cycleMs = 250;
/** Vowel-like: three formants on one pitch, four syllables a second. */
const voice = pcm((t) => {
  const syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * 4 * t);
  const formants =
    Math.sin(2 * Math.PI * 140 * t) +
    0.6 * Math.sin(2 * Math.PI * 700 * t) +
    0.3 * Math.sin(2 * Math.PI * 1220 * t);
  return 7000 * syllable * formants;
});
/** Faint noise. */
const silence = pcm(() => 20 * (Math.random() - 0.5));

/** One cycle, from the level at each time in seconds. */
function pcm(level) {
  const bytes = Buffer.alloc(bytesOf(cycleMs));
  for (let index = 0; index * 2 < bytes.length; index += 1) {
    const value = Math.round(level(index / sampleRate));
    bytes.writeInt16LE(Math.max(-32768, Math.min(32767, value)), index * 2);
  }
  return bytes;
}

function synthesise(fromMs, lengthMs, speaking) {
  const cycle = speaking ? voice : silence;
  const chunk = Buffer.alloc(bytesOf(lengthMs));
  for (let at = 0, from = bytesOf(fromMs % cycleMs); at < chunk.length; from = 0) {
    at += cycle.copy(chunk, at, from);
  }
  return chunk;
}

function bytesOf(milliseconds) {
  return Math.round((sampleRate * milliseconds) / 1000) * 2;
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
