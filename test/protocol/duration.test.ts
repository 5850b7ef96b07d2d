import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs } from '../../src/protocol/duration.ts';

describe('durationMs', () => {
  it.each([
    ['50s', 50_000],
    ['9.5s', 9_500],
    ['0s', 0],
    ['-1.250s', -1_250],
    [{ seconds: '50', nanos: 500_000_000 }, 50_500],
    [{ seconds: 9 }, 9_000],
    [{ nanos: 1_000_000 }, 1],
    [{}, undefined],
    ['50', undefined],
    ['s', undefined],
    [50, undefined],
    [undefined, undefined],
  ])('of %j is %s', (value, expected) => {
    expect(durationMs(value)).toBe(expected);
  });

  it('reads whatever protobuf writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 999 }), (seconds, ms) => {
        const text = `${seconds}.${String(ms).padStart(3, '0')}s`;
        expect(durationMs(text)).toBeCloseTo(seconds * 1_000 + ms, 6);
        expect(durationMs({ seconds, nanos: ms * 1_000_000 })).toBe(seconds * 1_000 + ms);
      }),
    );
  });
});
