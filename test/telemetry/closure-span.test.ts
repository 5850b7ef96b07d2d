import { expect, test } from 'vitest';
import {
  identityAttributes,
  peerAttributes,
  setupAttributes,
  totalsAttributes,
  usageAttributes,
} from './expected.ts';
import {
  at,
  clientClosed,
  closure,
  diagnosis,
  endedTurn,
  expectedClosure,
  functionResponse,
  setup,
  toolCall,
  toolResponse,
  turn,
  usage,
} from './facts.ts';
import { createHarness, events, msAfterOrigin } from './harness.ts';

/** What is always known, of the `closure()` and `diagnosis` of `facts.ts`. */
const bareClosure = {
  'gemini.live.closure.code': 1011,
  'gemini.live.closure.reason': 'Internal error encountered.',
  'gemini.live.closure.reason_truncated': false,
  'gemini.live.closure.was_clean': true,
  'gemini.live.closure.initiator': 'server',
  'gemini.live.closure.expected': false,
  'gemini.live.closure.phase': 'active',
  'gemini.live.closure.cause': 'server_internal',
  'gemini.live.closure.category': 'server',
  'gemini.live.closure.hypothesis': 'internal_error',
  'gemini.live.closure.confidence': 'low',
  'gemini.live.closure.explanation': 'The service failed 1.00 s after the last audio frame.',
  'gemini.live.closure.remedy': 'Reconnect with the last handle.',
  'gemini.live.closure.retry': 'now',
  'gemini.live.closure.against': ['The application sent something irregular.'],
  'gemini.live.closure.evidence': ['Close code 1011 with the generic text.'],
  'gemini.live.closure.context': ['The connection was 1.00 s old.'],
  'gemini.live.closure.rivals': ['backend_overload'],
  'gemini.live.closure.connection_age': 10,
  'gemini.live.closure.active_duration': 9.8,
  'gemini.live.closure.conversation_age': 10,
  'gemini.live.closure.preceding_event': 'audio',
  'gemini.live.closure.preceding_event_ago': 1,
  'gemini.live.closure.sent_size_last_5s': 4_300,
  'gemini.live.closure.received_size_last_5s': 0,
  'gemini.live.closure.turn_open': false,
  'gemini.live.closure.tool_calls_pending': 0,
  'gemini.live.closure.input_frames_while_pending': 0,
  'gemini.live.closure.go_away_received': false,
  'gemini.live.closure.handle_available': false,
  'gemini.live.closure.send_errors': 0,
};

test('a closure of which little is known says that little', () => {
  const harness = createHarness();
  harness.start().close(closure(), diagnosis);
  const span = harness.span('live_closure');
  expect(span.attributes).toEqual({
    ...identityAttributes,
    ...peerAttributes,
    ...totalsAttributes,
    ...bareClosure,
    'gemini.live.session.resumed': false,
    'error.type': '1011',
  });
  expect(span.status).toEqual({ code: 2, message: diagnosis.explanation });
});

test('a closure of which everything is known says everything', () => {
  const harness = createHarness();
  const recorder = harness.start({ handleHash: 'hash-1' });
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  const call = toolCall();
  const pending = toolCall({ index: 2, name: 'book', receivedAt: at(8_000) });
  const lastToolResponse = toolResponse({
    sentAt: at(9_500),
    acknowledgedAt: at(9_600),
    responses: [functionResponse({ call, latencyMs: 8_000, encoding: 'escaped', idMatch: 'duplicate' })],
  });
  recorder.close(
    closure({
      processEnding: 'signal',
      error: { name: 'Error', message: 'socket hang up' },
      credential: 'api_key',
      setup,
      usage,
      contextTokens: 900,
      lastTurn: endedTurn(),
      lastToolCall: call,
      lastToolResponse,
      msSinceToolResponse: 500,
      pendingToolCalls: [pending],
      inputWhilePending: { frames: 9, audioFrames: 8 },
      lastSent: { kind: 'tool_response', bytes: 200, agoMs: 500 },
      lastReceived: { kind: 'usage', bytes: 90, agoMs: 400 },
      msSinceUserActivity: 3_000,
      goAway: { agoMs: 60_000, timeLeftMs: 50_000, deadlinePassed: true },
      resumption: { resumed: true, requested: true, handleAvailable: true, handleAgeMs: 20_000 },
      process: { sessionsOpen: 3, connectsLastMinute: 4 },
      transport: { bufferedBytes: 7, pingRttMs: 30, eventLoopDelayMs: 12 },
      input: { ...closure().input, mediaChunksUsed: true, sentBeforeSetupComplete: true },
    }),
    diagnosis,
  );
  const span = harness.span('live_closure');
  expect(span.attributes).toEqual({
    ...identityAttributes,
    ...peerAttributes,
    ...setupAttributes,
    ...totalsAttributes,
    ...usageAttributes,
    ...bareClosure,
    'gemini.live.session.resumed': true,
    'gemini.live.session.handle_hash': 'hash-1',
    'gemini.live.closure.process_ending': 'signal',
    'gemini.live.closure.error_name': 'Error',
    'gemini.live.closure.error_message': 'socket hang up',
    'gemini.live.closure.credential': 'api_key',
    'gemini.live.closure.last_sent_kind': 'tool_response',
    'gemini.live.closure.last_sent_size': 200,
    'gemini.live.closure.last_sent_ago': 0.5,
    'gemini.live.closure.last_received_kind': 'usage',
    'gemini.live.closure.last_received_size': 90,
    'gemini.live.closure.last_received_ago': 0.4,
    'gemini.live.closure.tool_response_ago': 0.5,
    'gemini.live.closure.tool_response_size': 200,
    'gemini.live.closure.tool_response_encoding': 'escaped',
    'gemini.live.closure.tool_response_id_match': 'duplicate',
    'gemini.live.closure.tool_response_latency': 8,
    'gemini.live.closure.tool_response_tools': ['look_up'],
    'gemini.live.closure.tool_response_acknowledged': true,
    'gemini.live.closure.tool_calls_pending': 1,
    'gemini.live.closure.tools_pending': ['book'],
    'gemini.live.closure.oldest_pending_age': 2,
    'gemini.live.closure.input_frames_while_pending': 9,
    'gemini.live.closure.user_activity_ago': 3,
    'gemini.live.closure.input_warnings': ['media_chunks', 'sent_before_setup_complete'],
    'gemini.live.closure.go_away_received': true,
    'gemini.live.closure.go_away_ago': 60,
    'gemini.live.closure.go_away_time_left': 50,
    'gemini.live.closure.handle_available': true,
    'gemini.live.closure.handle_age': 20,
    'gemini.live.closure.context_tokens': 900,
    'gemini.live.closure.sessions_open': 3,
    'gemini.live.closure.connects_last_minute': 4,
    'gemini.live.closure.buffered_size': 7,
    'gemini.live.closure.ping_rtt': 0.03,
    'gemini.live.closure.event_loop_delay': 0.012,
    'error.type': '1011',
  });
  expect(span.droppedAttributesCount).toBe(0);
});

