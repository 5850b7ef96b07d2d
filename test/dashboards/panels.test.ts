import { readFileSync } from 'node:fs';
import type { Panel as GrafanaPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from 'vitest';
import { dashboards } from '../../dashboards/dashboards.ts';
import type { Panel } from '../../dashboards/panels/panel.ts';
import { isJaegerPanel } from '../../dashboards/panels/panel.ts';
import { renderDashboard } from '../../dashboards/panels/render-dashboard.ts';
import { hypotheses, mainHypotheses } from '../../src/conventions/vocabulary.ts';

const panelsOf = (spec: (typeof dashboards)[number]) => spec.rows.flatMap(({ panels }) => panels);
const rendered = dashboards.map((spec) => ({ spec, dashboard: renderDashboard(spec) }));

test('the dashboards keep their uids, which links and bookmarks hold on to', () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual([
    'live-otel-overview',
    'live-otel-closures',
    'live-otel-tools',
    'live-otel-turns',
    'live-otel-session',
  ]);
});

describe.each(rendered)('$spec.title', ({ spec, dashboard }) => {
  const all = dashboard.panels ?? [];
  const panels = all.filter((panel): panel is GrafanaPanel => panel.type !== 'row');

  test('has no id twice and no title twice', () => {
    const ids = all.map(({ id }) => id);
    expect(twice(ids)).toEqual([]);
    expect(ids).not.toContain(undefined);
    expect(twice(all.map(({ title }) => title))).toEqual([]);
  });

  test.each(panelsOf(spec).map((panel): [string, Panel] => [panel.title, panel]))('%s', (title, panel) => {
    const grafana = panels.find(({ id }) => id === panel.id);
    expect(grafana?.title).toBe(title);
    expect(title).toMatch(/^[A-Z][^.]*$/);
    expect(grafana?.fieldConfig?.defaults.unit).toBe(panel.unit);
    // How to read it: at least a sentence.
    expect(grafana?.description).toMatch(/^[A-Z].{30,}\.$/s);
    expect(grafana?.targets?.length).toBeGreaterThan(0);
    const [link] = grafana?.links ?? [];
    expect(searchOf(link?.url)).toMatchObject({
      datasource: { type: 'jaeger', uid: filledIn('jaeger_datasource') },
      ...(isJaegerPanel(panel)
        ? { query: filledIn('trace_id:percentencode') }
        : { queryType: 'search', service: filledIn('jaeger_service:percentencode') }),
    });
  });

  test('fills its rows without overlaps', () => {
    for (const { panels: ofRow } of spec.rows) {
      const ends = ofRow.map((_, index) =>
        ofRow.slice(0, index + 1).reduce((sum, { width }) => sum + width, 0),
      );
      const lines = (ends.at(-1) ?? 0) / 24;
      expect(ends).toEqual(
        expect.arrayContaining(Array.from({ length: lines }, (_, line) => (line + 1) * 24)),
      );
      expect(lines).toBe(Math.round(lines));
    }
    const cells = all.flatMap(({ gridPos: { x, y, w, h } = { x: 0, y: 0, w: 0, h: 0 } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('asks for data sources, service and model, and links to the others', () => {
    expect(dashboard.templating.list?.map(({ name }) => name)).toEqual([
      'prometheus_datasource',
      'jaeger_datasource',
      'service',
      'jaeger_service',
      'model',
      'version',
      ...spec.variables,
    ]);
    expect(dashboard.links?.map(({ tags }) => tags)).toEqual([['live-otel'], []]);
  });
});

test.each(
  dashboards.flatMap((spec) =>
    panelsOf(spec)
      .filter((panel) => panel.kind === 'time' || panel.kind === 'cumulative')
      .map((panel) => [spec.title, panel.title, panel] as const),
  ),
)('%s: the colours of “%s” mean something', (_dashboard, _title, panel) => {
  // Grafana's own palette begins with green: it is for names of which nothing is known.
  if (panel.kind === 'time' && (panel.colors ?? panel.shadesOf ?? panel.colorByName) !== undefined) return;
  expect(panel.queries.filter(({ color }) => color === undefined)).toEqual([]);
});

test('one bar alone has its name', () => {
  const { panels = [] } = renderDashboard(dashboards[1] as (typeof dashboards)[number]);
  const found = panels.find(({ title }) => title === 'Was the last tool response acknowledged?');
  expect((found as GrafanaPanel).fieldConfig?.defaults.displayName).toBe(
    `acknowledged: ${filledIn('__field.labels.gemini_live_closure_tool_response_acknowledged')}`,
  );
});

test('exemplars lead from closures, tool responses and turns to their traces', () => {
  const series = dashboards
    .flatMap(panelsOf)
    .flatMap((panel) => (isJaegerPanel(panel) ? [] : panel.queries))
    .filter(({ exemplar }) => exemplar)
    .map(({ expr }) => /span_name=~?"(\w+)/.exec(expr)?.[1]);
  expect(new Set(series)).toEqual(new Set(['live_closure', 'send_tool_response', 'realtime_inference']));
});

test('clicking a bar explains its cause, or searches for the spans with its value', () => {
  const { panels = [] } = renderDashboard(dashboards[0] as (typeof dashboards)[number]);
  const causes = panels.find(({ title }) => title === 'Which causes ended sessions unexpectedly?');
  const [entry, link] = (causes as GrafanaPanel).fieldConfig?.defaults.links ?? [];
  expect(entry?.url).toBe(
    `http://localhost:9090/user/closures.html#${filledIn('__field.labels.gemini_live_closure_cause')}`,
  );
  expect(searchOf(link?.url)).toMatchObject({
    operation: 'live_closure',
    tags: `gemini.live.closure.expected=false gemini.live.closure.cause=${filledIn('__field.labels.gemini_live_closure_cause')}`,
  });
});

test('the objective of the dashboards is that of the alerts', () => {
  const rules = readFileSync(new URL('../../deploy/prometheus/rules/objective.yml', import.meta.url), 'utf8');
  const [, allowed] = /expr: ([\d.]+) \* group by \(job\)/.exec(rules) ?? [];
  const asking = rendered.filter(({ spec }) => spec.variables.includes('objective'));
  expect(asking.length).toBeGreaterThan(0);
  for (const { spec, dashboard } of asking) {
    const variable = dashboard.templating.list?.find(({ name }) => name === 'objective');
    expect(1 - Number(variable?.query), spec.title).toBeCloseTo(Number(allowed));
  }
});

test('the seven rivals are the first hypotheses of the diagnosis', () => {
  expect(mainHypotheses).toEqual(hypotheses.slice(0, 7));
});

/** What a list holds more than once. */
function twice<Value>(values: readonly Value[]): readonly Value[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** Grafana puts the value of the variable there. */
function filledIn(variable: string): string {
  return `\${${variable}}`;
}

/** The query of a link to Explore, with the placeholders that Grafana fills in. */
function searchOf(url = ''): unknown {
  const panes = new URL(url, 'http://localhost').searchParams.get('panes') ?? '{}';
  return Object.values(JSON.parse(panes) as Record<string, { queries: unknown[] }>)[0]?.queries[0];
}
