/** What Prometheus and Jaeger answer to the queries that the JSON of a dashboard holds. */
import { fillVariables, type Variables } from '../../dashboards/panel-queries.ts';
import type { Annotation, Answer, DashboardPanel, Exemplar, Series, Span } from '../grafana/drawing.ts';

export interface Sources {
  /** Addresses. */
  readonly prometheus: string;
  readonly jaeger: string;
}

export interface Shown extends Variables {
  /** Seconds since 1970. */
  readonly end: number;
  /** Seconds. */
  readonly range: number;
  readonly traceId: string;
}

/** Seconds between the points of a curve: what Grafana takes for up to a day, as no query asks for less. */
export const step = 60;

/** @param panel of dashboards/json */
export async function askPanel(
  { targets = [] }: DashboardPanel,
  sources: Sources,
  shown: Shown,
): Promise<readonly Answer[]> {
  return Promise.all(
    targets.map(async (target): Promise<Answer> => {
      if (target.expr === undefined) {
        return { kind: 'trace', spans: await askTrace(sources.jaeger, shown.traceId) };
      }
      const expr = fillVariables(target.expr, shown);
      return {
        kind: 'series',
        series: await askSeries(sources.prometheus, expr, target.range === true, shown),
        exemplars: target.exemplar === true ? await askExemplars(sources.prometheus, expr, shown) : [],
      };
    }),
  );
}

async function askSeries(
  url: string,
  query: string,
  range: boolean,
  shown: Shown,
): Promise<readonly Series[]> {
  const { data } = range
    ? await post<PromResult>(`${url}/api/v1/query_range`, { query, ...stretch(shown), step: String(step) })
    : await post<PromResult>(`${url}/api/v1/query`, { query, time: String(shown.end) });
  return data.result.map(({ metric, value, values }) => ({
    labels: metric,
    points: (values ?? (value ? [value] : [])).map(([at, text]) => [at, Number(text)] as const),
  }));
}

/** Grafana thins them out as well: here the highest of each step is kept. */
async function askExemplars(url: string, query: string, shown: Shown): Promise<readonly Exemplar[]> {
  const { data } = await post<PromExemplars>(`${url}/api/v1/query_exemplars`, { query, ...stretch(shown) });
  const highest = new Map<number, Exemplar>();
  for (const { timestamp, value } of data.flatMap(({ exemplars }) => exemplars)) {
    const exemplar = { at: timestamp * 1_000, value: Number(value) };
    const slot = Math.floor(timestamp / step);
    if (exemplar.value >= (highest.get(slot)?.value ?? Number.NEGATIVE_INFINITY)) highest.set(slot, exemplar);
  }
  return [...highest.values()];
}

/** The marks on every curve: one where an annotation's query begins to have an answer. */
export async function askAnnotations(
  annotations: readonly AnnotationQuery[],
  { prometheus }: Sources,
  shown: Shown,
): Promise<readonly Annotation[]> {
  const asked = annotations.map(async ({ expr, iconColor }) => {
    if (expr === undefined) return [];
    const found = await askSeries(prometheus, fillVariables(expr, shown), true, shown);
    return found.flatMap(({ points }) =>
      points.slice(0, 1).map(([at]) => ({ at: at * 1_000, color: iconColor })),
    );
  });
  return (await Promise.all(asked)).flat();
}

/** As dashboards/json says it. */
export interface AnnotationQuery {
  readonly expr?: string;
  readonly iconColor: string;
}

/** Of all services, the session with most spans that an unexpected closure ended right after a tool response. */
export async function findTrace(
  jaeger: string,
  { end, range }: Pick<Shown, 'end' | 'range'>,
): Promise<string> {
  const { data: services } = await ask<{ data: string[] }>(`${jaeger}/api/services`);
  const tags = JSON.stringify({
    'gemini.live.closure.preceding_event': 'tool_response',
    'gemini.live.closure.expected': 'false',
  });
  const found = await Promise.all(
    services.map((service) => {
      const search = new URLSearchParams({
        service,
        operation: 'live_closure',
        tags,
        limit: '50',
        start: String(Math.round((end - range) * 1e6)),
        end: String(Math.round(end * 1e6)),
      });
      return ask<{ data: { traceID: string; spans: Span[] }[] }>(`${jaeger}/api/traces?${search}`);
    }),
  );
  const traces = found.flatMap(({ data }) => data);
  const [longest] = traces.toSorted((one, other) => other.spans.length - one.spans.length);
  if (longest === undefined) throw new Error('Jaeger holds no session that died after a tool response.');
  return longest.traceID;
}

async function askTrace(jaeger: string, traceId: string): Promise<readonly Span[]> {
  const { data } = await ask<{ data: { spans: Span[] }[] }>(`${jaeger}/api/traces/${traceId}`);
  return data[0]?.spans ?? [];
}

interface PromResult {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value?: readonly [number, string];
      readonly values?: readonly (readonly [number, string])[];
    }[];
  };
}

interface PromExemplars {
  readonly data: readonly {
    readonly exemplars: readonly { readonly timestamp: number; readonly value: string }[];
  }[];
}

/** Grafana puts the points of a curve at whole steps. */
function stretch({ end, range }: Shown): { readonly start: string; readonly end: string } {
  const whole = (at: number): string => String(Math.floor(at / step) * step);
  return { start: whole(end - range), end: whole(end) };
}

function post<Result>(url: string, parameters: Readonly<Record<string, string>>): Promise<Result> {
  return ask(url, { method: 'POST', body: new URLSearchParams(parameters) });
}

async function ask<Result>(url: string, init?: RequestInit): Promise<Result> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Result;
}
