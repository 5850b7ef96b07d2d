/**
 * The names that attributes and metrics had before, by version. `report` reads files of any of them, and the schema file
 * tells other backends of them.
 */
import { type AttributeName, attributes, namespace } from './attributes.ts';
import { type MetricName, metricDefinitions } from './metrics.ts';

/** Names of 0.1 that changed in more than what they begin with. */
const attributesOf01 = {
  'live.setup.bytes': 'gemini.live.setup.size',
  'live.session.sent_bytes': 'gemini.live.session.sent_size',
  'live.session.received_bytes': 'gemini.live.session.received_size',
  'live.turn.audio_bytes': 'gemini.live.turn.audio_size',
  'live.turn.first_output_duration': 'gemini.live.turn.first_output.duration',
  'live.turn.first_audio_duration': 'gemini.live.turn.first_audio.duration',
  'live.turn.generation_duration': 'gemini.live.turn.generation.duration',
  'live.tool_call.arguments_bytes': 'gemini.live.tool_call.arguments_size',
  'live.tool_response.bytes': 'gemini.live.tool_response.wire_size',
  'live.tool_response.response_bytes': 'gemini.live.tool_response.response_size',
  'live.tool_response.ack_duration': 'gemini.live.tool_response.ack.duration',
  'live.tool_response.latency': 'gemini.live.tool_response.call_latency',
  'live.closure.tool_response_bytes': 'gemini.live.closure.tool_response_size',
  'live.closure.last_sent_bytes': 'gemini.live.closure.last_sent_size',
  'live.closure.last_received_bytes': 'gemini.live.closure.last_received_size',
  'live.closure.sent_bytes_last_5s': 'gemini.live.closure.sent_size_last_5s',
  'live.closure.received_bytes_last_5s': 'gemini.live.closure.received_size_last_5s',
  'live.closure.buffered_bytes': 'gemini.live.closure.buffered_size',
  'live.frame.bytes': 'gemini.live.frame.size',
} as const satisfies Readonly<Record<string, AttributeName>>;

const metricsOf01 = {
  'live.closure.tool_response_ago': 'gemini.live.closures.tool_response_ago',
  'live.closure.tool_response_size': 'gemini.live.closures.tool_response_size',
  'live.closure.sessions_open': 'gemini.live.closures.sessions_open',
  'live.closure.tool_calls_pending': 'gemini.live.closures.tool_calls_pending',
  'live.turn.first_audio.duration': 'gemini.live.first_audio.duration',
  'live.tool_response.ack.duration': 'gemini.live.ack.duration',
  'live.audio.bytes': 'gemini.live.audio.size',
} as const satisfies Readonly<Record<string, MetricName>>;

/** What names of ours began with in 0.1. */
export const namespaceOf01 = 'live.';

/** Old name → today's. */
export const renamedAttributes: ReadonlyMap<string, AttributeName> = renamed(
  attributesOf01,
  Object.keys(attributes) as AttributeName[],
);
export const renamedMetrics: ReadonlyMap<string, MetricName> = renamed(
  metricsOf01,
  Object.keys(metricDefinitions) as MetricName[],
);

function renamed<Name extends string>(
  changed: Readonly<Record<string, Name>>,
  names: readonly Name[],
): ReadonlyMap<string, Name> {
  const found = new Map(Object.entries(changed));
  const listed = new Set(found.values());
  for (const name of names) {
    if (!name.startsWith(namespace) || listed.has(name)) continue;
    found.set(namespaceOf01 + name.slice(namespace.length), name);
  }
  return found;
}
