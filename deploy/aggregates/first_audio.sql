-- Time from the end of the user's part to the first audio, by what marked that end, in bins 2 % wide.
-- Made by tools/generate-aggregates.ts; docs/aggregates.md says how to run it.
WITH spans AS (
  SELECT
    SpanAttributes['gemini.live.turn.trigger'] AS trigger,
    toFloat64OrNull(SpanAttributes['gemini.live.turn.first_audio.duration']) AS seconds,
    substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\s+|\\s+$', ''), splitByChar(',', TraceState))), 4))), 4) AS threshold,
    if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight
  FROM otel_traces
  WHERE Timestamp >= {from:DateTime64(9, 'UTC')} AND Timestamp < {to:DateTime64(9, 'UTC')}
    AND ((SpanName = 'realtime_inference' OR startsWith(SpanName, 'realtime_inference ')) AND arrayExists(key -> startsWith(key, 'gemini.live.'), mapKeys(SpanAttributes)))
    AND TraceId != ''
    AND SpanId != ''
  LIMIT 1 BY TraceId, SpanId
)
SELECT 'first_audio' AS `table`, trigger, least(floor(log(greatest(seconds, 0.0001) / 0.0001) / log(1.02)), 929) AS bin, sum(weight) AS units
FROM spans
WHERE seconds >= 0
GROUP BY ALL
SETTINGS precise_float_parsing = 1, output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow;
