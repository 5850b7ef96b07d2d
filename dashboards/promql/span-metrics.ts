/** The series that the collector's `span_metrics` connector makes of spans. They alone carry exemplars. */
import type { AttributeName, AttributeValue } from '../../src/conventions/attributes.ts';
import type { SpanId } from '../../src/conventions/spans.ts';
import { type Matcher, type Pair, pairs, selector } from './selector.ts';

/** `dimensions` of the connector in collector/collector.yaml. */
export const spanDimensions = [
  'gen_ai.request.model',
  'gemini.live.closure.hypothesis',
  'gemini.live.closure.expected',
  'gemini.live.tool_response.outcome',
] as const satisfies readonly AttributeName[];
type SpanDimension = (typeof spanDimensions)[number];

export const spanSeries = {
  calls: 'traces_span_metrics_calls_total',
  durationBucket: 'traces_span_metrics_duration_milliseconds_bucket',
} as const;

export interface SpanQuery {
  readonly span: SpanId;
  readonly where?: { readonly [Name in SpanDimension]?: Matcher<AttributeValue<Name>> };
}

/** Names of spans end in a model or a tool, but for two. */
const bareNames: ReadonlySet<SpanId> = new Set(['live_closure', 'send_tool_response']);

export function spanSelector(series: keyof typeof spanSeries, { span, where = {} }: SpanQuery): string {
  const name: Pair = bareNames.has(span) ? ['span_name', '=', span] : ['span_name', '=~', `${span}( .+)?`];
  return selector(spanSeries[series], [name, ...pairs(where)]);
}
