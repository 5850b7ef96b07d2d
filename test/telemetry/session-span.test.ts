import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { startSessionRecorder } from '../../src/telemetry/session-recorder.ts';
import {
  apiAttributes,
  identityAttributes,
  peerAttributes,
  setupAttributes,
  totalsAttributes,
  usageAttributes,
} from './expected.ts';
import { at, clientClosed, closure, diagnosis, expectedClosure, identity, setup, usage } from './facts.ts';
import { createHarness, events } from './harness.ts';

const explanation = 'The service failed 1.00 s after the last audio frame.';

test('a session is connect and closure inside live_session, each from its start to its end', () => {
  // live_session   |----------------------------|  0 → 10 s
  //   live_connect |--|                            0 → 0.2 s
  //   live_closure                          |---|  9 → 10 s
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.close(expectedClosure(), clientClosed);
  const session = 'live_session gemini-live-test';
  expect(harness.tree()).toEqual([
    {
      name: 'live_connect gemini-live-test',
      kind: 'CLIENT',
      parent: session,
      from: 0,
      to: 200,
      status: 'UNSET',
    },
    { name: 'live_closure', kind: 'INTERNAL', parent: session, from: 9_000, to: 10_000, status: 'UNSET' },
    { name: session, kind: 'CLIENT', parent: undefined, from: 0, to: 10_000, status: 'UNSET' },
  ]);
});

test('live_session says who, how configured, what it came to and how it ended', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.close(closure({ usage }), diagnosis);
  const span = harness.span('live_session gemini-live-test');
  expect(span.attributes).toEqual({
    ...identityAttributes,
    ...peerAttributes,
    ...apiAttributes,
    ...setupAttributes,
    ...totalsAttributes,
    ...usageAttributes,
    'gemini.live.session.resumed': false,
    'gemini.live.closure.code': 1011,
    'gemini.live.closure.reason': 'Internal error encountered.',
    'gemini.live.closure.initiator': 'server',
    'gemini.live.closure.expected': false,
    'gemini.live.closure.phase': 'active',
    'gemini.live.closure.cause': 'server_internal',
    'gemini.live.closure.category': 'server',
    'gemini.live.closure.hypothesis': 'internal_error',
    'gemini.live.closure.confidence': 'low',
    'error.type': '1011',
  });
  expect(span.status).toEqual({ code: 2, message: explanation });
});

test('live_connect that reached setupComplete is no error, however the session ends', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.close(closure(), diagnosis);
  const span = harness.span('live_connect gemini-live-test');
  expect(span.attributes).toEqual({
    ...identityAttributes,
    ...peerAttributes,
    ...apiAttributes,
    'gemini.live.session.resumed': false,
  });
  expect(span.status).toEqual({ code: 0 });
});

test('live_connect ends with a closure that comes before setupComplete, as an error', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.close(closure({ at: at(300), code: 1008, phase: 'setup' }), diagnosis);
  const span = harness.span('live_connect gemini-live-test');
  expect(span.attributes).toEqual({
    ...identityAttributes,
    ...peerAttributes,
    ...apiAttributes,
    'gemini.live.session.resumed': false,
    'error.type': '1008',
  });
  expect(span.status).toEqual({ code: 2, message: explanation });
  expect(harness.tree().find(({ name }) => name === span.name)).toMatchObject({ from: 0, to: 300 });
});

test('live_connect that the application gave up is no error', () => {
  const harness = createHarness();
  harness.start().close(expectedClosure({ phase: 'setup' }), clientClosed);
  expect(harness.span('live_connect gemini-live-test').status).toEqual({ code: 0 });
});

test.each([
  ['the name of an error where there is no code', { code: undefined, initiator: 'network' }, 'TypeError'],
  ['process where the process ended', { code: undefined, initiator: 'process' }, 'process'],
] as const)('error.type is %s', (_title, { initiator }, type) => {
  const harness = createHarness();
  const { code: _code, ...rest } = closure({ initiator, error: { name: 'TypeError', message: 'Bad URL.' } });
  harness.start().close(rest, diagnosis);
  expect(harness.span('live_session gemini-live-test').attributes['error.type']).toBe(type);
});

test('error.type is the initiator where there is neither code nor error', () => {
  const harness = createHarness();
  const { code: _code, ...rest } = closure({ initiator: 'network' });
  harness.start().close(rest, diagnosis);
  expect(harness.span('live_session gemini-live-test').attributes['error.type']).toBe('network');
});

test("the service's own session id takes the place of ours", () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_completed', at: at(200), sessionId: 'remote-1' });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.spans().map((span) => span.attributes['gen_ai.realtime_session.id'])).toEqual([
    'remote-1',
    'remote-1',
    'remote-1',
  ]);
});

test('a model that only the setup tells names the spans', () => {
  const harness = createHarness();
  const { model: _model, ...anonymous } = identity;
  const recorder = startSessionRecorder(harness.backend, anonymous, ROOT_CONTEXT, { captureContent: false });
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.spans().map(({ name, attributes }) => [name, attributes['gen_ai.request.model']])).toEqual([
    ['live_connect gemini-live-test', 'gemini-live-test'],
    ['live_closure', 'gemini-live-test'],
    ['live_session gemini-live-test', 'gemini-live-test'],
  ]);
});

