import { expect, it } from 'vitest';
import { bytes, counted, duration } from '../../src/conventions/words.ts';

it('formats durations with three digits at most, never as 60 s or 1000 ms', () => {
  const values = [
    -5,
    0,
    0.4,
    180,
    999.4,
    999.6,
    1_250,
    9_996,
    12_400,
    59_960,
    590_000,
    3_599_600,
    7_380_000,
    1e300,
    Number.POSITIVE_INFINITY,
  ];
  expect(values.map(duration)).toEqual([
    '0 ms',
    '0 ms',
    '0 ms',
    '180 ms',
    '999 ms',
    '1.00 s',
    '1.25 s',
    '10.0 s',
    '12.4 s',
    '1 min 00 s',
    '9 min 50 s',
    '1 h 00 min',
    '2 h 03 min',
    'over 300 years',
    'over 300 years',
  ]);
});

it('formats sizes in powers of 1024', () => {
  expect([0, 999, 1_023, 1_024, 1_240, 16_384, 150_000, 1_048_500, 11_010_048].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1023 B',
    '1 KB',
    '1.2 KB',
    '16 KB',
    '146 KB',
    '1 MB',
    '10.5 MB',
  ]);
});

it('formats counts', () => {
  expect([0, 1, 2, 20_480].map((count) => counted(count, 'turn'))).toEqual([
    '0 turns',
    '1 turn',
    '2 turns',
    '20,480 turns',
  ]);
});
