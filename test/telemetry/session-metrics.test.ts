import { expect, test } from 'vitest';
import { inferenceLabels, sessionLabels } from './expected.ts';
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
import { createHarness } from './harness.ts';

test('a talk with a turn, a tool and an unexpected end gives exactly these points', async () => {
  const harness = createHarness();
  const recorder = harness.start();
  const call = toolCall();
  const answered = { ...call, endedAt: at(2_000), outcome: 'answered' as const };
  const response = toolResponse({
    sentAt: at(2_000),
    responses: [functionResponse({ call, latencyMs: 500, encoding: 'utf8' })],
  });
  const acknowledged = { ...response, acknowledgedAt: at(2_100), outcome: 'ok' as const };
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.record({ type: 'setup_completed', at: at(200) });
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'tool_call_received', call });
  recorder.record({ type: 'tool_call_ended', call: answered });
  recorder.record({ type: 'tool_response_sent', response });
  recorder.record({ type: 'tool_response_acknowledged', response: acknowledged });
  recorder.record({ type: 'turn_ended', turn: endedTurn({ usage }) });
  recorder.record({ type: 'tool_response_settled', response: acknowledged });
  recorder.record({ type: 'go_away', at: at(5_000), timeLeftMs: 50_000 });
  recorder.addAudio(3_200, 0);
  recorder.addAudio(800, 4_800);
  recorder.close(closure(), diagnosis);

  const toolLabels = {
    ...sessionLabels,
    'gen_ai.tool.name': 'look_up',
    'gemini.live.tool_response.outcome': 'ok',
  };
  const tokens = (modality: string, value: number) => ({
    labels: { ...inferenceLabels, 'gen_ai.token.modality': modality },
    value,
  });
  expect(await harness.metrics()).toEqual({
    'gemini.live.sessions': [
      { labels: { ...sessionLabels, 'gemini.live.session.resumed': false }, value: 1 },
    ],
    'gemini.live.session.active': [{ labels: sessionLabels, value: 0 }],
    'gemini.live.session.duration': [
      { labels: { ...sessionLabels, 'gemini.live.closure.expected': false }, value: { count: 1, sum: 10 } },
    ],
    'gemini.live.session.setup.duration': [{ labels: sessionLabels, value: { count: 1, sum: 0.2 } }],
    'gemini.live.closures': [
      {
        labels: {
          'gen_ai.request.model': 'gemini-live-test',
          'gemini.live.closure.code': 1011,
          'gemini.live.closure.cause': 'server_internal',
          'gemini.live.closure.category': 'server',
          'gemini.live.closure.hypothesis': 'internal_error',
          'gemini.live.closure.initiator': 'server',
          'gemini.live.closure.expected': false,
          'gemini.live.closure.preceding_event': 'audio',
        },
        value: 1,
      },
    ],
    'gemini.live.closures.tool_calls_pending': [
      {
        labels: { 'gen_ai.request.model': 'gemini-live-test', 'gemini.live.closure.expected': false },
        value: { count: 1, sum: 0 },
      },
    ],
    'gemini.live.turns': [{ labels: { ...sessionLabels, 'gemini.live.turn.outcome': 'complete' }, value: 1 }],
    'gemini.live.first_audio.duration': [
      {
        labels: { ...sessionLabels, 'gemini.live.turn.first_audio.reference': 'activity_end' },
        value: { count: 1, sum: 0.4 },
      },
    ],
    'gemini.live.tool_calls': [
      {
        labels: {
          ...sessionLabels,
          'gen_ai.tool.name': 'look_up',
          'gemini.live.tool_call.outcome': 'answered',
          'gemini.live.tool_call.input_while_pending': false,
        },
        value: 1,
      },
    ],
    'gemini.live.tool_responses': [
      {
        labels: {
          ...toolLabels,
          'gemini.live.tool_response.encoding': 'utf8',
          'gemini.live.tool_response.id_match': 'matched',
        },
        value: 1,
      },
    ],
    'gemini.live.tool_response.size': [{ labels: toolLabels, value: { count: 1, sum: 200 } }],
    'gemini.live.tool_response.latency': [{ labels: toolLabels, value: { count: 1, sum: 0.5 } }],
    'gemini.live.ack.duration': [{ labels: toolLabels, value: { count: 1, sum: 0.1 } }],
    'gemini.live.go_away.lead_time': [{ labels: sessionLabels, value: { count: 1, sum: 50 } }],
    'gemini.live.audio.size': [
      { labels: { ...sessionLabels, 'gemini.live.audio.direction': 'sent' }, value: 4_000 },
      { labels: { ...sessionLabels, 'gemini.live.audio.direction': 'received' }, value: 4_800 },
    ],
    'gen_ai.client.inference.duration': [{ labels: inferenceLabels, value: { count: 1, sum: 2 } }],
    'gen_ai.client.inference.time_to_first_chunk': [
      { labels: inferenceLabels, value: { count: 1, sum: 0.3 } },
    ],
    'gen_ai.client.inference.usage.input_tokens': [
      tokens('text', 30),
      tokens('audio', 60),
      tokens('image', 8),
      tokens('video', 2),
      tokens('other', 10),
    ],
    'gen_ai.client.inference.usage.output_tokens': [tokens('audio', 50), tokens('text', 5)],
    'gen_ai.execute_tool.duration': [
      {
        labels: {
          'gen_ai.operation.name': 'execute_tool',
          ...sessionLabels,
          'gen_ai.tool.name': 'look_up',
          'gen_ai.tool.type': 'function',
          'gemini.live.tool_call.outcome': 'answered',
        },
        value: { count: 1, sum: 0.5 },
      },
    ],
  });
});

