import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  count,
  countByBoundary,
  countSpans,
  countUpTo,
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

const chosen = 'service_name=~"$service",gen_ai_request_model=~"$model"';

test('a series that was not there at the start of the window counts from zero', () => {
  expect(count('live.stalls', { by: ['live.stall.kind'] }, shown)).toBe(
    'sum by (live_stall_kind) (' +
      `last_over_time(live_stalls_total{${chosen}}[$__range]) ` +
      `unless live_stalls_total{${chosen}} offset $__range ` +
      `or increase(live_stalls_total{${chosen}}[$__range]))`,
  );
});

test('a window of yesterday starts a window earlier than it ends', () => {
  const series = `live_sessions_total{${chosen}}`;
  expect(count('live.sessions', {}, sameHourYesterday)).toBe(
    `sum(last_over_time(${series}[1h] offset 1d) unless ${series} offset 25h or increase(${series}[1h] offset 1d))`,
  );
});

test.each([
  ['a value', { 'live.closure.expected': false }, 'live_closure_expected="false"'],
  ['not a value', { 'live.closure.cause': { not: 'unknown' } }, 'live_closure_cause!="unknown"'],
  [
    'one of several',
    { 'live.closure.hypothesis': { oneOf: ['encoding', 'client'] } },
    'live_closure_hypothesis=~"encoding|client"',
  ],
  ['there', { 'live.closure.code': { present: true } }, 'live_closure_code!=""'],
  ['not there', { 'live.closure.code': { present: false } }, 'live_closure_code=""'],
] as const)('a label can be asked to be %s', (_what, where, matcher) => {
  expect(count('live.closures', { where }, shown)).toContain(`{${chosen},${matcher}}`);
});

test('a value that the attribute never has is refused', () => {
  expect(() =>
    count('live.closures', { where: { 'live.closure.hypothesis': 'sunspots' as never } }, shown),
  ).toThrow('live.closure.hypothesis is never "sunspots", only one of: payload_size, encoding,');
});

test('a boundary that the histogram does not have is refused', () => {
  expect(() => countUpTo('live.tool_response.size', 123, {}, shown)).toThrow(
    'live.tool_response.size has no boundary at 123.',
  );
});

test('the boundary of a histogram is a label, and the infinite one can be left out', () => {
  expect(countUpTo('live.tool_response.size', 100_000, {}, shown)).toContain(`{${chosen},le="100000"}`);
  expect(countByBoundary('live.tool_response.size', {}, shown, { finite: true })).toContain('le!="+Inf"');
});

test('names of spans end in their subject, but for two', () => {
  expect(countSpans({ span: 'live_closure' }, [], sliding)).toContain('span_name="live_closure"');
  expect(spanQuantile(0.95, { span: 'realtime_inference' }, sliding)).toContain(
    'span_name=~"realtime_inference( .+)?"',
  );
});

test('names and labels that are not in the tables do not compile', () => {
  const unused = (): void => {
    // @ts-expect-error no such metric
    count('live.closure', {}, shown);
    // @ts-expect-error no such label
    count('live.closures', { by: ['live.closure.reason'] }, shown);
    // @ts-expect-error no label of this metric
    count('live.stalls', { where: { 'live.closure.expected': false } }, shown);
    // @ts-expect-error no such value
    count('live.closures', { where: { 'live.closure.hypothesis': 'sunspots' } }, shown);
    // @ts-expect-error not a truth value
    count('live.closures', { where: { 'live.closure.expected': 'no' } }, shown);
    // @ts-expect-error a counter has no quantiles
    quantile(0.5, 'live.closures', {}, shown);
    // @ts-expect-error a gauge is not counted
    count('live.session.active', {}, shown);
  };
  expect(unused).toBeTypeOf('function');
});

const labels = ['live.closure.cause', 'live.closure.code', 'live.closure.hypothesis'] as const;
const windows = [shown, sliding, sameHourYesterday];

test('whatever is asked for, the expression is PromQL over that metric, and keeps those labels', () => {
  fc.assert(
    fc.property(
      fc.subarray([...labels]),
      fc.constantFrom(...windows),
      fc.option(fc.boolean(), { nil: undefined }),
      (by, window, expected) => {
        const where = expected === undefined ? {} : { 'live.closure.expected': expected };
        const counted = count('live.closures', { by, where }, window);
        const whole = count('live.closures', { by }, window);
        const { selectors, grouping } = parsePromQL(filled(perMinute(share(counted, whole))));
        expect(new Set(selectors.map(({ metric }) => metric))).toEqual(new Set(['live_closures_total']));
        expect(new Set(grouping)).toEqual(new Set(by.map((label) => label.replaceAll('.', '_'))));
      },
    ),
  );
});

test('rows without a label get a name', () => {
  expect(unlabelled('sum by (live_closure_code) (x)', 'live.closure.code', 'none')).toBe(
    'label_replace(sum by (live_closure_code) (x), "live_closure_code", "none", "live_closure_code", "")',
  );
});

test('a gauge is what it is now', () => {
  expect(now('live.session.active', {})).toBe(`sum(live_session_active{${chosen}})`);
});

function filled(expression: string): string {
  return expression.replaceAll('$__rate_interval_ms', '240000').replace(/\$__\w+/g, '4m');
}
