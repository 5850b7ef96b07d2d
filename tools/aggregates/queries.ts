/** One query a table, over the tables of the Collector's ClickHouse exporter: what src/report/read/aggregates reads. */

import { ageRuns, oldestAge } from '../../src/analysis/risk/ages.ts';
import type { CellColumn } from '../../src/analysis/risk/cells.ts';
import { callColumns, endingColumns, responseColumns } from '../../src/analysis/risk/ladders.ts';
import { type AggregateTable, aggregatesVersion } from '../../src/report/read/aggregates/rows.ts';
import {
  bins,
  distributionBin,
  isThere,
  isTrue,
  minuteOf,
  number,
  startedColumns,
  text,
  texts,
  timeColumns,
} from './expressions.ts';
import { closures, commonColumns, inPeriod, spans } from './spans.ts';

interface Query {
  readonly says: string;
  readonly sql: string;
}

export const queries: Readonly<Record<AggregateTable, Query>> = {
  totals: { says: 'What there is in the period, in one row.', sql: totals() },
  tool_responses: {
    says: 'Tool responses that are alike in every factor, and how many of them an unexpected closure followed.',
    sql: `WITH spans AS (
${spans({
  names: ['send_tool_response'],
  columns: [
    ...commonColumns,
    `${texts('gemini.live.tool_response.tools')} AS tools`,
    `${number('gemini.live.tool_response.wire_size')} AS bytes`,
    `${number('gemini.live.tool_response.call_latency')} * 1000 AS latency_ms`,
    `${text('gemini.live.tool_response.encoding')} AS encoding`,
    `${text('gemini.live.tool_response.shape')} AS shape`,
    `${isTrue('gemini.live.tool_response.control_characters')} AS controlCharacters`,
    `${text('gemini.live.tool_response.id_match')} AS idMatch`,
    `${text('gemini.live.tool_response.name_match')} AS nameMatch`,
    `${number('gemini.live.tool_response.pending_before')} AS calls`,
    `${number('gemini.live.tool_response.input_frames_while_pending')} AS frames`,
    `${text('gemini.live.tool_response.outcome')} = 'closure' AS closed`,
  ],
})}
)
${cells('tool_responses', responseColumns, 'spans', {
  hour: bins.hour('started'),
  tool: `if(length(arrayDistinct(tools)) > 1, '_several', tools[1])`,
  size: bins.halfOctave('bytes'),
  latency: bins.octave('latency_ms'),
  pending: bins.pending('calls'),
  input: bins.inputStep('frames'),
})}`,
  },
  tool_calls: {
    says: 'Tool calls that are alike in every factor, and how many of them an unexpected closure ended.',
    sql: `WITH spans AS (
${spans({
  names: ['execute_tool'],
  columns: [
    ...commonColumns,
    `${text('gen_ai.tool.name')} AS tool`,
    'ended - started AS pending_ms',
    `${number('gemini.live.tool_call.pending_at_receipt')} AS calls`,
    `${number('gemini.live.tool_call.input_frames_while_pending')} AS frames`,
    `${isTrue('gemini.live.tool_call.non_blocking')} AS nonBlocking`,
    `${text('gemini.live.tool_call.outcome')} = 'closure' AND ${isThere('error.type')} AS closed`,
  ],
})}
)
${cells('tool_calls', callColumns, 'spans', {
  hour: bins.hour('started'),
  duration: bins.octave('pending_ms'),
  pending: bins.pending('calls'),
  input: bins.inputStep('frames'),
})}`,
  },
  endings: {
    says: 'Sessions that ended alike, in every factor.',
    sql: `${closures}
${cells('endings', endingColumns, 'closures', {
  hour: bins.hour('ended'),
  openSessions: bins.octave('sessions_open'),
  connects: bins.octave('connects_last_minute'),
})}`,
  },
  ages: {
    says: 'Ends of sessions by the age of their connection in seconds: where its bin begins.',
    sql: `${closures}
SELECT
  'ages' AS \`table\`,
  ${ageBin('age')} AS age,
  if(expected, 'expected', hypothesis) AS ending,
  sum(weight) AS units
FROM closures
WHERE closures.age >= 0
GROUP BY ALL`,
  },
  time: {
    says: 'Connects, tool responses and ends of sessions by the minute, in milliseconds since the epoch.',
    sql: `${closures}, connects AS (
${spans({ names: ['live_connect'], columns: startedColumns })}
), responses AS (
${spans({ names: ['send_tool_response'], columns: startedColumns })}
)
SELECT 'time' AS \`table\`, ${minuteOf('started')} AS at, 'connects' AS event, sum(weight) AS units
FROM connects GROUP BY at
UNION ALL
SELECT 'time' AS \`table\`, ${minuteOf('started')} AS at, 'toolResponses' AS event, sum(weight) AS units
FROM responses GROUP BY at
UNION ALL
SELECT 'time' AS \`table\`, ${minuteOf('ended')} AS at, if(expected, 'expected', hypothesis) AS event, sum(weight) AS units
FROM closures GROUP BY at, event`,
  },
  first_audio: {
    says: "Time from the end of the user's part to the first audio, by what marked that end, in bins 2 % wide.",
    sql: `WITH spans AS (
${spans({
  names: ['realtime_inference'],
  columns: [
    `${text('gemini.live.turn.trigger')} AS trigger`,
    `${number('gemini.live.turn.first_audio.duration')} AS seconds`,
  ],
})}
)
SELECT 'first_audio' AS \`table\`, trigger, ${distributionBin('seconds')} AS bin, sum(weight) AS units
FROM spans
WHERE seconds >= 0
GROUP BY ALL`,
  },
  closure_groups: {
    says: 'Closures alike in code, reason, initiator and preceding event, with three of each to open.',
    sql: `${closures}
SELECT
  'closure_groups' AS \`table\`,
  code,
  reason,
  if(closures.initiator = '', 'unknown', closures.initiator) AS initiator,
  expected,
  if(closures.preceding = '', 'none', closures.preceding) AS preceding,
  sum(weight) AS units,
  arraySlice(groupArraySorted(3)((draw, trace_id, parent_span_id, session_id)), 1, 3) AS examples
FROM closures
GROUP BY ALL
ORDER BY units DESC
LIMIT 2000`,
  },
  sessions: {
    says: 'Of each cause a few closures that tell most, with their attributes.',
    sql: `${closures}, chosen AS (
  SELECT trace_id, span_id
  FROM closures
  ORDER BY preceding = 'tool_response' DESC, least(tool_calls, 4) DESC, least(turns, 10) DESC, draw
  LIMIT 5 BY expected, cause
  LIMIT 1000
)
SELECT
  'sessions' AS \`table\`,
  TraceId AS trace_id,
  SpanId AS span_id,
  ParentSpanId AS parent_span_id,
  SpanName AS name,
  ServiceName AS service,
  ${timeColumns.join(',\n  ')},
  SpanAttributes AS attributes
FROM otel_traces
WHERE ${inPeriod}
  AND (SpanName = 'live_closure' OR startsWith(SpanName, 'live_closure '))
  AND (TraceId, SpanId) IN (SELECT trace_id, span_id FROM chosen)
LIMIT 1 BY TraceId, SpanId`,
  },
};

