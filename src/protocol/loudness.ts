/**
 * How loud audio is, from a few samples of its base64: enough to tell speech from a quiet room, and sound from zeros.
 * Constant work, whatever the length; nothing is decoded but the samples. PCM16, little-endian, as the Live API has it.
 */

/**
 * Samples that are as far from zero as this on average count as speech: about -30 dB of full scale. A quiet room stays
 * below -40 dB, a noisy one mostly below -33 dB; single samples of it reach higher.
 */
const loudLevel = 900;
/** A sample counts for no more: one click is no speech. */
const mostOfOneSample = 8 * loudLevel;
const loudProbes = 16;
const zeroProbes = 32;
const zero = 'A'.charCodeAt(0);
/** Eight characters hold three samples of 16 bits: at a multiple of them a sample begins. */
const aligned = 8;

const values = new Int8Array(128);
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  values[character.charCodeAt(0)] = value;
}
// The alphabet of URLs.
values['-'.charCodeAt(0)] = 62;
values['_'.charCodeAt(0)] = 63;

/** Whether the samples taken from the base64 between `start` and `end` are as loud as speech is. */
export function isLoud(text: string, start: number, end: number): boolean {
  const groups = Math.floor((end - start) / aligned);
  const step = Math.max(1, Math.floor(groups / loudProbes));
  const enough = Math.ceil(groups / step) * loudLevel;
  let sum = 0;
  for (let group = 0; group < groups; group += step) {
    const at = start + group * aligned;
    const second = values[text.charCodeAt(at + 1) & 0x7f] as number;
    const low = ((values[text.charCodeAt(at) & 0x7f] as number) << 2) | (second >> 4);
    const high = ((second & 0x0f) << 4) | ((values[text.charCodeAt(at + 2) & 0x7f] as number) >> 2);
    const sample = (((high << 8) | low) << 16) >> 16;
    sum += Math.min(sample < 0 ? -sample : sample, mostOfOneSample);
    if (sum > enough) return true;
  }
  return false;
}

/** Whether all the base64 between `start` and `end` is that of zeros, as far as samples tell. */
export function isZeros(text: Uint8Array | string, start: number, end: number): boolean {
  if ((typeof text === 'string' ? text.charCodeAt(start) : text[start]) !== zero) return false;
  const code = typeof text === 'string' ? (at: number) => text.charCodeAt(at) : (at: number) => text[at];
  const length = end - start;
  if (length < zeroProbes) return false;
  for (let probe = 0; probe < zeroProbes; probe += 1) {
    // The last characters may be padding.
    if (code(start + Math.floor((probe * (length - 4)) / zeroProbes)) !== zero) return false;
  }
  return true;
}
