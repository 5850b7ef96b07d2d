/** What Prometheus and Jaeger answer to the queries of a panel. */
import { panelQueries, type Variables } from '../../dashboards/panel-queries.ts';
import { isJaegerPanel, type Panel } from '../../dashboards/panels/panel.ts';

/** One series: over time, or at one time. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Text of the legend, labels filled in. */
  readonly name: string;
  /** Seconds since 1970, and the value. */
  readonly points: readonly (readonly [number, number])[];
}

/** Answers to the queries of a panel, in their order. */
export type Answers = readonly (readonly Series[])[];

export interface JaegerSpan {
  readonly spanID: string;
  readonly operationName: string;
  /** Microseconds since 1970. */
  readonly startTime: number;
  /** Microseconds. */
  readonly duration: number;
  readonly references: readonly { readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: string | number | boolean }[];
}

export interface Shown extends Variables {
  /** Seconds since 1970. */
  readonly end: number;
  readonly range: number;
  /** Seconds between the points of a curve. */
  readonly step: number;
}

export async function askPrometheus(
  url: string,
  dashboard: string,
  panel: Panel,
  shown: Shown,
): Promise<Answers> {
  if (isJaegerPanel(panel)) return [];
  const queries = panelQueries(shown).filter(
    (query) => query.dashboard === dashboard && query.panel === panel.title,
  );
  return Promise.all(
    queries.map(async ({ expr, legend, range }) => {
      const { end, step } = shown;
      const body = range
        ? { query: expr, start: String(end - shown.range), end: String(end), step: String(step) }
        : { query: expr, time: String(end) };
      const result = await ask<PromResult>(`${url}/api/v1/${range ? 'query_range' : 'query'}`, {
        method: 'POST',
        body: new URLSearchParams(body),
      });
      return result.data.result.map(({ metric, value, values }) => ({
        labels: metric,
        name: legend.replace(/\{\{(\w+)\}\}/g, (_match, label: string) => metric[label] ?? ''),
        points: (values ?? (value ? [value] : [])).map(([at, text]) => [at, Number(text)] as const),
      }));
    }),
  );
}

export async function askTrace(url: string, traceId: string): Promise<readonly JaegerSpan[]> {
  const { data } = await ask<{ data: { spans: JaegerSpan[] }[] }>(`${url}/api/traces/${traceId}`);
  return data[0]?.spans ?? [];
}

/** Of all services, the session with most spans that an unexpected closure ended right after a tool response. */
export async function findTrace(url: string): Promise<string> {
  const { data: services } = await ask<{ data: string[] }>(`${url}/api/services`);
  const tags = JSON.stringify({ 'gemini.live.closure.preceding_event': 'tool_response', error: 'true' });
  const found = await Promise.all(
    services.map((service) => {
      const search = new URLSearchParams({
        service,
        operation: 'live_closure',
        tags,
        limit: '50',
        lookback: '1h',
      });
      return ask<{ data: { traceID: string; spans: JaegerSpan[] }[] }>(`${url}/api/traces?${search}`);
    }),
  );
  const traces = found.flatMap(({ data }) => data);
  const [longest] = traces.toSorted((one, other) => other.spans.length - one.spans.length);
  if (longest === undefined) throw new Error('Jaeger holds no session that died after a tool response.');
  return longest.traceID;
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

async function ask<Answer>(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Answer;
}
