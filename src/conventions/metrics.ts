/** Every metric: the one table that the code is typed by and the documentation, dashboards and alert rules are made from. */
import type { BoundedName, Written } from './attributes.ts';
import {
  acknowledgementSeconds,
  agoSeconds,
  firstAudioSeconds,
  leadSeconds,
  openSessions,
  payloadBytes,
  pendingCalls,
  sessionSeconds,
  setupSeconds,
  toolSeconds,
  turnSeconds,
} from './buckets.ts';

interface MetricDefinition {
  readonly instrument: 'counter' | 'up_down_counter' | 'histogram';
  readonly unit: string;
  readonly brief: string;
  readonly valueType: 'int' | 'double';
  readonly buckets?: readonly number[];
  /** None of them is an id, an address with a path, a handle or free text: that would not compile. */
  readonly labels: readonly BoundedName[];
}

const session = ['gen_ai.provider.name', 'gen_ai.request.model'] as const satisfies readonly BoundedName[];
const inference = [
  'gen_ai.operation.name',
  ...session,
  'server.address',
  'server.port',
] as const satisfies readonly BoundedName[];
const toolResponse = [
  ...session,
  'gen_ai.tool.name',
  'gemini.live.tool_response.outcome',
] as const satisfies readonly BoundedName[];

const metrics = {
  'gemini.live.sessions': {
    instrument: 'counter',
    unit: '{session}',
    brief: 'Sessions opened, counted at `connect()`.',
    valueType: 'int',
    labels: [...session, 'gemini.live.session.resumed'],
  },
  'gemini.live.session.active': {
    instrument: 'up_down_counter',
    unit: '{session}',
    brief: 'Sessions open now, from `connect()` to the end.',
    valueType: 'int',
    labels: session,
  },
  'gemini.live.session.duration': {
    instrument: 'histogram',
    unit: 's',
    brief: 'From `connect()` to the end of the connection.',
    valueType: 'double',
    buckets: sessionSeconds,
    labels: [...session, 'gemini.live.closure.expected'],
  },
  'gemini.live.session.setup.duration': {
    instrument: 'histogram',
    unit: 's',
    brief:
      'From `connect()` to `setupComplete`, or to the end before it (then with `error.type` if unexpected).',
    valueType: 'double',
    buckets: setupSeconds,
    labels: [...session, 'error.type'],
  },
  'gemini.live.closures': {
    instrument: 'counter',
    unit: '{closure}',
    brief: 'Sessions that ended, expected or not.',
    valueType: 'int',
    labels: [
      'gen_ai.request.model',
      'gemini.live.closure.code',
      'gemini.live.closure.cause',
      'gemini.live.closure.category',
      'gemini.live.closure.hypothesis',
      'gemini.live.closure.initiator',
      'gemini.live.closure.expected',
      'gemini.live.closure.preceding_event',
    ],
  },
  'gemini.live.closures.tool_response_ago': {
    instrument: 'histogram',
    unit: 's',
    brief: 'From the last tool response message to the end. Only of unexpected ends after one.',
    valueType: 'double',
    buckets: agoSeconds,
    labels: [
      'gen_ai.request.model',
      'gemini.live.closure.code',
      'gemini.live.closure.tool_response_acknowledged',
    ],
  },
  'gemini.live.closures.tool_response_size': {
    instrument: 'histogram',
    unit: 'By',
    brief: 'Size on the wire of the last tool response message. Only of unexpected ends after one.',
    valueType: 'int',
    buckets: payloadBytes,
    labels: ['gen_ai.request.model'],
  },
  'gemini.live.closures.sessions_open': {
    instrument: 'histogram',
    unit: '{session}',
    brief: 'Sessions open in the process at the end of one, that one included.',
    valueType: 'int',
    buckets: openSessions,
    labels: ['gen_ai.request.model', 'gemini.live.closure.expected'],
  },
  'gemini.live.closures.tool_calls_pending': {
    instrument: 'histogram',
    unit: '{call}',
    brief: 'Tool calls neither answered nor cancelled at the end.',
    valueType: 'int',
    buckets: pendingCalls,
    labels: ['gen_ai.request.model', 'gemini.live.closure.expected'],
  },
  'gemini.live.stalls': {
    instrument: 'counter',
    unit: '{stall}',
    brief: 'Silences of open sessions that lasted too long, counted as they are found.',
    valueType: 'int',
    labels: ['gen_ai.request.model', 'gemini.live.stall.kind', 'gemini.live.stall.cause'],
  },
  'gemini.live.turns': {
    instrument: 'counter',
    unit: '{turn}',
    brief: 'Turns that ended.',
    valueType: 'int',
    labels: [...session, 'gemini.live.turn.outcome', 'gemini.live.turn.complete_reason'],
  },
  'gemini.live.first_audio.duration': {
    instrument: 'histogram',
    unit: 's',
    brief: "From the end of the user's part to the first audio of the model, by what says when that was.",
    valueType: 'double',
    buckets: firstAudioSeconds,
    labels: [...session, 'gemini.live.turn.first_audio.reference'],
  },
  'gemini.live.tool_calls': {
    instrument: 'counter',
    unit: '{call}',
    brief: 'Tool calls that ended: answered, cancelled or cut by the end of the connection.',
    valueType: 'int',
    labels: [
      ...session,
      'gen_ai.tool.name',
      'gemini.live.tool_call.outcome',
      'gemini.live.tool_call.input_while_pending',
      'error.type',
    ],
  },
  'gemini.live.tool_responses': {
    instrument: 'counter',
    unit: '{message}',
    brief: 'Tool response messages, counted when it is known whether an unexpected end followed within 2 s.',
    valueType: 'int',
    labels: [
      ...toolResponse,
      'gemini.live.tool_response.encoding',
      'gemini.live.tool_response.id_match',
      'gemini.live.tool_response.input_while_pending',
    ],
  },
  'gemini.live.tool_response.size': {
    instrument: 'histogram',
    unit: 'By',
    brief: 'Size of a tool response message on the wire.',
    valueType: 'int',
    buckets: payloadBytes,
    labels: toolResponse,
  },
  'gemini.live.tool_response.latency': {
    instrument: 'histogram',
    unit: 's',
    brief: 'From the (oldest) call to the tool response message.',
    valueType: 'double',
    buckets: toolSeconds,
    labels: toolResponse,
  },
  'gemini.live.ack.duration': {
    instrument: 'histogram',
    unit: 's',
    brief: 'From the tool response message to the first message of the service after it.',
    valueType: 'double',
    buckets: acknowledgementSeconds,
    labels: toolResponse,
  },
  'gemini.live.go_away.lead_time': {
    instrument: 'histogram',
    unit: 's',
    brief: 'Time left that the service announced in `goAway`.',
    valueType: 'double',
    buckets: leadSeconds,
    labels: session,
  },
  'gemini.live.audio.size': {
    instrument: 'counter',
    unit: 'By',
    brief: 'Decoded audio sent and received.',
    valueType: 'int',
    labels: [...session, 'gemini.live.audio.direction'],
  },
  'gemini.live.telemetry.lost': {
    instrument: 'counter',
    unit: '{item}',
    brief: 'Spans, metrics and log records that were lost on the way, counted by `live-otel/register`.',
    valueType: 'int',
    labels: ['gemini.live.telemetry.signal', 'gemini.live.telemetry.loss_reason'],
  },
  'gen_ai.client.inference.duration': {
    instrument: 'histogram',
    unit: 's',
    brief: 'Duration of a turn.',
    valueType: 'double',
    buckets: turnSeconds,
    labels: [...inference, 'error.type'],
  },
  'gen_ai.client.inference.time_to_first_chunk': {
    instrument: 'histogram',
    unit: 's',
    brief: "From what marked the end of the user's part to the first output of the model, of whatever kind.",
    valueType: 'double',
    buckets: firstAudioSeconds,
    labels: inference,
  },
  'gen_ai.client.inference.usage.input_tokens': {
    instrument: 'counter',
    unit: '{token}',
    brief: 'Input tokens of the turns.',
    valueType: 'int',
    labels: [...inference, 'gen_ai.token.modality'],
  },
  'gen_ai.client.inference.usage.output_tokens': {
    instrument: 'counter',
    unit: '{token}',
    brief: 'Output tokens of the turns, thoughts included.',
    valueType: 'int',
    labels: [...inference, 'gen_ai.token.modality'],
  },
  'gen_ai.execute_tool.duration': {
    instrument: 'histogram',
    unit: 's',
    brief: 'From the tool call to its response, its cancellation or the end of the connection.',
    valueType: 'double',
    buckets: toolSeconds,
    labels: [
      'gen_ai.operation.name',
      ...session,
      'gen_ai.tool.name',
      'gen_ai.tool.type',
      'gemini.live.tool_call.outcome',
      'error.type',
    ],
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metrics;

export const metricDefinitions: Readonly<Record<MetricName, MetricDefinition>> = metrics;

/** The labels a metric may have. */
export type MetricLabels<Name extends MetricName> = Written<(typeof metrics)[Name]['labels'][number]>;

/** The metrics of a kind of instrument. */
export type MetricNameOf<Instrument extends MetricDefinition['instrument']> = {
  [Name in MetricName]: (typeof metrics)[Name]['instrument'] extends Instrument ? Name : never;
}[MetricName];