test('an expected closure has no error', () => {
  const harness = createHarness();
  harness.start().close(expectedClosure(), clientClosed);
  const span = harness.span('live_closure');
  expect(span.status).toEqual({ code: 0 });
  expect(span.attributes).not.toHaveProperty('error.type');
});

test('the flight recorder is its events, each at its own time', () => {
  const harness = createHarness();
  harness.start().close(closure(), diagnosis);
  expect(events(harness.span('live_closure'))).toEqual([
    {
      name: 'frame',
      at: 0,
      attributes: {
        'gemini.live.frame.direction': 'sent',
        'gemini.live.frame.kind': 'setup',
        'gemini.live.frame.size': 500,
      },
    },
    {
      name: 'frame',
      at: 200,
      attributes: {
        'gemini.live.frame.direction': 'received',
        'gemini.live.frame.kind': 'setup_complete',
        'gemini.live.frame.size': 25,
      },
    },
    {
      name: 'frame',
      at: 9_000,
      attributes: {
        'gemini.live.frame.direction': 'sent',
        'gemini.live.frame.kind': 'audio',
        'gemini.live.frame.size': 4_300,
      },
    },
  ]);
});

test('all 64 frames of the flight recorder fit', () => {
  const harness = createHarness();
  const frames = Array.from({ length: 64 }, (_, index) => ({
    at: at(index),
    direction: 'sent' as const,
    kind: 'audio' as const,
    bytes: 1,
  }));
  harness.start().close(closure({ frames }), diagnosis);
  const span = harness.span('live_closure');
  expect([span.events.length, span.droppedEventsCount]).toEqual([64, 0]);
});

test('a closure without frames begins at connect()', () => {
  const harness = createHarness();
  harness.start().close(closure({ at: at(300), phase: 'handshake', frames: [] }), diagnosis);
  const span = harness.span('live_closure');
  expect([msAfterOrigin(span.startTime), msAfterOrigin(span.endTime)]).toEqual([0, 300]);
});

test('it is linked to the turn, the tool call and the tool response before it', () => {
  const harness = createHarness();
  const recorder = harness.start();
  const call = toolCall();
  const response = toolResponse({ responses: [functionResponse({ call })] });
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'tool_call_received', call });
  recorder.record({ type: 'tool_call_ended', call: { ...call, endedAt: at(2_000), outcome: 'answered' } });
  recorder.record({ type: 'tool_response_sent', response });
  recorder.close(
    closure({ lastTurn: turn(), lastToolCall: call, lastToolResponse: response, turnOpen: true }),
    diagnosis,
  );
  const { links } = harness.span('live_closure');
  expect(links.map(({ context, attributes }) => [harness.nameOf(context), attributes])).toEqual([
    ['realtime_inference gemini-live-test', { 'gemini.live.link.type': 'turn' }],
    ['execute_tool look_up', { 'gemini.live.link.type': 'tool_call' }],
    ['send_tool_response', { 'gemini.live.link.type': 'tool_response' }],
  ]);
});

test('a turn that ended long ago in a talk of many tool calls is still linked', () => {
  const harness = createHarness();
  const recorder = harness.start();
  for (let index = 1; index <= 200; index += 1) {
    const call = toolCall({ index, receivedAt: at(index) });
    recorder.record({ type: 'tool_call_received', call });
    recorder.record({
      type: 'tool_call_ended',
      call: { ...call, endedAt: at(index + 1), outcome: 'answered' },
    });
    if (index === 1) {
      recorder.record({ type: 'turn_started', turn: turn() });
      recorder.record({ type: 'turn_ended', turn: endedTurn() });
    }
  }
  recorder.close(closure({ lastTurn: endedTurn(), lastToolCall: toolCall({ index: 200 }) }), diagnosis);
  const { links } = harness.span('live_closure');
  expect(links.map(({ attributes }) => attributes)).toEqual([
    { 'gemini.live.link.type': 'turn' },
    { 'gemini.live.link.type': 'tool_call' },
  ]);
});

test('close() returns the span context of the closure', () => {
  const harness = createHarness();
  const context = harness.start().close(closure(), diagnosis);
  expect(context).toEqual(harness.span('live_closure').spanContext());
});
