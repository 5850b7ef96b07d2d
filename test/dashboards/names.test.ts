import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { labelName, metricName, seriesNames } from '../../dashboards/promql/names.ts';
import { spanDimensions } from '../../dashboards/promql/span-metrics.ts';
import { type MetricName, metricDefinitions } from '../../src/telemetry/metrics.ts';

test('metrics have the names that UnderscoreEscapingWithSuffixes gives them', () => {
  const names = Object.keys(metricDefinitions) as MetricName[];
  expect(Object.fromEntries(names.map((name) => [name, metricName(name)]))).toEqual({
    'live.sessions': 'live_sessions_total',
    'live.session.active': 'live_session_active',
    'live.session.duration': 'live_session_duration_seconds',
    'live.session.setup.duration': 'live_session_setup_duration_seconds',
    'live.closures': 'live_closures_total',
    'live.closure.tool_response_ago': 'live_closure_tool_response_ago_seconds',
    'live.closure.tool_response_size': 'live_closure_tool_response_size_bytes',
    'live.closure.sessions_open': 'live_closure_sessions_open',
    'live.closure.tool_calls_pending': 'live_closure_tool_calls_pending',
    'live.stalls': 'live_stalls_total',
    'live.turns': 'live_turns_total',
    'live.turn.first_audio.duration': 'live_turn_first_audio_duration_seconds',
    'live.tool_calls': 'live_tool_calls_total',
    'live.tool_responses': 'live_tool_responses_total',
    'live.tool_response.size': 'live_tool_response_size_bytes',
    'live.tool_response.latency': 'live_tool_response_latency_seconds',
    'live.tool_response.ack.duration': 'live_tool_response_ack_duration_seconds',
    'live.go_away.lead_time': 'live_go_away_lead_time_seconds',
    // The name says the unit already.
    'live.audio.bytes': 'live_audio_bytes_total',
    'gen_ai.client.inference.duration': 'gen_ai_client_inference_duration_seconds',
    'gen_ai.client.inference.time_to_first_chunk': 'gen_ai_client_inference_time_to_first_chunk_seconds',
    'gen_ai.client.inference.usage.input_tokens': 'gen_ai_client_inference_usage_input_tokens_total',
    'gen_ai.client.inference.usage.output_tokens': 'gen_ai_client_inference_usage_output_tokens_total',
    'gen_ai.execute_tool.duration': 'gen_ai_execute_tool_duration_seconds',
  });
});

test('a histogram is three series, everything else one', () => {
  expect(seriesNames('live.go_away.lead_time')).toEqual([
    'live_go_away_lead_time_seconds_bucket',
    'live_go_away_lead_time_seconds_sum',
    'live_go_away_lead_time_seconds_count',
  ]);
  expect(seriesNames('live.turns')).toEqual(['live_turns_total']);
});

test('labels have underscores for dots', () => {
  expect(labelName('live.tool_call.input_while_pending')).toBe('live_tool_call_input_while_pending');
});

test('the dimensions of span metrics are those that the collector is configured with', async () => {
  const file = new URL('../../collector/collector.yaml', import.meta.url);
  const { connectors } = parse(await readFile(file, 'utf8')) as {
    connectors: { span_metrics: { dimensions: { name: string }[]; histogram: { unit: string } } };
  };
  expect(connectors.span_metrics.dimensions.map(({ name }) => name)).toEqual(spanDimensions);
  expect(connectors.span_metrics.histogram.unit).toBe('s');
});
