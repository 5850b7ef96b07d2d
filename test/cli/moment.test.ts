import { expect, it } from 'vitest';
import { parseMoment } from '../../src/cli/report/moment.ts';

const now = Date.UTC(2026, 2, 1, 12);

it.each([
  ['30s', Date.UTC(2026, 2, 1, 11, 59, 30)],
  ['15m', Date.UTC(2026, 2, 1, 11, 45)],
  ['1.5h', Date.UTC(2026, 2, 1, 10, 30)],
  ['2d', Date.UTC(2026, 1, 27, 12)],
  ['2026-03-01', Date.UTC(2026, 2, 1)],
  ['2026-03-01T08:30Z', Date.UTC(2026, 2, 1, 8, 30)],
])('reads %s', (text, at) => {
  expect(parseMoment('--since', text, now)).toBe(at);
});

it.each(['', 'yesterday', '5', '5 h', '-1h', '2026-13-45'])('refuses %j', (text) => {
  expect(() => parseMoment('--since', text, now)).toThrow(
    `--since ${text} is no time: write how long ago, as 30s, 15m, 1h or 2d, or a date as 2026-03-01T12:00Z.`,
  );
});
