import { getJson } from './http.ts';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An instant query; throws where Prometheus rejects it. */
export async function query(prometheus: string, expression: string, at?: Date): Promise<readonly Sample[]> {
  type Vector = readonly {
    readonly metric: Record<string, string>;
    readonly value: readonly [number, string];
  }[];
  const { data } = await getJson<{ data: { resultType: string; result: Vector | Vector[number]['value'] } }>(
    `${prometheus}/api/v1/query`,
    { query: expression, ...(at && { time: at.toISOString() }) },
  );
  if (data.resultType === 'scalar') return [{ labels: {}, value: Number(data.result[1]) }];
  return (data.result as Vector).map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

/** A query over the last ten minutes: the series that have a value in them. */
export async function queryRange(
  prometheus: string,
  expression: string,
): Promise<readonly Readonly<Record<string, string>>[]> {
  type Matrix = readonly { readonly metric: Record<string, string> }[];
  const now = Date.now() / 1_000;
  const { data } = await getJson<{ data: { result: Matrix } }>(`${prometheus}/api/v1/query_range`, {
    query: expression,
    start: String(now - 600),
    end: String(now),
    step: '15',
  });
  return data.result.map(({ metric }) => metric);
}

/** The sum of what the expression gives; 0 where it gives nothing. */
export async function total(prometheus: string, expression: string): Promise<number> {
  return (await query(prometheus, expression)).reduce((sum, { value }) => sum + value, 0);
}

/** What the expression gives by one label. */
export async function totalsBy(
  prometheus: string,
  label: string,
  expression: string,
): Promise<Readonly<Record<string, number>>> {
  const samples = await query(prometheus, `sum by (${label}) (${expression})`);
  return Object.fromEntries(samples.map(({ labels, value }) => [labels[label] ?? '', value]));
}

/** Names of all metrics, or of all values of another label, of the series that fit. */
export async function labelValues(
  prometheus: string,
  label: string,
  selector: string,
): Promise<readonly string[]> {
  const { data } = await getJson<{ data: readonly string[] }>(`${prometheus}/api/v1/label/${label}/values`, {
    'match[]': selector,
  });
  return data;
}

/** Names of the labels of the series that fit. */
export async function labelNames(prometheus: string, selector: string): Promise<readonly string[]> {
  const { data } = await getJson<{ data: readonly string[] }>(`${prometheus}/api/v1/labels`, {
    'match[]': selector,
  });
  return data;
}

/** Trace ids of the exemplars of the series that fit. */
export async function exemplarTraces(prometheus: string, selector: string): Promise<readonly string[]> {
  type Exemplars = readonly { readonly exemplars: readonly { readonly labels: Record<string, string> }[] }[];
  const now = Date.now() / 1_000;
  const { data } = await getJson<{ data: Exemplars }>(`${prometheus}/api/v1/query_exemplars`, {
    query: selector,
    start: String(now - 3_600),
    end: String(now + 60),
  });
  return data.flatMap(({ exemplars }) => exemplars.flatMap(({ labels }) => labels.trace_id ?? []));
}
