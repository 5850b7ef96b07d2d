import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { createInstruments } from '../../src/telemetry/instruments.ts';
import { startSessionRecorder } from '../../src/telemetry/session-recorder.ts';
import {
  at,
  clientClosed,
  closure,
  diagnosis,
  endedTurn,
  expectedClosure,
  identity,
  toolCall,
  turn,
} from './facts.ts';
import { createHarness } from './harness.ts';

const unsampled = () => createHarness({ sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }) });

test('an unexpected closure of an unsampled session is recorded as a child of it', () => {
  const harness = unsampled();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'turn_ended', turn: endedTurn() });
  const returned = recorder.close(closure({ lastTurn: endedTurn() }), diagnosis);
  expect(harness.spans().map(({ name }) => name)).toEqual(['live_closure']);
  const span = harness.span('live_closure');
  expect(span.parentSpanContext).toEqual({
    ...recorder.spanContext,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
  expect(span.spanContext()).toEqual(returned);
  expect(returned.traceId).toBe(recorder.spanContext.traceId);
  expect(span.attributes).toMatchObject({
    'gemini.live.closure.code': 1011,
    'gemini.live.closure.cause': 'server_internal',
  });
  expect(span.events).toHaveLength(3);
});

test('it has no links to spans that were not recorded', () => {
  const harness = unsampled();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.close(closure({ lastTurn: turn() }), diagnosis);
  expect(harness.span('live_closure').links).toEqual([]);
});

test('an expected closure of an unsampled session is not recorded', () => {
  const harness = unsampled();
  harness.start().close(expectedClosure(), clientClosed);
  expect(harness.spans()).toEqual([]);
});

test('the log record of an unsampled end carries all attributes', () => {
  const harness = unsampled();
  harness.start().close(closure(), diagnosis);
  expect(harness.logs().map(({ attributes }) => attributes)).toEqual([
    harness.span('live_closure').attributes,
  ]);
});

test('the log record of an expected unsampled end carries attributes as well', () => {
  const harness = unsampled();
  harness.start().close(expectedClosure(), clientClosed);
  expect(harness.logs().map(({ attributes }) => attributes)).toEqual([
    expect.objectContaining({
      'gemini.live.closure.expected': true,
      'gemini.live.closure.cause': 'client_closed',
    }),
  ]);
});

test('metrics count unsampled sessions', async () => {
  const harness = unsampled();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'turn_ended', turn: endedTurn() });
  recorder.close(expectedClosure(), clientClosed);
  const metrics = await harness.metrics();
  expect(metrics['gemini.live.turns']?.map(({ value }) => value)).toEqual([1]);
  expect(metrics['gemini.live.closures']?.map(({ value }) => value)).toEqual([1]);
});

test('the handler of an unsampled tool call runs in its unsampled context', () => {
  const harness = unsampled();
  const recorder = harness.start();
  const call = toolCall();
  recorder.record({ type: 'tool_call_received', call });
  const handlerContext = trace.getSpanContext(recorder.toolContext([call], ROOT_CONTEXT));
  expect(handlerContext?.traceId).toBe(recorder.spanContext.traceId);
  expect(handlerContext?.traceFlags).toBe(TraceFlags.NONE);
});

test('a sampler of ratio 0 without parents loses the span, not the log record', () => {
  const harness = createHarness({ sampler: new TraceIdRatioBasedSampler(0) });
  harness.start().close(closure(), diagnosis);
  expect([harness.spans().length, harness.logs().length]).toEqual([0, 1]);
});

test('without an SDK everything runs and the context of handlers is left alone', () => {
  const harness = createHarness();
  const backend = {
    tracer: trace.getTracer('none'),
    instruments: createInstruments(harness.meter),
  };
  const recorder = startSessionRecorder(backend, identity, ROOT_CONTEXT, { captureContent: false });
  const call = toolCall();
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'tool_call_received', call });
  expect(recorder.toolContext([call], ROOT_CONTEXT)).toBe(ROOT_CONTEXT);
  expect(recorder.close(closure(), diagnosis).traceId).toBe('0'.repeat(32));
});