/** Those of a table of src/analysis/risk: its columns are the factors, by their own names. */
function cells(
  table: AggregateTable,
  columns: readonly CellColumn[],
  from: string,
  made: Readonly<Record<string, string>>,
): string {
  const factors = columns.map(({ name }) => (made[name] === undefined ? name : `${made[name]} AS ${name}`));
  const closed = table === 'endings' ? [] : ['sumIf(weight, closed) AS closures'];
  return `SELECT
  ${[`'${table}' AS \`table\``, ...factors, 'sum(weight) AS units', ...closed].join(',\n  ')}
FROM ${from}
GROUP BY ALL`;
}

/** As in src/analysis/risk/ages.ts. */
function ageBin(column: string): string {
  let start = 0;
  const branches = ageRuns.flatMap(({ until, width }) => {
    const bin = `${start} + floor((closures.${column} - ${start}) / ${width}) * ${width}`;
    start = until;
    return [`closures.${column} < ${until}`, bin];
  });
  return `multiIf(${[...branches, oldestAge.from].join(', ')})`;
}

function totals(): string {
  return `WITH every AS (
  SELECT
    count() AS spans,
    min(started) AS first_at,
    max(ended) AS last_at
  FROM (
    SELECT ${timeColumns.join(', ')}
    FROM otel_traces
    WHERE ${inPeriod}
  )
), live AS (
${spans({
  names: [
    'live_session',
    'live_connect',
    'realtime_inference',
    'execute_tool',
    'send_tool_response',
    'live_closure',
  ],
  columns: [
    'TraceId AS trace_id',
    `splitByChar(' ', SpanName)[1] AS kind`,
    // The session's own span, or its children's parent. A closure without a parent is of a session by itself.
    `multiIf(kind = 'live_session', SpanId, kind IN ('live_connect', 'realtime_inference'), ParentSpanId, kind != 'live_closure', '', ParentSpanId = '', SpanId, ParentSpanId) AS root`,
    `kind = 'live_closure' AND ${number('gemini.live.closure.connection_age')} >= 0 AS is_aged`,
    `kind = 'realtime_inference' AND ${number('gemini.live.turn.first_audio.duration')} >= 0 AS has_audio`,
  ],
})}
), counted AS (
  SELECT
    sumIf(weight, kind = 'live_connect') AS connects,
    sumIf(weight, kind = 'realtime_inference') AS turns,
    sumIf(weight, kind = 'execute_tool') AS tool_calls,
    sumIf(weight, kind = 'send_tool_response') AS tool_responses,
    sumIf(weight, has_audio) AS first_audio,
    max(weight != 1) AS sampled
  FROM live
), sessions AS (
  SELECT
    countIf(kind = 'live_closure') > 0 AS has_ended,
    if(has_ended, minIf(weight, kind = 'live_closure'), min(weight)) AS weight,
    max(is_aged) AS is_aged
  FROM live
  WHERE root != ''
  GROUP BY trace_id, root
), sessions_counted AS (
  SELECT
    sumIf(weight, NOT has_ended) AS open,
    sumIf(weight, has_ended) AS ended,
    sumIf(weight, has_ended AND is_aged) AS aged
  FROM sessions
)
SELECT
  'totals' AS \`table\`,
  ${aggregatesVersion} AS version,
  toFloat64(toUnixTimestamp64Milli({from:DateTime64(9, 'UTC')})) AS period_from,
  toFloat64(toUnixTimestamp64Milli({to:DateTime64(9, 'UTC')})) AS period_to,
  toFloat64(spans) AS spans,
  first_at,
  last_at,
  open,
  ended,
  aged,
  connects,
  turns,
  first_audio,
  tool_calls,
  tool_responses,
  sampled
FROM every, counted, sessions_counted`;
}