test('an unexpected end after a tool response says how long after, after what size, and amid what', async () => {
  const harness = createHarness();
  const response = toolResponse({ sentAt: at(8_500), bytes: 70_000, acknowledgedAt: at(8_600) });
  const circumstances = {
    lastToolResponse: response,
    msSinceToolResponse: 1_500,
    pendingToolCalls: [toolCall(), toolCall({ index: 2 })],
    process: { sessionsOpen: 7, connectsLastMinute: 3 },
  };
  harness.start().close(closure(circumstances), diagnosis);
  harness.start().close(expectedClosure(circumstances), clientClosed);
  const model = { 'gen_ai.request.model': 'gemini-live-test' };
  const metrics = await harness.metrics();
  expect(metrics['gemini.live.closures.tool_response_ago']).toEqual([
    {
      labels: {
        ...model,
        'gemini.live.closure.code': 1011,
        'gemini.live.closure.tool_response_acknowledged': true,
      },
      value: { count: 1, sum: 1.5 },
    },
  ]);
  expect(metrics['gemini.live.closures.tool_response_size']).toEqual([
    { labels: model, value: { count: 1, sum: 70_000 } },
  ]);
  const either = (sum: number) =>
    [false, true].map((expected) => ({
      labels: { ...model, 'gemini.live.closure.expected': expected },
      value: { count: 1, sum },
    }));
  expect(metrics['gemini.live.closures.sessions_open']).toEqual(either(7));
  expect(metrics['gemini.live.closures.tool_calls_pending']).toEqual(either(2));
});

test.each([
  ['input came meanwhile', [{ frames: 0 }, { frames: 3 }], true],
  ['no input came meanwhile', [{ frames: 0 }], false],
  ['it answers no pending call', [undefined], undefined],
])('a tool response whose label says that %s', async (_title, inputs, label) => {
  const harness = createHarness();
  const recorder = harness.start();
  const responses = inputs.map((input) =>
    functionResponse(input && { inputWhilePending: { ...input, audioFrames: 0 } }),
  );
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ responses }) });
  recorder.close(expectedClosure(), clientClosed);
  const points = (await harness.metrics())['gemini.live.tool_responses'];
  expect(points?.map(({ labels }) => labels['gemini.live.tool_response.input_while_pending'])).toEqual([
    label,
  ]);
});

test('a call cut by an unexpected end counts with its error and the input meanwhile', async () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  const call = toolCall({ inputWhilePending: { frames: 12, audioFrames: 12 } });
  recorder.record({ type: 'tool_call_received', call });
  recorder.close(closure({ code: 1008 }), diagnosis);
  expect((await harness.metrics())['gemini.live.tool_calls']).toEqual([
    {
      labels: {
        ...sessionLabels,
        'gen_ai.tool.name': 'look_up',
        'gemini.live.tool_call.outcome': 'closure',
        'gemini.live.tool_call.input_while_pending': true,
        'error.type': '1008',
      },
      value: 1,
    },
  ]);
});

