import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  count,
  countByBoundary,
  countUpTo,
  exemplarsOf,
  now,
  perMinute,
  quantile,
  sameHourYesterday,
  share,
  shown,
  sliding,
  spanQuantile,
  unlabelled,
} from '../../dashboards/promql/query.ts';
import { parsePromQL } from './promql.ts';

const chosen = 'service_name=~"$service",gen_ai_request_model=~"$model",service_version=~"$version"';

test('a series that was not there at the start of the window counts from zero', () => {
  expect(count('gemini.live.stalls', { by: ['gemini.live.stall.kind'] }, shown)).toBe(
    'sum by (gemini_live_stall_kind) (' +
      `last_over_time(gemini_live_stalls_total{${chosen}}[$__range]) ` +
      `unless gemini_live_stalls_total{${chosen}} offset $__range ` +
      `or increase(gemini_live_stalls_total{${chosen}}[$__range]))`,
  );
});

test('a window of yesterday starts a window earlier than it ends', () => {
  const series = `gemini_live_sessions_total{${chosen}}`;
  expect(count('gemini.live.sessions', {}, sameHourYesterday)).toBe(
    `sum(last_over_time(${series}[1h] offset 1d) unless ${series} offset 25h or increase(${series}[1h] offset 1d))`,
  );
});

test.each([
  ['a value', { 'gemini.live.closure.expected': false }, 'gemini_live_closure_expected="false"'],
  [
    'not a value',
    { 'gemini.live.closure.cause': { not: 'unknown' } },
    'gemini_live_closure_cause!="unknown"',
  ],
  [
    'one of several',
    { 'gemini.live.closure.hypothesis': { oneOf: ['encoding', 'client'] } },
    'gemini_live_closure_hypothesis=~"encoding|client"',
  ],
  ['there', { 'gemini.live.closure.code': { present: true } }, 'gemini_live_closure_code!=""'],
  ['not there', { 'gemini.live.closure.code': { present: false } }, 'gemini_live_closure_code=""'],
] as const)('a label can be asked to be %s', (_what, where, matcher) => {
  expect(count('gemini.live.closures', { where }, shown)).toContain(`{${chosen},${matcher}}`);
});

test('a value that the attribute never has is refused', () => {
  expect(() =>
    count(
      'gemini.live.closures',
      { where: { 'gemini.live.closure.hypothesis': 'sunspots' as never } },
      shown,
    ),
  ).toThrow('gemini.live.closure.hypothesis is never "sunspots", only one of: payload_size, encoding,');
});

test('a boundary that the histogram does not have is refused', () => {
  expect(() => countUpTo('gemini.live.tool_response.size', 123, {}, shown)).toThrow(
    'gemini.live.tool_response.size has no boundary at 123.',
  );
});

test('the boundary of a histogram is a label, and the infinite one can be left out', () => {
  expect(countUpTo('gemini.live.tool_response.size', 100_000, {}, shown)).toContain(
    `{${chosen},le="100000"}`,
  );
  expect(countByBoundary('gemini.live.tool_response.size', {}, shown, { finite: true })).toContain(
    'le!="+Inf"',
  );
});

test('names of spans end in their subject, but for two', () => {
  expect(exemplarsOf({ span: 'live_closure' })).toContain('span_name="live_closure"');
  expect(spanQuantile(0.95, { span: 'realtime_inference' }, sliding)).toContain(
    'span_name=~"realtime_inference( .+)?"',
  );
});

test('names and labels that are not in the tables do not compile', () => {
  const unused = (): void => {
    // @ts-expect-error no such metric
    count('gemini.live.closure', {}, shown);
    // @ts-expect-error no such label
    count('gemini.live.closures', { by: ['gemini.live.closure.reason'] }, shown);
    // @ts-expect-error no label of this metric
    count('gemini.live.stalls', { where: { 'gemini.live.closure.expected': false } }, shown);
    // @ts-expect-error no such value
    count('gemini.live.closures', { where: { 'gemini.live.closure.hypothesis': 'sunspots' } }, shown);
    // @ts-expect-error not a truth value
    count('gemini.live.closures', { where: { 'gemini.live.closure.expected': 'no' } }, shown);
    // @ts-expect-error a counter has no quantiles
    quantile(0.5, 'gemini.live.closures', {}, shown);
    // @ts-expect-error a gauge is not counted
    count('gemini.live.session.active', {}, shown);
  };
  expect(unused).toBeTypeOf('function');
});

const labels = [
  'gemini.live.closure.cause',
  'gemini.live.closure.code',
  'gemini.live.closure.hypothesis',
] as const;
const windows = [shown, sliding, sameHourYesterday];

test('whatever is asked for, the expression is PromQL over that metric, and keeps those labels', () => {
  fc.assert(
    fc.property(
      fc.subarray([...labels]),
      fc.constantFrom(...windows),
      fc.option(fc.boolean(), { nil: undefined }),
      (by, window, expected) => {
        const where = expected === undefined ? {} : { 'gemini.live.closure.expected': expected };
        const counted = count('gemini.live.closures', { by, where }, window);
        const whole = count('gemini.live.closures', { by }, window);
        const { selectors, grouping } = parsePromQL(filled(perMinute(share(counted, whole))));
        expect(new Set(selectors.map(({ metric }) => metric))).toEqual(
          new Set(['gemini_live_closures_total']),
        );
        expect(new Set(grouping)).toEqual(new Set(by.map((label) => label.replaceAll('.', '_'))));
      },
    ),
  );
});

test('rows without a label get a name', () => {
  expect(unlabelled('sum by (gemini_live_closure_code) (x)', 'gemini.live.closure.code', 'none')).toBe(
    'label_replace(sum by (gemini_live_closure_code) (x), "gemini_live_closure_code", "none", "gemini_live_closure_code", "")',
  );
});

test('a gauge is what it is now', () => {
  expect(now('gemini.live.session.active', {})).toBe(`sum(gemini_live_session_active{${chosen}})`);
});

function filled(expression: string): string {
  return expression.replaceAll('$__rate_interval_ms', '240000').replace(/\$__\w+/g, '4m');
}
