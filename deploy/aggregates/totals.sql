-- What there is in the period, in one row.
-- Made by tools/generate-aggregates.ts; docs/aggregates.md says how to run it.
WITH every AS (
  SELECT
    count() AS spans,
    min(started) AS first_at,
    max(ended) AS last_at
  FROM (
    SELECT toUnixTimestamp64Nano(Timestamp) AS started_ns, intDiv(started_ns, 1000000) + started_ns % 1000000 / 1e6 AS started, started_ns + greatest(toInt64(Duration), 0) AS ended_ns, intDiv(ended_ns, 1000000) + ended_ns % 1000000 / 1e6 AS ended
    FROM otel_traces
    WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
  )
), live AS (
  SELECT
    TraceId AS trace_id,
    splitByChar(' ', SpanName)[1] AS kind,
    multiIf(kind = 'live_session', SpanId, kind IN ('live_connect', 'realtime_inference'), ParentSpanId, kind != 'live_closure', '', ParentSpanId = '', SpanId, ParentSpanId) AS root,
    kind = 'live_closure' AND toFloat64OrNull(SpanAttributes['gemini.live.closure.connection_age']) >= 0 AS is_aged,
    kind = 'realtime_inference' AND toFloat64OrNull(SpanAttributes['gemini.live.turn.first_audio.duration']) >= 0 AS has_audio,
    substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\s+|\\s+$', ''), splitByChar(',', TraceState))), 4))), 4) AS threshold,
    if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight
  FROM otel_traces
  WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
    AND (SpanName = 'live_session' OR startsWith(SpanName, 'live_session ')
      OR SpanName = 'live_connect' OR startsWith(SpanName, 'live_connect ')
      OR SpanName = 'live_closure' OR startsWith(SpanName, 'live_closure ')
      OR (SpanName = 'realtime_inference' OR startsWith(SpanName, 'realtime_inference ') OR SpanName = 'execute_tool' OR startsWith(SpanName, 'execute_tool ') OR SpanName = 'send_tool_response' OR startsWith(SpanName, 'send_tool_response ')) AND arrayExists(key -> startsWith(key, 'gemini.live.'), mapKeys(SpanAttributes)))
    AND TraceId != ''
    AND SpanId != ''
  LIMIT 1 BY TraceId, SpanId
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
  'totals' AS `table`,
  1 AS version,
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
FROM every, counted, sessions_counted
SETTINGS precise_float_parsing = 1, output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow;
