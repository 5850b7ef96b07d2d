import { context, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { identityAttributes, peerAttributes, toolResponseAttributes } from './expected.ts';
import {
  at,
  clientClosed,
  closure,
  diagnosis,
  endedTurn,
  expectedClosure,
  functionResponse,
  toolCall,
  toolResponse,
  turn,
} from './facts.ts';
import { createHarness } from './harness.ts';

const turnName = 'realtime_inference gemini-live-test';

/** Started, with a turn under way. */
function inTurn(captureContent = false) {
  const harness = createHarness();
  const recorder = harness.start({}, captureContent);
  recorder.record({ type: 'turn_started', turn: turn() });
  const seen = (name: string) => harness.tree().find((span) => span.name === name);
  return { harness, recorder, seen };
}

test('a tool call and its response nest in the turn, with the handler between them', () => {
  // realtime_inference        |----------------------|  1 → 3 s
  //   execute_tool look_up       |------|               1.5 → 2 s
  //     send_tool_response              |--|            2 → 2.1 s
  const { harness, recorder } = inTurn();
  const call = toolCall();
  recorder.record({ type: 'tool_call_received', call });
  const answered = { ...call, endedAt: at(2_000), outcome: 'answered' as const, responses: 1 };
  const response = toolResponse({ responses: [functionResponse({ call: answered, latencyMs: 500 })] });
  recorder.record({ type: 'tool_call_ended', call: answered });
  recorder.record({ type: 'tool_response_sent', response });
  const acknowledged = { ...response, acknowledgedAt: at(2_100), acknowledgedBy: 'audio' as const };
  recorder.record({ type: 'tool_response_acknowledged', response: acknowledged });
  recorder.record({ type: 'turn_ended', turn: endedTurn() });
  recorder.record({ type: 'tool_response_settled', response: { ...acknowledged, outcome: 'ok' } });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.tree().slice(0, 3)).toEqual([
    {
      name: 'execute_tool look_up',
      kind: 'INTERNAL',
      parent: turnName,
      from: 1_500,
      to: 2_000,
      status: 'UNSET',
    },
    {
      name: turnName,
      kind: 'CLIENT',
      parent: 'live_session gemini-live-test',
      from: 1_000,
      to: 3_000,
      status: 'UNSET',
    },
    {
      name: 'send_tool_response',
      kind: 'CLIENT',
      parent: 'execute_tool look_up',
      from: 2_000,
      to: 2_100,
      status: 'UNSET',
    },
  ]);
  expect(harness.span('execute_tool look_up').attributes).toEqual({
    'gen_ai.operation.name': 'execute_tool',
    ...identityAttributes,
    'gen_ai.tool.name': 'look_up',
    'gen_ai.tool.call.id': 'call-1',
    'gen_ai.tool.type': 'function',
    'gemini.live.tool_call.index': 1,
    'gemini.live.tool_call.arguments_size': 17,
    'gemini.live.tool_call.outcome': 'answered',
    'gemini.live.tool_call.non_blocking': false,
    'gemini.live.tool_call.declared': true,
    'gemini.live.tool_call.pending_at_receipt': 0,
    'gemini.live.tool_call.responses': 1,
    'gemini.live.tool_call.input_frames_while_pending': 0,
    'gemini.live.tool_call.audio_frames_while_pending': 0,
  });
  expect(harness.span('send_tool_response').attributes).toEqual({
    ...identityAttributes,
    ...peerAttributes,
    ...toolResponseAttributes,
    'gemini.live.tool_response.acknowledged': true,
    'gemini.live.tool_response.acknowledged_by': 'audio',
    'gemini.live.tool_response.ack.duration': 0.1,
    'gemini.live.tool_response.outcome': 'ok',
  });
});

