import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondsBetween, toHrTime, toSeconds } from '../../src/telemetry/time.ts';

test('epoch milliseconds become seconds and nanoseconds', () => {
  expect(toHrTime(1_700_000_000_123.5)).toEqual([1_700_000_000, 123_500_000]);
});

test('nanoseconds that round up to a second are carried', () => {
  expect(toHrTime(1_999.999_999_9)).toEqual([2, 0]);
});

test('every time has whole nanoseconds below a second and is off by less than a microsecond', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 4e12, noNaN: true }), (ms) => {
      const [seconds, nanoseconds] = toHrTime(ms);
      expect(Number.isInteger(seconds) && Number.isInteger(nanoseconds)).toBe(true);
      expect(nanoseconds).toBeGreaterThanOrEqual(0);
      expect(nanoseconds).toBeLessThan(1e9);
      expect(Math.abs(seconds * 1e3 + nanoseconds / 1e6 - ms)).toBeLessThan(1e-3);
    }),
  );
});

test('durations are seconds to the microsecond', () => {
  expect(toSeconds(1_234.567_89)).toBe(1.234568);
  expect(toSeconds(undefined)).toBeUndefined();
});

test('a duration needs both times, in order', () => {
  expect(secondsBetween(1_000, 2_500)).toBe(1.5);
  expect(secondsBetween(undefined, 2_500)).toBeUndefined();
  expect(secondsBetween(1_000, undefined)).toBeUndefined();
  expect(secondsBetween(2_500, 1_000)).toBeUndefined();
});
