/**
 * A session that died 180 ms after a tool response:
 *
 *     live_session ───────────────────────────────── 0 … 10 s
 *       live_connect                                 0 … 0.12
 *       realtime_inference 1                         2 … 4
 *       realtime_inference 2                           6 … 10
 *         execute_tool search_menu                      7 … 9.82
 *           send_tool_response                             9.82 … 10
 *       live_closure 1011                                  9.9 … 10
 */
import type { SpanInput } from './otlp-lines.ts';
import { id } from './otlp-lines.ts';

const identity = {
  'gen_ai.provider.name': 'gcp.gemini',
  'gen_ai.request.model': 'gemini-live-2.5-flash',
  'gen_ai.realtime_session.id': 'session-1',
} as const;

export const session: SpanInput = {
  name: 'live_session gemini-live-2.5-flash',
  spanId: id(1),
  from: 0,
  to: 10_000,
  attributes: { ...identity, 'gemini.live.session.turns': 2 },
  events: [{ name: 'go_away', at: 9_000, attributes: { 'gemini.live.go_away.time_left': 50 } }],
};

export const connect: SpanInput = {
  name: 'live_connect gemini-live-2.5-flash',
  spanId: id(2),
  parentSpanId: id(1),
  from: 0,
  to: 120,
  attributes: identity,
};

export const turn1: SpanInput = {
  name: 'realtime_inference gemini-live-2.5-flash',
  spanId: id(3),
  parentSpanId: id(1),
  from: 2_000,
  to: 4_000,
  attributes: {
    ...identity,
    'gemini.live.turn.index': 1,
    'gemini.live.turn.outcome': 'complete',
    'gemini.live.turn.first_audio.duration': 0.32,
  },
};

export const turn2: SpanInput = {
  name: 'realtime_inference gemini-live-2.5-flash',
  spanId: id(4),
  parentSpanId: id(1),
  from: 6_000,
  to: 10_000,
  attributes: {
    ...identity,
    'gemini.live.turn.index': 2,
    'gemini.live.turn.outcome': 'closure',
    'error.type': '1011',
  },
};

export const toolCall: SpanInput = {
  name: 'execute_tool search_menu',
  spanId: id(5),
  parentSpanId: id(4),
  from: 7_000,
  to: 9_820,
  attributes: {
    ...identity,
    'gen_ai.tool.name': 'search_menu',
    'gemini.live.tool_call.outcome': 'answered',
    'gemini.live.tool_call.input_frames_while_pending': 28,
  },
};

export const toolResponse: SpanInput = {
  name: 'send_tool_response',
  spanId: id(6),
  parentSpanId: id(5),
  from: 9_820,
  to: 10_000,
  attributes: {
    ...identity,
    'gemini.live.tool_response.wire_size': 1_240,
    'gemini.live.tool_response.encoding': 'utf8',
    'gemini.live.tool_response.id_match': 'matched',
    'gemini.live.tool_response.call_latency': 2.82,
    'gemini.live.tool_response.outcome': 'closure',
    'error.type': '1011',
  },
};

export const closure: SpanInput = {
  name: 'live_closure',
  spanId: id(7),
  parentSpanId: id(1),
  from: 9_900,
  to: 10_000,
  attributes: {
    ...identity,
    'gemini.live.closure.code': 1011,
    'gemini.live.closure.reason': 'Internal error occurred.',
    'gemini.live.closure.reason_truncated': false,
    'gemini.live.closure.initiator': 'server',
    'gemini.live.closure.expected': false,
    'gemini.live.closure.phase': 'active',
    'gemini.live.closure.cause': 'unknown',
    'gemini.live.closure.confidence': 'none',
    'gemini.live.closure.explanation':
      'The service ended the session 180 ms after a tool response of 1.2 KB.',
    'gemini.live.closure.preceding_event': 'tool_response',
    'gemini.live.closure.preceding_event_ago': 0.18,
    'gemini.live.closure.connection_age': 10,
    'gemini.live.closure.tool_response_size': 1_240,
    'gemini.live.closure.tool_response_encoding': 'utf8',
    'gemini.live.closure.tool_response_id_match': 'matched',
    'gemini.live.closure.tool_response_tools': ['search_menu'],
    'gemini.live.closure.tool_calls_pending': 0,
    'gemini.live.closure.input_frames_while_pending': 28,
  },
  events: [
    {
      name: 'frame',
      at: 9_820,
      attributes: {
        'gemini.live.frame.direction': 'sent',
        'gemini.live.frame.kind': 'tool_response',
        'gemini.live.frame.size': 1_240,
      },
    },
    {
      name: 'frame',
      at: 9_860,
      attributes: {
        'gemini.live.frame.direction': 'sent',
        'gemini.live.frame.kind': 'audio',
        'gemini.live.frame.size': 4_330,
      },
    },
    {
      name: 'frame',
      at: 9_900,
      attributes: {
        'gemini.live.frame.direction': 'sent',
        'gemini.live.frame.kind': 'audio',
        'gemini.live.frame.size': 4_330,
      },
    },
  ],
};

export const allSpans: readonly SpanInput[] = [
  session,
  connect,
  turn1,
  turn2,
  toolCall,
  toolResponse,
  closure,
];
