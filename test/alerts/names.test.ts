import { describe, expect, it } from 'vitest';
import { labelName, seriesNames } from '../../dashboards/promql/names.ts';
import { type AttributeName, attributes } from '../../src/conventions/attributes.ts';
import { type MetricName, metricDefinitions } from '../../src/conventions/metrics.ts';
import { type Expression, parsePromQL } from '../dashboards/promql.ts';
import { alertingRules, recordingRules, ruleTests, templateQueries } from './rules.ts';

/** What Prometheus itself says of a target or a resource. */
const ofPrometheus = ['job', 'instance'];

/** What the servers of the stack tell of themselves; test/stack holds these names to what they really export. */
const ofServers: Readonly<Record<string, readonly string[]>> = {
  up: [],
  otelcol_exporter_queue_size: ['exporter'],
  otelcol_exporter_queue_capacity: ['exporter'],
  otelcol_exporter_enqueue_failed_spans: ['exporter'],
  otelcol_exporter_enqueue_failed_metric_points: ['exporter'],
  otelcol_receiver_refused_spans: ['receiver'],
  otelcol_receiver_refused_metric_points: ['receiver'],
  otelcol_receiver_refused_log_records: ['receiver'],
  prometheus_tsdb_too_old_samples_total: ['type'],
  prometheus_notifications_dropped_total: [],
  prometheus_rule_evaluation_failures_total: ['rule_group'],
  alertmanager_notifications_failed_total: ['integration'],
};

/** Every series that a rule may ask for, with its labels. */
const series = new Map<string, ReadonlySet<string>>(
  Object.entries(ofServers).map(([name, labels]) => [name, new Set([...ofPrometheus, ...labels])]),
);
for (const name of Object.keys(metricDefinitions) as MetricName[]) {
  for (const translated of seriesNames(name)) {
    const boundary = translated.endsWith('_bucket') ? ['le'] : [];
    series.set(
      translated,
      new Set([...ofPrometheus, ...metricDefinitions[name].labels.map(labelName), ...boundary]),
    );
  }
}
for (const { record, expr } of recordingRules) {
  series.set(record, new Set(['job', ...parsePromQL(expr).grouping]));
}

const valuesOf = new Map(
  (Object.keys(attributes) as AttributeName[]).map((name) => [labelName(name), attributes[name].values]),
);

/** What is wrong with the names of an expression, in words. */
function faults({ selectors, grouping }: Expression): readonly string[] {
  const known = new Set(selectors.flatMap(({ metric }) => [...(series.get(metric) ?? [])]));
  return [
    ...selectors.filter(({ metric }) => !series.has(metric)).map(({ metric }) => `no series ${metric}`),
    ...grouping.filter((label) => !known.has(label)).map((label) => `no label ${label} to group by`),
    ...selectors.flatMap(({ metric, matchers }) =>
      matchers.flatMap(({ label, operator, value }) => {
        if (series.get(metric)?.has(label) === false) return [`no label ${label} on ${metric}`];
        const values = valuesOf.get(label);
        if (values === undefined || value === '' || value === 'any') return [];
        const named = operator.includes('~') ? value.split('|') : [value];
        return named.filter((one) => !values.includes(one)).map((one) => `${label} is never ${one}`);
      }),
    ),
  ];
}

describe('the names in the rules are those of the telemetry', () => {
  it.each(recordingRules)('$record', ({ expr }) => {
    expect(faults(parsePromQL(expr))).toEqual([]);
  });

  it.each(alertingRules)('$alert, $labels.severity', (rule) => {
    for (const expr of [rule.expr, ...templateQueries(rule)]) {
      expect(faults(parsePromQL(expr)), expr).toEqual([]);
    }
  });

  it.each(alertingRules)('$alert, $labels.severity: the labels that its texts use', (rule) => {
    const texts = Object.values(rule.annotations).join('\n');
    const used = [...texts.matchAll(/(?:\$labels\.|\.Labels\.|label ")(\w+)/g)].map(
      ([, label = '']) => label,
    );
    const there = [rule.expr, ...templateQueries(rule)].flatMap((expr) =>
      parsePromQL(expr).selectors.flatMap(({ metric }) => [...(series.get(metric) ?? [])]),
    );
    expect(used.filter((label) => !there.includes(label))).toEqual([]);
  });

  it.each(ruleTests)('test: $name', ({ input_series }) => {
    for (const { series: text } of input_series) expect(faults(parsePromQL(text)), text).toEqual([]);
  });

  it('is a check that finds what is wrong', () => {
    expect(
      faults(parsePromQL('sum by (tool) (rate(gemini_live_closures_total{expected="false"}[5m]))')),
    ).toEqual(['no label tool to group by', 'no label expected on gemini_live_closures_total']);
    expect(faults(parsePromQL('live_closure_total'))).toEqual(['no series live_closure_total']);
    expect(
      faults(parsePromQL('gemini_live_closures_total{gemini_live_closure_hypothesis=~"rate_limit|quota"}')),
    ).toEqual(['gemini_live_closure_hypothesis is never quota']);
    expect(() => parsePromQL('sum by (job')).toThrow('No PromQL');
  });
});
