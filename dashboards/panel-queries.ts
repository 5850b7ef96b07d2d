import { dashboards } from './dashboards.ts';
import type { DatasourceType } from './panels/datasources.ts';
import { isJaegerPanel, type Panel } from './panels/panel.ts';

/** A query of a panel, ready to be sent. */
export interface PanelQuery {
  /** uid */
  readonly dashboard: string;
  /** Title of the panel, unique within its dashboard. */
  readonly panel: string;
  /** Text of its legend, or title of its column. */
  readonly legend: string;
  readonly datasource: DatasourceType;
  /** PromQL; for Jaeger a trace id. */
  readonly expr: string;
  /** Grafana asks for it over the time shown, not once at its end. */
  readonly range: boolean;
  readonly exemplar: boolean;
}

/** What the variables of the dashboards stand for. Durations in seconds. */
export interface Variables {
  /** A regular expression. */
  readonly service?: string;
  /** A regular expression. */
  readonly model?: string;
  /** A regular expression. */
  readonly version?: string;
  readonly objective?: number;
  readonly traceId?: string;
  /** The time shown. */
  readonly range?: number;
  /** The window of a rate. Grafana takes no less than four times the minimal step of a minute. */
  readonly rateInterval?: number;
}

/** Every query of every panel, with the variables filled in. */
export function panelQueries(variables: Variables = {}): PanelQuery[] {
  return dashboards.flatMap(({ uid, rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap((panel) =>
        queriesOf(panel).map((query) => ({
          ...query,
          expr: fillVariables(query.expr, variables),
          dashboard: uid,
        })),
      ),
    ),
  );
}

function queriesOf(panel: Panel): Omit<PanelQuery, 'dashboard'>[] {
  const { title, kind } = panel;
  if (isJaegerPanel(panel)) {
    return [
      { panel: title, legend: '', datasource: 'jaeger', expr: '$trace_id', range: false, exemplar: false },
    ];
  }
  return panel.queries.map(({ expr, legend, exemplar = false }) => ({
    panel: title,
    legend,
    datasource: 'prometheus',
    expr,
    range: kind === 'time',
    exemplar,
  }));
}

/** @throws where a query names a variable that no dashboard has */
export function fillVariables(
  expr: string,
  {
    service = '.+',
    model = '.*',
    version = '.*',
    objective = 0.98,
    traceId = '',
    range = 3_600,
    rateInterval = 240,
  }: Variables,
): string {
  const values: Readonly<Record<string, string>> = {
    service,
    model,
    version,
    objective: String(objective),
    trace_id: traceId,
    __range: `${range}s`,
    __rate_interval: `${rateInterval}s`,
    __rate_interval_ms: String(rateInterval * 1_000),
  };
  return expr.replace(/\$(\w+)/g, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No dashboard has a variable "${name}".`);
    return value;
  });
}
