-- Tool calls that are alike in every factor, and how many of them an unexpected closure ended.
-- Made by tools/generate-aggregates.ts; docs/aggregates.md says how to run it.
WITH spans AS (
  SELECT
    SpanAttributes['gen_ai.request.model'] AS model,
    ServiceName AS service,
    SpanAttributes['gemini.live.sdk.version'] AS sdk,
    toUnixTimestamp64Nano(Timestamp) AS started_ns,
    intDiv(started_ns, 1000000) + started_ns % 1000000 / 1e6 AS started,
    started_ns + greatest(toInt64(Duration), 0) AS ended_ns,
    intDiv(ended_ns, 1000000) + ended_ns % 1000000 / 1e6 AS ended,
    SpanAttributes['gen_ai.tool.name'] AS tool,
    ended - started AS pending_ms,
    toFloat64OrNull(SpanAttributes['gemini.live.tool_call.pending_at_receipt']) AS calls,
    toFloat64OrNull(SpanAttributes['gemini.live.tool_call.input_frames_while_pending']) AS frames,
    SpanAttributes['gemini.live.tool_call.non_blocking'] = 'true' AS nonBlocking,
    SpanAttributes['gemini.live.tool_call.outcome'] = 'closure' AND mapContains(SpanAttributes, 'error.type') AS closed,
    substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\s+|\\s+$', ''), splitByChar(',', TraceState))), 4))), 4) AS threshold,
    if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight
  FROM otel_traces
  WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
    AND ((SpanName = 'execute_tool' OR startsWith(SpanName, 'execute_tool ')) AND arrayExists(key -> startsWith(key, 'gemini.live.'), mapKeys(SpanAttributes)))
    AND TraceId != ''
    AND SpanId != ''
  LIMIT 1 BY TraceId, SpanId
)
SELECT
  'tool_calls' AS `table`,
  model,
  service,
  sdk,
  floor(started / 3600000) % 24 AS hour,
  tool,
  if(isNull(pending_ms), -1, floor(log2(greatest(pending_ms, 1)))) AS duration,
  if(isNull(calls), -1, least(greatest(calls, 0), 4)) AS pending,
  multiIf(isNull(frames), -1, frames <= 0, 0, frames < 10, 1, 2) AS input,
  nonBlocking,
  sum(weight) AS units,
  sumIf(weight, closed) AS closures
FROM spans
GROUP BY ALL
SETTINGS precise_float_parsing = 1, output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow;