test('a cancelled call has an error.type and no error status', () => {
  const { harness, recorder, seen } = inTurn();
  recorder.record({ type: 'tool_call_received', call: toolCall() });
  recorder.record({ type: 'tool_call_ended', call: toolCall({ endedAt: at(1_800), outcome: 'cancelled' }) });
  recorder.close(expectedClosure(), clientClosed);
  expect(seen('execute_tool look_up')).toMatchObject({ to: 1_800, status: 'UNSET' });
  expect(harness.span('execute_tool look_up').attributes).toMatchObject({
    'gemini.live.tool_call.outcome': 'cancelled',
    'error.type': 'cancelled',
  });
});

test('a call answered with an error is one', () => {
  const { harness, recorder } = inTurn();
  recorder.record({ type: 'tool_call_received', call: toolCall() });
  const call = toolCall({ endedAt: at(2_000), outcome: 'answered', responseIsError: true });
  recorder.record({ type: 'tool_call_ended', call });
  recorder.close(expectedClosure(), clientClosed);
  const span = harness.span('execute_tool look_up');
  expect(span.status).toEqual({ code: 2, message: 'The tool response carries an error.' });
  expect(span.attributes['error.type']).toBe('tool_error');
});

test('a call that an unexpected closure cut is an error with its close code', () => {
  const { harness, recorder, seen } = inTurn();
  recorder.record({ type: 'tool_call_received', call: toolCall() });
  recorder.record({ type: 'tool_call_ended', call: toolCall({ endedAt: at(10_000), outcome: 'closure' }) });
  recorder.close(closure(), diagnosis);
  expect(seen('execute_tool look_up')).toMatchObject({ to: 10_000, status: 'ERROR' });
  expect(harness.span('execute_tool look_up').attributes).toMatchObject({
    'gemini.live.tool_call.outcome': 'closure',
    'error.type': '1011',
  });
});

test('the handler of the only call runs inside its span', () => {
  const { harness, recorder } = inTurn();
  const call = toolCall();
  recorder.record({ type: 'tool_call_received', call });
  const handlerContext = recorder.toolContext([call], context.active());
  harness.backend.tracer.startSpan('db', {}, handlerContext).end();
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.nameOf(harness.span('db').parentSpanContext)).toBe('execute_tool look_up');
});

test('the handler of several calls in one message runs inside the turn', () => {
  const { harness, recorder } = inTurn();
  const calls = [toolCall(), toolCall({ index: 2, id: 'call-2', name: 'book' })];
  for (const call of calls) recorder.record({ type: 'tool_call_received', call });
  harness.backend.tracer.startSpan('db', {}, recorder.toolContext(calls, context.active())).end();
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.nameOf(harness.span('db').parentSpanContext)).toBe(turnName);
});

test('a call that was ended by the time its handler runs is still the parent', () => {
  const { harness, recorder } = inTurn();
  recorder.record({ type: 'tool_call_received', call: toolCall() });
  const call = toolCall({ endedAt: at(1_600), outcome: 'cancelled' });
  recorder.record({ type: 'tool_call_ended', call });
  harness.backend.tracer.startSpan('db', {}, recorder.toolContext([call], context.active())).end();
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.nameOf(harness.span('db').parentSpanContext)).toBe('execute_tool look_up');
});

test('without calls, or with calls nobody knows, the context stays as it is', () => {
  const { recorder } = inTurn();
  const base = context.active();
  expect(recorder.toolContext([], base)).toBe(base);
  expect(recorder.toolContext([toolCall({ index: 9 })], base)).toBe(base);
});

test('one message that answers several calls is a child of the turn', () => {
  const { harness, recorder } = inTurn();
  const calls = [toolCall(), toolCall({ index: 2, id: 'call-2', name: 'book' })] as const;
  for (const call of calls) recorder.record({ type: 'tool_call_received', call });
  const responses = calls.map((call) => functionResponse({ id: call.id ?? '', name: call.name, call }));
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ responses, turn: turn() }) });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.nameOf(harness.span('send_tool_response').parentSpanContext)).toBe(turnName);
});