test('an open session is active', async () => {
  const harness = createHarness();
  harness.start();
  harness.start().close(expectedClosure(), clientClosed);
  expect((await harness.metrics())['gemini.live.session.active']).toEqual([
    { labels: sessionLabels, value: 1 },
  ]);
});

test('a session whose model only the setup tells leaves no active session behind', async () => {
  const harness = createHarness();
  const recorder = harness.start({ model: '' });
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.close(expectedClosure(), clientClosed);
  expect((await harness.metrics())['gemini.live.session.active']).toEqual([
    { labels: { 'gen_ai.provider.name': 'gcp.gemini' }, value: 0 },
  ]);
});

test('a failed setup is measured with its error', async () => {
  const harness = createHarness();
  harness.start().close(closure({ at: at(300), code: 1007, phase: 'setup' }), diagnosis);
  expect((await harness.metrics())['gemini.live.session.setup.duration']).toEqual([
    { labels: { ...sessionLabels, 'error.type': '1007' }, value: { count: 1, sum: 0.3 } },
  ]);
});

test('names of errors are no labels', async () => {
  const harness = createHarness();
  const { code: _code, ...rest } = closure({
    initiator: 'network',
    error: { name: 'Error of request 4711', message: '' },
  });
  harness.start().close(rest, diagnosis);
  const points = (await harness.metrics())['gemini.live.session.setup.duration'];
  expect(points?.map(({ labels }) => labels['error.type'])).toEqual(['_OTHER']);
});

test.each([
  ['an undeclared tool', [functionResponse({ name: 'made-up-4711' })], '_other'],
  ['several tools', [functionResponse(), functionResponse({ name: 'book' })], '_several'],
  ['one tool answered twice', [functionResponse(), functionResponse()], 'look_up'],
  ['no tool', [], '_other'],
])('the tool label of a message that answers %s is bounded', async (_title, responses, label) => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ responses }) });
  recorder.close(expectedClosure(), clientClosed);
  const points = (await harness.metrics())['gemini.live.tool_response.size'];
  expect(points?.map(({ labels }) => labels['gen_ai.tool.name'])).toEqual([label]);
});

test('an undeclared tool is `_other` in the duration of calls', async () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'tool_call_received', call: toolCall({ name: 'made-up-4711', declared: false }) });
  recorder.close(closure(), diagnosis);
  const points = (await harness.metrics())['gen_ai.execute_tool.duration'];
  expect(points?.map(({ labels }) => labels)).toEqual([
    {
      'gen_ai.operation.name': 'execute_tool',
      ...sessionLabels,
      'gen_ai.tool.name': '_other',
      'gen_ai.tool.type': 'function',
      'gemini.live.tool_call.outcome': 'closure',
      'error.type': '1011',
    },
  ]);
});

test('a response counts as followed by the closure when the session ends unexpectedly within 2 s', async () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ index: 1, sentAt: at(7_999) }) });
  recorder.record({ type: 'tool_response_sent', response: toolResponse({ index: 2, sentAt: at(8_000) }) });
  recorder.close(closure(), diagnosis);
  const points = (await harness.metrics())['gemini.live.tool_response.size'];
  expect(points?.map(({ labels, value }) => [labels['gemini.live.tool_response.outcome'], value])).toEqual([
    ['ok', { count: 1, sum: 200 }],
    ['closure', { count: 1, sum: 200 }],
  ]);
});

test('an acknowledgement that comes after 2 s is measured once', async () => {
  const harness = createHarness();
  const recorder = harness.start();
  const response = toolResponse();
  recorder.record({ type: 'tool_response_sent', response });
  recorder.record({ type: 'tool_response_settled', response: { ...response, outcome: 'ok' } });
  const late = { ...response, acknowledgedAt: at(7_000) };
  recorder.record({ type: 'tool_response_acknowledged', response: late });
  recorder.record({ type: 'tool_response_acknowledged', response: late });
  recorder.close(expectedClosure(), clientClosed);
  const points = (await harness.metrics())['gemini.live.ack.duration'];
  expect(points?.map(({ value }) => value)).toEqual([{ count: 1, sum: 5 }]);
});