test('spans of a model that nobody tells have the bare name', () => {
  const harness = createHarness();
  const { model: _model, ...anonymous } = identity;
  const recorder = startSessionRecorder(harness.backend, anonymous, ROOT_CONTEXT, { captureContent: false });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.spans().map(({ name }) => name)).toEqual(['live_connect', 'live_closure', 'live_session']);
});

test('the API is told apart', () => {
  const harness = createHarness();
  harness.start({ api: 'gemini', model: 'm' }).close(expectedClosure(), clientClosed);
  const vertex = createHarness();
  vertex
    .start({ api: 'vertex', model: 'projects/p/locations/l/publishers/google/models/m' })
    .close(expectedClosure({ api: 'vertex' }), clientClosed);
  expect(harness.span('live_session m').attributes['gen_ai.provider.name']).toBe('gcp.gemini');
  expect(vertex.span('live_session m').attributes['gen_ai.provider.name']).toBe('gcp.vertex_ai');
});

test('live_session is a child of the context connect() was called in', () => {
  const harness = createHarness();
  const parent = harness.backend.tracer.startSpan('request');
  const within = trace.setSpan(context.active(), parent);
  startSessionRecorder(harness.backend, identity, within, { captureContent: false }).close(
    expectedClosure(),
    clientClosed,
  );
  parent.end();
  const span = harness.span('live_session gemini-live-test');
  expect(harness.nameOf(span.parentSpanContext)).toBe('request');
});

test('a resumed session is linked to the one before it and carries the hash of the handle', () => {
  const harness = createHarness();
  const resumedFrom = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
  const recorder = harness.start({ resumedFrom, handleHash: 'hash-1' });
  recorder.close(
    expectedClosure({ resumption: { resumed: true, requested: true, handleAvailable: true } }),
    clientClosed,
  );
  const span = harness.span('live_session gemini-live-test');
  expect(span.links).toEqual([
    {
      context: resumedFrom,
      attributes: { 'gemini.live.link.type': 'resumed_from' },
      droppedAttributesCount: 0,
    },
  ]);
  expect(span.attributes).toMatchObject({
    'gemini.live.session.resumed': true,
    'gemini.live.session.handle_hash': 'hash-1',
  });
});

test('moments of the session are its events', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'user_speech_started', at: at(900) });
  recorder.record({ type: 'user_speech_ended', at: at(1_000), startedAt: at(400) });
  recorder.record({ type: 'user_speech_ended', at: at(1_100) });
  recorder.record({ type: 'interrupted', at: at(2_000), spurious: true });
  recorder.record({
    type: 'resumption_updated',
    at: at(3_000),
    resumption: { handleHash: 'hash-2', resumable: true },
  });
  recorder.record({ type: 'cancellation_unmatched', at: at(3_500) });
  recorder.record({ type: 'waiting_for_input', at: at(3_600) });
  recorder.record({ type: 'server_error', at: at(4_000), code: 13, status: 'INTERNAL', message: 'Oops.' });
  recorder.record({ type: 'go_away', at: at(5_000), timeLeftMs: 50_000 });
  recorder.close(expectedClosure(), clientClosed);
  expect(events(harness.span('live_session gemini-live-test'))).toEqual([
    { name: 'user_speech', at: 1_000, attributes: { 'gemini.live.speech.duration': 0.6 } },
    { name: 'user_speech', at: 1_100, attributes: {} },
    { name: 'interruption', at: 2_000, attributes: { 'gemini.live.interruption.spurious': true } },
    {
      name: 'resumption_update',
      at: 3_000,
      attributes: {
        'gemini.live.resumption.handle_hash': 'hash-2',
        'gemini.live.resumption.resumable': true,
      },
    },
    { name: 'cancellation_unmatched', at: 3_500, attributes: {} },
    { name: 'waiting_for_input', at: 3_600, attributes: {} },
    {
      name: 'server_error',
      at: 4_000,
      attributes: {
        'gemini.live.server_error.code': 13,
        'gemini.live.server_error.status': 'INTERNAL',
        'gemini.live.server_error.message': 'Oops.',
      },
    },
    { name: 'go_away', at: 5_000, attributes: { 'gemini.live.go_away.time_left': 50 } },
  ]);
});

test('events beyond the limit of their name are left out', () => {
  const harness = createHarness();
  const recorder = harness.start();
  for (let index = 0; index < 100; index += 1) {
    recorder.record({ type: 'resumption_updated', at: at(index), resumption: { resumable: false } });
  }
  recorder.close(expectedClosure(), clientClosed);
  expect(events(harness.span('live_session gemini-live-test'))).toHaveLength(16);
});

test('a closed recorder records nothing more', () => {
  const harness = createHarness();
  const recorder = harness.start();
  const first = recorder.close(closure(), diagnosis);
  const before = harness.tree();
  recorder.record({ type: 'setup_completed', at: at(11_000) });
  expect(recorder.close(expectedClosure(), clientClosed)).toEqual(first);
  expect(harness.tree()).toEqual(before);
});

test('the span context of the recorder is that of live_session', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.close(expectedClosure(), clientClosed);
  expect(recorder.spanContext).toEqual(harness.span('live_session gemini-live-test').spanContext());
});
