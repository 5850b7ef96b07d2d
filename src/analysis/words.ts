/** What the parts of the report are called, and its numbers as people read them: for text, Markdown and the page. Pure. */
import type { Comparison, JudgedHypothesis, Verdict } from './scorecard/scorecard.ts';
import type { Effect } from './statistics/odds-ratio.ts';
import type { Proportion } from './statistics/proportion.ts';

export const hypothesisTitles: Readonly<Record<JudgedHypothesis, string>> = {
  payload_size: 'payload size',
  encoding: 'encoding, format',
  tool_call_id: 'tool-call id',
  concurrency: 'concurrency',
  internal_error: 'internal error',
  rate_limit: 'rate limit',
  connection: 'connection',
  lifetime: 'lifetime',
  setup: 'setup',
  credentials: 'credentials',
  context: 'context window',
  client: 'application',
  process: 'process',
};

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  supported: 'supported',
  refuted: 'refuted',
  not_enough_data: 'not enough data',
};

/** What is at risk, as one and as many. */
export const unitTitles: Readonly<Record<Comparison['unit'], readonly [string, string]>> = {
  tool_response: ['tool response', 'tool responses'],
  tool_call: ['tool call', 'tool calls'],
  turn: ['turn', 'turns'],
  session: ['session', 'sessions'],
  minute: ['minute of connection', 'minutes of connection'],
  step: ['turn', 'turns'],
  expected_end: ['end to be expected', 'ends to be expected'],
};

/** For example `0.3 %`, `4.2 %`, `62 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 9.95) return `${Math.round(value)} %`;
  if (value >= 0.095) return `${value.toFixed(1)} %`;
  return value >= 0.0095 ? `${value.toFixed(2)} %` : 'under 0.01 %';
}

/** For example `62 % (48–74 %)`. */
export function proportion({ value, low, high }: Proportion, dash = '–'): string {
  return `${percent(value)} (${percent(low).replace(/ %$/, '')}${dash}${percent(high)})`;
}

/** A ratio to two digits, for example `0.42`, `1.1`, `18`, `over 1000`. */
export function ratio(value: number): string {
  if (value > 1_000) return 'over 1000';
  if (value >= 9.95) return String(Math.round(value));
  return value.toFixed(value >= 0.995 ? 1 : 2).replace(/\.0+$/, '');
}

/** For example `18 times the odds (6–52)`, `3.1 times the rate (2–5.2)`, `23 % (12–38 %)`. */
export function effectWords(effect: Effect, dash = '–'): string {
  const { measure, value, low, high } = effect;
  if (measure === 'share') return proportion({ value, low, high: high ?? 1 }, dash);
  const end = high === undefined ? ' and more' : `${dash}${ratio(high)}`;
  return `${ratio(value)} times the ${measure === 'odds_ratio' ? 'odds' : 'rate'} (${ratio(low)}${end})`;
}

/** {@link effectWords} for a cell of a table: `18× odds (6–52)`. */
export function effectCell(effect: Effect, dash = '–', times = '×'): string {
  return effectWords(effect, dash).replace(' times the ', `${times} `);
}

/** For example `p = 0.03`, `p < 0.001`. */
export function pValue(p: number): string {
  if (p < 0.001) return 'p < 0.001';
  return `p = ${p < 0.095 ? p.toPrecision(2) : p.toFixed(2)}`;
}

/** The test that decided, with what it was controlled for. */
export function testWords({ test, p, adjustedP, adjustedFor, crude }: Comparison, dash = '–'): string {
  const found = [p, adjustedP].map((value) => (value === undefined ? '' : pValue(value)));
  const [raw = '', corrected = ''] = found;
  const chance = corrected === '' || corrected === raw ? raw : `${raw} (${corrected} after correction)`;
  const controlled = adjustedFor.length === 0 ? '' : `, controlled for ${adjustedFor.join(', ')}`;
  const without =
    crude === undefined || adjustedFor.length === 0 ? '' : `; without: ${effectWords(crude, dash)}`;
  return `${test}${chance === '' ? '' : `, ${chance}`}${controlled}${without}.`;
}
