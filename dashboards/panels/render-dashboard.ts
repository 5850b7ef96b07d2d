/** A dashboard as Grafana writes it down: variables, annotations, links, and the panels in their rows. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { metricName } from '../promql/names.ts';
import { alertsSeries, serviceVersion } from '../promql/others.ts';
import { newVersions } from '../promql/query.ts';
import { type DatasourceType, datasource, datasources } from './datasources.ts';
import { pages } from './jaeger.ts';
import type { DashboardSpec } from './panel.ts';
import { renderPanel } from './render.ts';

const tag = 'live-otel';

export function renderDashboard(spec: DashboardSpec): Dashboard {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags([tag])
    .readonly()
    .timezone('browser')
    .time({ from: spec.from, to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('live-otel')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .link(
      new DashboardLinkBuilder('Runbook')
        .type(DashboardLinkType.Link)
        .url(`${pages}/runbook.html`)
        .targetBlank(true),
    )
    .annotation(firingAlerts())
    .annotation(deploys())
    .variables([
      dataSourceVariable('prometheus'),
      dataSourceVariable('jaeger'),
      service(),
      jaegerService(),
      model(),
      version(),
      ...spec.variables.map((name) => textVariables[name]()),
    ]);
  for (const { id, title, panels } of spec.rows) {
    builder.withRow(new RowBuilder(title).id(id));
    for (const panel of panels) builder.withPanel(renderPanel(panel));
  }
  return builder.build();
}

function dataSourceVariable(name: DatasourceType): DatasourceVariableBuilder {
  const { type, variable, uid, title } = datasources[name];
  return new DatasourceVariableBuilder(variable)
    .label(title)
    .type(type)
    .current({ selected: true, text: title, value: uid });
}

function service(): QueryVariableBuilder {
  return all(labelValues('service', 'service_name'), '.+')
    .label('Service')
    .description('The `service.name` of the application.');
}

/** The service chosen, or the first of several: Jaeger searches one at a time. */
function jaegerService(): QueryVariableBuilder {
  return labelValues('jaeger_service', 'service_name', '{service_name=~"$service"}').hide(
    VariableHide.HideVariable,
  );
}

function model(): QueryVariableBuilder {
  return all(labelValues('model', 'gen_ai_request_model'), '.*')
    .label('Model')
    .description('The model the sessions were opened with.');
}

function version(): QueryVariableBuilder {
  return all(labelValues('version', serviceVersion, '{service_name=~"$service"}'), '.*')
    .label('Version')
    .description('The `service.version` of the application, where it says one.');
}

function all(variable: QueryVariableBuilder, pattern: string): QueryVariableBuilder {
  return variable
    .multi(true)
    .includeAll(true)
    .allValue(pattern)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

function labelValues(variable: string, label: string, matchers = ''): QueryVariableBuilder {
  const query = `label_values(${metricName('gemini.live.sessions')}${matchers}, ${label})`;
  return new QueryVariableBuilder(variable)
    .datasource(datasource('prometheus'))
    .query({ query, refId: `${variable}-values` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

const textVariables: Readonly<Record<DashboardSpec['variables'][number], () => Builder<VariableModel>>> = {
  objective: () =>
    new TextBoxVariableBuilder('objective')
      .label('Objective')
      .description('Share of sessions that should end as expected.')
      .defaultValue('0.98')
      .current({ selected: true, text: '0.98', value: '0.98' }),
  trace_id: () =>
    new TextBoxVariableBuilder('trace_id')
      .label('Trace id')
      .description('Of the session: from an exemplar, a search in Jaeger or the log record of its end.')
      .defaultValue('')
      .current({ selected: true, text: '', value: '' }),
};

function firingAlerts(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Firing alerts')
    .datasource(datasource('prometheus'))
    .enable(true)
    .iconColor('red')
    .expr(`${alertsSeries}{alertname=~"Live.+",alertstate="firing"}`)
    .step('60s')
    .titleFormat('{{alertname}}')
    .textFormat('{{severity}}');
}

function deploys(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Deploys')
    .datasource(datasource('prometheus'))
    .enable(true)
    .iconColor('blue')
    .expr(newVersions())
    .step('60s')
    .titleFormat(`{{service_name}} {{${serviceVersion}}}`)
    .textFormat('first seen');
}
