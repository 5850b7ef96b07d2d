import { describe, expect, it } from 'vitest';
import {
  effectCell,
  effectWords,
  percent,
  proportion,
  pValue,
  ratio,
  testWords,
} from '../../src/analysis/words.ts';

it.each([
  [0, '0 %'],
  [0.00005, 'under 0.01 %'],
  [0.0005, '0.05 %'],
  [0.003, '0.3 %'],
  [0.042, '4.2 %'],
  [0.0994, '9.9 %'],
  [0.62, '62 %'],
  [1, '100 %'],
])('writes the share %d as %s', (share, text) => {
  expect(percent(share)).toBe(text);
});

it.each([
  [0.421, '0.42'],
  [1, '1'],
  [1.12, '1.1'],
  [18.4, '18'],
  [5_000, 'over 1000'],
])('writes the ratio %d as %s', (value, text) => {
  expect(ratio(value)).toBe(text);
});

it.each([
  [0.0001, 'p < 0.001'],
  [0.0321, 'p = 0.032'],
  [0.5, 'p = 0.50'],
])('writes %d as %s', (p, text) => {
  expect(pValue(p)).toBe(text);
});

it('writes a share with its interval', () => {
  expect(proportion({ value: 0.62, low: 0.48, high: 0.74 })).toBe('62 % (48–74 %)');
});

describe('an effect', () => {
  it.each([
    [{ measure: 'odds_ratio', value: 18, low: 6, high: 52 }, '18 times the odds (6–52)', '18× odds (6–52)'],
    [
      { measure: 'rate_ratio', value: 3.1, low: 2 },
      '3.1 times the rate (2 and more)',
      '3.1× rate (2 and more)',
    ],
    [{ measure: 'share', value: 0.23, low: 0.12, high: 0.38 }, '23 % (12–38 %)', '23 % (12–38 %)'],
  ] as const)('is written in words and for a cell', (effect, words, cell) => {
    expect([effectWords(effect), effectCell(effect)]).toEqual([words, cell]);
  });
});

describe('a test', () => {
  const group = { label: '', units: 1, closures: 0 };
  const comparison = {
    exposed: group,
    unexposed: group,
    unit: 'session',
    adjustedFor: [],
    test: "Fisher's exact test",
  } as const;

  it.each([
    [{}, "Fisher's exact test."],
    [{ p: 0.02 }, "Fisher's exact test, p = 0.020."],
    [{ p: 0.02, adjustedP: 0.1 }, "Fisher's exact test, p = 0.020 (p = 0.10 after correction)."],
    [{ p: 1e-5, adjustedP: 1e-4 }, "Fisher's exact test, p < 0.001."],
    [
      { adjustedFor: ['tool', 'hour'], crude: { measure: 'odds_ratio', value: 2, low: 1.5, high: 3 } },
      "Fisher's exact test, controlled for tool, hour; without: 2 times the odds (1.5–3).",
    ],
  ] as const)('is written with what it was controlled for', (facts, words) => {
    expect(testWords({ ...comparison, ...facts })).toBe(words);
  });
});