test('a message that answers nothing outside a turn is a child of the session', () => {
  const harness = createHarness();
  const recorder = harness.start();
  const responses = [functionResponse({ idMatch: 'unknown', nameMatch: 'unknown' })];
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ responses }) });
  recorder.close(expectedClosure(), clientClosed);
  const parent = harness.nameOf(harness.span('send_tool_response').parentSpanContext);
  expect(parent).toBe('live_session gemini-live-test');
});

test('a response that was never acknowledged is open until the closure', () => {
  const { harness, recorder, seen } = inTurn();
  const response = toolResponse();
  recorder.record({ type: 'tool_response_sent', response });
  recorder.record({ type: 'tool_response_settled', response: { ...response, outcome: 'ok' } });
  recorder.close(closure(), diagnosis);
  expect(seen('send_tool_response')).toMatchObject({ from: 2_000, to: 10_000, status: 'ERROR' });
  expect(harness.span('send_tool_response').attributes).toMatchObject({
    'gemini.live.tool_response.acknowledged': false,
    'gemini.live.tool_response.outcome': 'ok',
    'error.type': '1011',
  });
});

test('an acknowledgement after 2 s ends the span', () => {
  const { recorder, seen } = inTurn();
  const response = toolResponse();
  recorder.record({ type: 'tool_response_sent', response });
  recorder.record({ type: 'tool_response_settled', response: { ...response, outcome: 'ok' } });
  const late = { ...response, acknowledgedAt: at(7_000), acknowledgedBy: 'audio' as const };
  recorder.record({ type: 'tool_response_acknowledged', response: late });
  expect(seen('send_tool_response')).toMatchObject({ from: 2_000, to: 7_000, status: 'UNSET' });
});

test.each([
  { category: 'tools', error: { status: 'ERROR', type: '1008' } },
  { category: 'server', error: { status: 'UNSET', type: undefined } },
] as const)(
  'a response that was acknowledged before the session died within 2 s, of $category',
  ({ category, error }) => {
    const { harness, recorder, seen } = inTurn();
    const response = toolResponse();
    recorder.record({ type: 'tool_response_sent', response });
    const acknowledged = { ...response, acknowledgedAt: at(2_050), acknowledgedBy: 'usage' as const };
    recorder.record({ type: 'tool_response_acknowledged', response: acknowledged });
    recorder.record({ type: 'tool_response_settled', response: { ...acknowledged, outcome: 'closure' } });
    recorder.close(closure({ at: at(2_300), code: 1008 }), { ...diagnosis, category });
    expect(seen('send_tool_response')).toMatchObject({ to: 2_050, status: error.status });
    expect(harness.span('send_tool_response').attributes).toMatchObject({
      'gemini.live.tool_response.acknowledged': true,
      'gemini.live.tool_response.outcome': 'closure',
    });
    expect(harness.span('send_tool_response').attributes['error.type']).toBe(error.type);
  },
);

test.each([
  ['a call reported as answered before the message', true],
  ['a message reported before its call is answered', false],
])('with content capture, %s carries arguments and result', (_title, callFirst) => {
  const { harness, recorder } = inTurn(true);
  const call = toolCall({ arguments: '{"q":"tea"}' });
  recorder.record({ type: 'tool_call_received', call });
  const answered = { ...call, endedAt: at(2_000), outcome: 'answered' as const };
  const responses = [functionResponse({ call, response: '{"price":3}' })];
  if (callFirst) recorder.record({ type: 'tool_call_ended', call: answered });
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ responses }) });
  if (!callFirst) recorder.record({ type: 'tool_call_ended', call: answered });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.span('execute_tool look_up').attributes).toMatchObject({
    'gen_ai.tool.call.arguments': '{"q":"tea"}',
    'gen_ai.tool.call.result': '{"price":3}',
  });
  const context = harness.span('execute_tool look_up').spanContext();
  expect(harness.span('send_tool_response').parentSpanContext?.spanId).toBe(context.spanId);
  expect(trace.isSpanContextValid(context)).toBe(true);
});
