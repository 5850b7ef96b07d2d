/** Subqueries: spans of a kind in the period, each once. */
import { namespace } from '../../src/conventions/attributes.ts';
import type { SpanId } from '../../src/conventions/spans.ts';
import { number, text, texts, timeColumns, weightColumns } from './expressions.ts';

export const inPeriod = `Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}`;

const isNamed = (name: SpanId) => `SpanName = '${name}' OR startsWith(SpanName, '${name} ')`;

/** Other instrumentations have tool and inference spans as well: theirs carry nothing of ours. */
const isOurs = `arrayExists(key -> startsWith(key, '${namespace}'), mapKeys(SpanAttributes))`;

export interface SpanQuery {
  readonly names: readonly SpanId[];
  /** `expression AS name`. */
  readonly columns: readonly string[];
  readonly where?: readonly string[];
}

export function spans({ names, columns, where = [] }: SpanQuery): string {
  const always = names.filter((name) => name.startsWith('live_'));
  const others = names.filter((name) => !name.startsWith('live_'));
  const kinds = [
    ...always.map(isNamed),
    ...(others.length > 0 ? [`(${others.map(isNamed).join(' OR ')}) AND ${isOurs}`] : []),
  ].join('\n      OR ');
  return `  SELECT
    ${[...columns, ...weightColumns].join(',\n    ')}
  FROM otel_traces
  WHERE ${[inPeriod, `(${kinds})`, "TraceId != ''", "SpanId != ''", ...where].join('\n    AND ')}
  LIMIT 1 BY TraceId, SpanId`;
}

export const commonColumns = [
  `${text('gen_ai.request.model')} AS model`,
  'ServiceName AS service',
  `${text('gemini.live.sdk.version')} AS sdk`,
  ...timeColumns,
];

/** Closures, of a session one: the one that stands for the fewest. */
export const closures = `WITH spans AS (
${spans({
  names: ['live_closure'],
  columns: [
    'TraceId AS trace_id',
    'SpanId AS span_id',
    'ParentSpanId AS parent_span_id',
    ...commonColumns,
    `${text('gen_ai.realtime_session.id')} AS session_id`,
    `${text('gen_ai.provider.name')} AS provider`,
    `${text('gemini.live.session.resumed')} = 'true' AS resumed`,
    `notEmpty(${texts('gemini.live.setup.functions')}) OR notEmpty(${texts('gemini.live.setup.tool_kinds')}) AS hasTools`,
    `${number('gemini.live.closure.sessions_open')} AS sessions_open`,
    `${number('gemini.live.closure.connects_last_minute')} AS connects_last_minute`,
    `${text('gemini.live.closure.expected')} = 'true' AS expected`,
    `ifNull(${number('gemini.live.closure.code')}, 0) AS code`,
    `${text('gemini.live.closure.initiator')} AS initiator`,
    `${text('gemini.live.closure.phase')} AS phase`,
    `${text('gemini.live.closure.cause')} AS cause`,
    `${text('gemini.live.closure.hypothesis')} AS hypothesis`,
    `${text('gemini.live.closure.confidence')} AS confidence`,
    `${text('gemini.live.closure.preceding_event')} AS preceding`,
    `${text('gemini.live.closure.reason')} AS reason`,
    `${number('gemini.live.closure.connection_age')} AS age`,
    `ifNull(${number('gemini.live.session.tool_calls')}, 0) AS tool_calls`,
    `ifNull(${number('gemini.live.session.turns')}, 0) AS turns`,
  ],
})}
), closures AS (
  SELECT *, toFloat64(cityHash64(trace_id, session_id) % 4503599627370496) AS draw
  FROM spans
  ORDER BY weight, span_id
  LIMIT 1 BY trace_id, if(parent_span_id = '', span_id, parent_span_id)
)`;
