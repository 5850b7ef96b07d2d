import { expect, test } from 'vitest';
import { panelQueries } from '../../dashboards/panel-queries.ts';
import { labelName, seriesNames } from '../../dashboards/promql/names.ts';
import { alertsSeries } from '../../dashboards/promql/others.ts';
import { spanDimensions, spanSeries } from '../../dashboards/promql/span-metrics.ts';
import type { AttributeName } from '../../src/conventions/attributes.ts';
import { type MetricName, metricDefinitions } from '../../src/conventions/metrics.ts';
import { parsePromQL } from './promql.ts';

/** Labels that Prometheus makes of the resource, whatever the metric. */
const resourceLabels = ['service_name', 'service_version', 'instance', 'job'];
/** Labels of the connector itself. */
const spanLabels = ['span_name', 'span_kind', 'status_code'];

/** Every series there is, with its labels. */
const known = new Map<string, ReadonlySet<string>>([
  ...(Object.keys(metricDefinitions) as MetricName[]).flatMap((name) => {
    const { instrument, labels } = metricDefinitions[name];
    const all = new Set([
      ...resourceLabels,
      ...labels.map(labelName),
      ...(instrument === 'histogram' ? ['le'] : []),
    ]);
    return seriesNames(name).map((series) => [series, all] as const);
  }),
  ...Object.values(spanSeries).map(
    (series) =>
      [series, new Set([...resourceLabels, ...spanLabels, ...spanDimensions.map(labelName), 'le'])] as const,
  ),
  [alertsSeries, new Set(['alertname', 'alertstate', 'severity'])],
]);

const prometheus = panelQueries().filter(({ datasource }) => datasource === 'prometheus');

test.each(prometheus.map((query) => [`${query.dashboard}, ${query.panel}, ${query.legend}`, query] as const))(
  '%s: names and labels are those of the telemetry',
  (_title, { expr }) => {
    const { selectors, grouping } = parsePromQL(expr);
    expect(selectors.length).toBeGreaterThan(0);
    const labels = new Set<string>();
    for (const { metric, matchers } of selectors) {
      expect([...known.keys()]).toContain(metric);
      for (const label of known.get(metric) ?? []) labels.add(label);
      for (const { label } of matchers) expect([...(known.get(metric) ?? [])]).toContain(label);
      // Narrowed by the variables at the top of the dashboard, as far as the series has such a label.
      const model = labelName('gen_ai.request.model' satisfies AttributeName);
      expect(matchers).toEqual(
        expect.arrayContaining([
          { label: 'service_name', operator: '=~', value: '.+' },
          ...(known.get(metric)?.has(model) ? [{ label: model, operator: '=~', value: '.*' }] : []),
          { label: 'service_version', operator: '=~', value: '.*' },
        ]),
      );
    }
    for (const label of grouping) expect([...labels]).toContain(label);
  },
);

test('legends name only labels that the query keeps', () => {
  for (const { expr, legend } of prometheus) {
    const { grouping } = parsePromQL(expr);
    for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g)) expect(grouping).toContain(label);
  }
});

test('the variables are filled in', () => {
  const queries = panelQueries({
    service: 'agent',
    model: 'm1|m2',
    version: '1.2.3',
    objective: 0.9,
    traceId: 'abc',
    range: 600,
    rateInterval: 60,
  });
  const text = queries.map(({ expr }) => expr).join('\n');
  expect(text).not.toContain('$');
  expect(text).toContain('service_name=~"agent",gen_ai_request_model=~"m1|m2",service_version=~"1.2.3"');
  expect(text).toContain('[600s]');
  expect(text).toContain('* 60000 / 60000');
  expect(text).toContain('/ (1 - 0.9)');
  expect(queries.filter(({ datasource }) => datasource === 'jaeger').map(({ expr }) => expr)).toEqual([
    'abc',
    'abc',
    'abc',
  ]);
});

test('only series of span metrics are asked for exemplars', () => {
  for (const { expr, exemplar } of prometheus.filter((query) => query.exemplar)) {
    const metrics = parsePromQL(expr).selectors.map(({ metric }) => metric);
    expect({ exemplar, foreign: metrics.filter((name) => !name.startsWith('traces_span_metrics_')) }).toEqual(
      {
        exemplar: true,
        foreign: [],
      },
    );
  }
});
