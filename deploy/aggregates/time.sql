-- Connects, tool responses and ends of sessions by the minute, in milliseconds since the epoch.
-- Made by tools/generate-aggregates.ts; docs/aggregates.md says how to run it.
WITH spans AS (
  SELECT
    TraceId AS trace_id,
    SpanId AS span_id,
    ParentSpanId AS parent_span_id,
    SpanAttributes['gen_ai.request.model'] AS model,
    ServiceName AS service,
    SpanAttributes['gemini.live.sdk.version'] AS sdk,
    toUnixTimestamp64Nano(Timestamp) AS started_ns,
    intDiv(started_ns, 1000000) + started_ns % 1000000 / 1e6 AS started,
    started_ns + greatest(toInt64(Duration), 0) AS ended_ns,
    intDiv(ended_ns, 1000000) + ended_ns % 1000000 / 1e6 AS ended,
    SpanAttributes['gen_ai.realtime_session.id'] AS session_id,
    SpanAttributes['gen_ai.provider.name'] AS provider,
    SpanAttributes['gemini.live.session.resumed'] = 'true' AS resumed,
    notEmpty(JSONExtract(SpanAttributes['gemini.live.setup.functions'], 'Array(String)')) OR notEmpty(JSONExtract(SpanAttributes['gemini.live.setup.tool_kinds'], 'Array(String)')) AS hasTools,
    toFloat64OrNull(SpanAttributes['gemini.live.closure.sessions_open']) AS sessions_open,
    toFloat64OrNull(SpanAttributes['gemini.live.closure.connects_last_minute']) AS connects_last_minute,
    SpanAttributes['gemini.live.closure.expected'] = 'true' AS expected,
    ifNull(toFloat64OrNull(SpanAttributes['gemini.live.closure.code']), 0) AS code,
    SpanAttributes['gemini.live.closure.initiator'] AS initiator,
    SpanAttributes['gemini.live.closure.phase'] AS phase,
    SpanAttributes['gemini.live.closure.cause'] AS cause,
    SpanAttributes['gemini.live.closure.hypothesis'] AS hypothesis,
    SpanAttributes['gemini.live.closure.confidence'] AS confidence,
    SpanAttributes['gemini.live.closure.preceding_event'] AS preceding,
    SpanAttributes['gemini.live.closure.reason'] AS reason,
    toFloat64OrNull(SpanAttributes['gemini.live.closure.connection_age']) AS age,
    ifNull(toFloat64OrNull(SpanAttributes['gemini.live.session.tool_calls']), 0) AS tool_calls,
    ifNull(toFloat64OrNull(SpanAttributes['gemini.live.session.turns']), 0) AS turns,
    substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\s+|\\s+$', ''), splitByChar(',', TraceState))), 4))), 4) AS threshold,
    if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight
  FROM otel_traces
  WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
    AND (SpanName = 'live_closure' OR startsWith(SpanName, 'live_closure '))
    AND TraceId != ''
    AND SpanId != ''
  LIMIT 1 BY TraceId, SpanId
), closures AS (
  SELECT *, toFloat64(cityHash64(trace_id, session_id) % 4503599627370496) AS draw
  FROM spans
  ORDER BY weight, span_id
  LIMIT 1 BY trace_id, if(parent_span_id = '', span_id, parent_span_id)
), connects AS (
  SELECT
    toUnixTimestamp64Nano(Timestamp) AS started_ns,
    intDiv(started_ns, 1000000) + started_ns % 1000000 / 1e6 AS started,
    substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\s+|\\s+$', ''), splitByChar(',', TraceState))), 4))), 4) AS threshold,
    if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight
  FROM otel_traces
  WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
    AND (SpanName = 'live_connect' OR startsWith(SpanName, 'live_connect '))
    AND TraceId != ''
    AND SpanId != ''
  LIMIT 1 BY TraceId, SpanId
), responses AS (
  SELECT
    toUnixTimestamp64Nano(Timestamp) AS started_ns,
    intDiv(started_ns, 1000000) + started_ns % 1000000 / 1e6 AS started,
    substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\s+|\\s+$', ''), splitByChar(',', TraceState))), 4))), 4) AS threshold,
    if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight
  FROM otel_traces
  WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
    AND ((SpanName = 'send_tool_response' OR startsWith(SpanName, 'send_tool_response ')) AND arrayExists(key -> startsWith(key, 'gemini.live.'), mapKeys(SpanAttributes)))
    AND TraceId != ''
    AND SpanId != ''
  LIMIT 1 BY TraceId, SpanId
)
SELECT 'time' AS `table`, floor(started / 60000) * 60000 AS at, 'connects' AS event, sum(weight) AS units
FROM connects GROUP BY at
UNION ALL
SELECT 'time' AS `table`, floor(started / 60000) * 60000 AS at, 'toolResponses' AS event, sum(weight) AS units
FROM responses GROUP BY at
UNION ALL
SELECT 'time' AS `table`, floor(ended / 60000) * 60000 AS at, if(expected, 'expected', hypothesis) AS event, sum(weight) AS units
FROM closures GROUP BY at, event
SETTINGS precise_float_parsing = 1, output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow;
