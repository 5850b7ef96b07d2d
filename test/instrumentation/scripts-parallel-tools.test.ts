import { describe, expect, it } from 'vitest';
import { scripts } from '../../src/testing/index.ts';
import { answerAtOnce, answersTo, model31, toolCall, turnComplete } from './application.ts';
import { talk } from './conversation.ts';
import { attributesUnder, closedByClient, closureFacts, named } from './expect-trace.ts';
import { outline } from './span-outline.ts';

const answeredTurn = {
  preceding_event: 'turn_complete',
  last_sent_kind: 'tool_response',
  last_received_kind: 'turn_complete',
  tool_response_encoding: 'ascii',
  tool_response_id_match: 'matched',
  tool_response_acknowledged: true,
};

describe('tool-parallel', () => {
  const parallel = [
    '    execute_tool get_weather 1',
    '    execute_tool get_time 2',
    '    execute_tool get_weather 3',
  ];

  it('answered in one message is three calls and one response below the turn', async () => {
    const { app, session, end } = await talk(scripts['tool-parallel'], {
      model: model31,
      onmessage: answerAtOnce(),
    });
    await app.seen(turnComplete);
    session.close();
    const { spans, closure } = await end();
    expect(outline(spans)).toEqual([
      'live_session',
      '  live_connect',
      '  realtime_inference 1',
      ...parallel,
      '    send_tool_response 1',
      '  live_closure',
      '    ~ turn: realtime_inference 1',
      '    ~ tool_call: execute_tool get_weather 3',
      '    ~ tool_response: send_tool_response 1',
    ]);
    expect(
      named(spans, 'execute_tool').map(
        ({ attributes }) => attributes['gemini.live.tool_call.pending_at_receipt'],
      ),
    ).toEqual([2, 2, 2]);
    expect(closureFacts(closure)).toMatchObject({
      ...closedByClient,
      ...answeredTurn,
      tool_response_tools: ['get_weather', 'get_time', 'get_weather'],
    });
    const [response] = named(spans, 'send_tool_response');
    expect(response?.attributes).toMatchObject({
      'gemini.live.tool_response.count': 3,
      'gemini.live.tool_response.response_size': 33,
      'gemini.live.tool_response.pending_before': 3,
      'gemini.live.tool_response.pending_after': 0,
    });
  });

  it('answered one by one, last call first, is a response below each call', async () => {
    const { app, session, end } = await talk(scripts['tool-parallel'], { model: model31 });
    const answers = answersTo(await app.seen(toolCall));
    for (const answer of answers.toReversed()) session.sendToolResponse({ functionResponses: [answer] });
    await app.seen(turnComplete);
    session.close();
    const { spans } = await end();
    expect(outline(spans).slice(0, -4)).toEqual([
      'live_session',
      '  live_connect',
      '  realtime_inference 1',
      parallel[0],
      '      send_tool_response 3',
      parallel[1],
      '      send_tool_response 2',
      parallel[2],
      '      send_tool_response 1',
    ]);
    expect(
      named(spans, 'send_tool_response').map(({ attributes }) => [
        attributes['gemini.live.tool_response.pending_before'],
        attributes['gemini.live.tool_response.pending_after'],
      ]),
    ).toEqual([
      [3, 2],
      [2, 1],
      [1, 0],
    ]);
  });

  it.each([
    ['an id that no call has', { id: 'made-up' }, 'unknown', 'unknown', 3],
    ['another name', { name: 'other' }, 'matched', 'different', 2],
  ])('answered with %s says so', async (_what, change, idMatch, nameMatch, pending) => {
    const { app, session, end } = await talk(scripts['tool-parallel'], { model: model31 });
    const [first] = answersTo(await app.seen(toolCall));
    session.sendToolResponse({ functionResponses: [{ ...first, ...change }] });
    session.close();
    const { spans, closure } = await end();
    const [response] = named(spans, 'send_tool_response');
    expect(response && attributesUnder('gemini.live.tool_response.', response)).toMatchObject({
      id_match: idMatch,
      name_match: nameMatch,
      pending_before: 3,
      pending_after: pending,
    });
    expect(closureFacts(closure)).toMatchObject({
      ...closedByClient,
      turn_open: true,
      tool_calls_pending: pending,
      tool_response_id_match: idMatch,
    });
    expect(closure.attributes['gemini.live.session.unmatched_responses']).toBe(idMatch === 'matched' ? 0 : 1);
  });

  it('answered twice is a duplicate', async () => {
    const { app, session, end } = await talk(scripts['tool-parallel'], { model: model31 });
    const functionResponses = answersTo(await app.seen(toolCall));
    session.sendToolResponse({ functionResponses });
    session.sendToolResponse({ functionResponses });
    await app.seen(turnComplete);
    session.close();
    const { spans, closure } = await end();
    expect(
      named(spans, 'send_tool_response').map(
        ({ attributes }) => attributes['gemini.live.tool_response.id_match'],
      ),
    ).toEqual(['matched', 'duplicate']);
    expect(closure.attributes).toMatchObject({
      'gemini.live.closure.tool_response_id_match': 'duplicate',
      'gemini.live.session.unmatched_responses': 3,
      'gemini.live.session.tool_responses': 2,
    });
  });
});

it('calls of Vertex AI, which have no ids, are answered first in first out by name', async () => {
  const { app, session, end } = await talk(scripts['tool-parallel'], { model: model31, vertexai: true });
  const [weather, time, again] = answersTo(await app.seen(toolCall));
  for (const answer of [again, time, weather]) session.sendToolResponse({ functionResponses: answer ?? [] });
  await app.seen(turnComplete);
  session.close();
  const { spans, closure } = await end();
  expect(outline(spans).slice(2, 9)).toEqual([
    '  realtime_inference 1',
    '    execute_tool get_weather 1',
    '      send_tool_response 1',
    '    execute_tool get_time 2',
    '      send_tool_response 2',
    '    execute_tool get_weather 3',
    '      send_tool_response 3',
  ]);
  expect(
    named(spans, 'send_tool_response').map(({ attributes }) => [
      attributes['gemini.live.tool_response.call_ids'],
      attributes['gemini.live.tool_response.id_match'],
    ]),
  ).toEqual(Array(3).fill([[''], 'matched']));
  expect(closure.attributes).toMatchObject({
    'gen_ai.provider.name': 'gcp.vertex_ai',
    'gemini.live.session.unmatched_responses': 0,
  });
});
