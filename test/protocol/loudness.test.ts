import { describe, expect, it } from 'vitest';
import { isLoud, isZeros } from '../../src/protocol/loudness.ts';
import { silence, speech } from '../../src/testing/audio.ts';

const loud = (pcm: Buffer, encoding: 'base64' | 'base64url' = 'base64') => {
  const text = pcm.toString(encoding);
  return isLoud(text, 0, text.length);
};

/** A square wave: every sample is that far from zero. */
function level(value: number, samples = 1_600): Buffer {
  const pcm = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at++) pcm.writeInt16LE(at % 2 === 0 ? value : -value, at * 2);
  return pcm;
}

describe('isLoud', () => {
  it.each([20, 40, 100, 250])('takes %i ms of speech for loud, and silence not', (ms) => {
    expect(loud(speech(ms))).toBe(true);
    expect(loud(silence(ms))).toBe(false);
  });

  it('takes the average, not the loudest sample', () => {
    expect(loud(level(950))).toBe(true);
    expect(loud(level(850))).toBe(false);
    const click = level(200);
    click.writeInt16LE(32_000, 0);
    expect(loud(click)).toBe(false);
  });

  it('reads the alphabet of URLs and the ends of the range', () => {
    expect(loud(level(-32_768 + 1), 'base64url')).toBe(true);
  });

  it('is false of nothing', () => {
    expect(isLoud('', 0, 0)).toBe(false);
  });
});

describe('isZeros', () => {
  const zeros = (pcm: Buffer) => {
    const text = pcm.toString('base64');
    return [isZeros(text, 0, text.length), isZeros(Buffer.from(text), 0, text.length)];
  };

  it.each([100, 101, 102])('is true of %i bytes of zeros, as text and as bytes', (bytes) => {
    expect(zeros(Buffer.alloc(bytes))).toEqual([true, true]);
  });

  it('is false of speech, of a quiet room and of too little to tell', () => {
    expect(zeros(speech(40))).toEqual([false, false]);
    expect(zeros(level(20))).toEqual([false, false]);
    expect(zeros(Buffer.alloc(6))).toEqual([false, false]);
  });
});
