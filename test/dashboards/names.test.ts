import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { labelName, metricName, seriesNames } from '../../dashboards/promql/names.ts';
import { spanDimensions } from '../../dashboards/promql/span-metrics.ts';
import { type MetricName, metricDefinitions } from '../../src/conventions/metrics.ts';

test('metrics have the names that UnderscoreEscapingWithSuffixes gives them', () => {
  const names = Object.keys(metricDefinitions) as MetricName[];
  expect(Object.fromEntries(names.map((name) => [name, metricName(name)]))).toEqual({
    'gemini.live.sessions': 'gemini_live_sessions_total',
    'gemini.live.session.active': 'gemini_live_session_active',
    'gemini.live.session.duration': 'gemini_live_session_duration_seconds',
    'gemini.live.session.setup.duration': 'gemini_live_session_setup_duration_seconds',
    'gemini.live.closures': 'gemini_live_closures_total',
    'gemini.live.closures.tool_response_ago': 'gemini_live_closures_tool_response_ago_seconds',
    'gemini.live.closures.tool_response_size': 'gemini_live_closures_tool_response_size_bytes',
    'gemini.live.closures.sessions_open': 'gemini_live_closures_sessions_open',
    'gemini.live.closures.tool_calls_pending': 'gemini_live_closures_tool_calls_pending',
    'gemini.live.stalls': 'gemini_live_stalls_total',
    'gemini.live.turns': 'gemini_live_turns_total',
    'gemini.live.first_audio.duration': 'gemini_live_first_audio_duration_seconds',
    'gemini.live.tool_calls': 'gemini_live_tool_calls_total',
    'gemini.live.tool_responses': 'gemini_live_tool_responses_total',
    'gemini.live.tool_response.size': 'gemini_live_tool_response_size_bytes',
    'gemini.live.tool_response.latency': 'gemini_live_tool_response_latency_seconds',
    'gemini.live.ack.duration': 'gemini_live_ack_duration_seconds',
    'gemini.live.go_away.lead_time': 'gemini_live_go_away_lead_time_seconds',
    // The name says the unit already.
    'gemini.live.audio.size': 'gemini_live_audio_size_bytes_total',
    'gemini.live.telemetry.lost': 'gemini_live_telemetry_lost_total',
    'gen_ai.client.inference.duration': 'gen_ai_client_inference_duration_seconds',
    'gen_ai.client.inference.time_to_first_chunk': 'gen_ai_client_inference_time_to_first_chunk_seconds',
    'gen_ai.client.inference.usage.input_tokens': 'gen_ai_client_inference_usage_input_tokens_total',
    'gen_ai.client.inference.usage.output_tokens': 'gen_ai_client_inference_usage_output_tokens_total',
    'gen_ai.execute_tool.duration': 'gen_ai_execute_tool_duration_seconds',
  });
});

test('a histogram is three series, everything else one', () => {
  expect(seriesNames('gemini.live.go_away.lead_time')).toEqual([
    'gemini_live_go_away_lead_time_seconds_bucket',
    'gemini_live_go_away_lead_time_seconds_sum',
    'gemini_live_go_away_lead_time_seconds_count',
  ]);
  expect(seriesNames('gemini.live.turns')).toEqual(['gemini_live_turns_total']);
});

test('labels have underscores for dots', () => {
  expect(labelName('gemini.live.tool_call.input_while_pending')).toBe(
    'gemini_live_tool_call_input_while_pending',
  );
});

test('the dimensions of span metrics are those that the collector is configured with', async () => {
  const file = new URL('../../collector/collector.yaml', import.meta.url);
  const { connectors } = parse(await readFile(file, 'utf8')) as {
    connectors: { span_metrics: { dimensions: { name: string }[]; histogram: { unit: string } } };
  };
  expect(connectors.span_metrics.dimensions.map(({ name }) => name)).toEqual(spanDimensions);
  expect(connectors.span_metrics.histogram.unit).toBe('ms');
});
