import { describe, expect, it } from 'vitest';
import {
  closeFrames,
  LiveServerSimulator,
  oversizeResponse,
  toolResponse1008,
  toolResponse1011,
} from '../../src/testing/index.ts';
import { answerAtOnce, hello, model31 as model, runApplication, tools } from './application.ts';
import {
  attributesUnder,
  closedByServer,
  closureFacts,
  expectClosurePoint,
  expectSoundTrace,
  expectTrafficOf,
  named,
} from './expect-trace.ts';
import { type Recording, startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

const labels = { 'gen_ai.provider.name': 'gcp.gemini', 'gen_ai.request.model': model };

/** A session that dies of the answer to its first tool call. */
async function dieOfResponse(
  recording: Recording,
  script: ReturnType<typeof toolResponse1011>,
  result?: Record<string, unknown>,
) {
  await using simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  const app = runApplication(recording.sdk, simulator.url, {
    model,
    config: { tools },
    onmessage: answerAtOnce(result),
  });
  (await app.connected).sendClientContent(hello);
  await app.closed;
  return { spans: await recording.spans(), session: simulator.sessions[0] };
}

const deadTree = [
  'live_session !',
  '  live_connect',
  '  realtime_inference 1 !',
  '    execute_tool get_weather 1',
  '      send_tool_response 1 !',
  '  live_closure !',
  '    ~ turn: realtime_inference 1',
  '    ~ tool_call: execute_tool get_weather 1',
  '    ~ tool_response: send_tool_response 1',
];

describe.each([
  ['tool-response-1011', toolResponse1011(), closeFrames.internalError],
  ['tool-response-1008', toolResponse1008(), closeFrames.entityNotFound],
] as const)('%s', (_name, script, close) => {
  it('leaves a closure linked to the turn, the tool call and the response before it', async () => {
    const recording = await startRecording();
    const { spans, session } = await dieOfResponse(recording, script);
    expectSoundTrace(spans);
    expect(outline(spans)).toEqual(deadTree);
    const closure = await recording.span('live_closure');
    expectTrafficOf(session, closure);
    expect(closureFacts(closure)).toEqual({
      ...closedByServer(close),
      preceding_event: 'tool_response',
      last_sent_kind: 'tool_response',
      last_sent_size: 127,
      last_received_kind: 'tool_call',
      last_received_size: 207,
      turn_open: true,
      tool_response_size: 127,
      tool_response_encoding: 'ascii',
      tool_response_id_match: 'matched',
      tool_response_tools: ['get_weather'],
      tool_response_acknowledged: false,
    });
    expect(closure.events.map(({ attributes }) => attributes?.['gemini.live.frame.kind'])).toEqual([
      'setup',
      'setup_complete',
      'client_content',
      ...Array(4).fill('audio'),
      'tool_call',
      'tool_response',
    ]);
  });

  it('says of the response what crossed the wire', async () => {
    const recording = await startRecording();
    const { spans, session } = await dieOfResponse(recording, script);
    const [response] = named(spans, 'send_tool_response');
    expect(response && attributesUnder('gemini.live.tool_response.', response)).toMatchObject({
      index: 1,
      tools: ['get_weather'],
      call_ids: [session?.toolCalls[0]?.id],
      count: 1,
      wire_size: 127,
      response_size: 11,
      encoding: 'ascii',
      shape: 'object',
      depth: 1,
      longest_string: 0,
      control_characters: false,
      id_match: 'matched',
      name_match: 'matched',
      is_error: false,
      pending_before: 1,
      pending_after: 0,
      input_frames_while_pending: 0,
      acknowledged: false,
      outcome: 'closure',
    });
    expect(response?.attributes['error.type']).toBe(String(close.code));
    expect(response?.status.message).toContain(`${close.code} "${close.reason}"`);
  });

  it('counts one closure and one response that an end followed', async () => {
    const recording = await startRecording();
    await dieOfResponse(recording, script);
    await expectClosurePoint(recording, model);
    expect(await recording.points('gemini.live.tool_responses')).toEqual([
      {
        labels: {
          ...labels,
          'gen_ai.tool.name': 'get_weather',
          'gemini.live.tool_response.outcome': 'closure',
          'gemini.live.tool_response.encoding': 'ascii',
          'gemini.live.tool_response.id_match': 'matched',
          'gemini.live.tool_response.input_while_pending': false,
        },
        value: 1,
      },
    ]);
    expect(await recording.points('gemini.live.turns')).toEqual([
      { labels: { ...labels, 'gemini.live.turn.outcome': 'closure' }, value: 1 },
    ]);
    expect(await recording.points('gemini.live.session.active')).toEqual([{ labels, value: 0 }]);
  });
});

it.each([
  ['ascii', { text: 'plain' }],
  ['utf8', { text: 'Grüße, 東京' }],
  ['escaped', { text: 'bell \u0007' }],
  ['base64', { image: Buffer.alloc(600, 7).toString('base64') }],
])('a response that is %s is told from the others by its encoding', async (encoding, result) => {
  const recording = await startRecording();
  await dieOfResponse(recording, toolResponse1011(), result);
  const closure = await recording.span('live_closure');
  const [response] = named(await recording.spans(), 'send_tool_response');
  const message = response?.attributes['gemini.live.tool_response.wire_size'];
  expect(closure.attributes).toMatchObject({
    'gemini.live.closure.tool_response_encoding': encoding,
    'gemini.live.closure.tool_response_size': message,
    'gemini.live.closure.last_sent_size': message,
  });
  expect(response?.attributes).toMatchObject({
    'gemini.live.tool_response.encoding': encoding,
    'gemini.live.tool_response.response_size': Buffer.byteLength(JSON.stringify(result)),
    'gemini.live.tool_response.longest_string': Object.values(result)[0]?.length,
    'gemini.live.tool_response.control_characters': encoding === 'escaped',
  });
});

describe('oversize-response', () => {
  it('leaves a closure with the size of the response on the wire', async () => {
    const recording = await startRecording();
    const result = { text: 'word '.repeat(25_600) };
    const { spans } = await dieOfResponse(recording, oversizeResponse(), result);
    expectSoundTrace(spans);
    expect(outline(spans)).toEqual(deadTree);
    const responseBytes = Buffer.byteLength(JSON.stringify(result));
    expect(closureFacts(await recording.span('live_closure'))).toEqual({
      ...closedByServer(closeFrames.contextOverflow),
      preceding_event: 'tool_response',
      last_sent_kind: 'tool_response',
      last_sent_size: responseBytes + 116,
      last_received_kind: 'tool_call',
      last_received_size: 207,
      turn_open: true,
      tool_response_size: responseBytes + 116,
      tool_response_encoding: 'ascii',
      tool_response_id_match: 'matched',
      tool_response_tools: ['get_weather'],
      tool_response_acknowledged: false,
    });
    await expectClosurePoint(recording, model);
  });
});
