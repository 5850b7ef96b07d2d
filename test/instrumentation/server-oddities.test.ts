import type { LiveConnectConfig } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { type Action, closeFrames, type Script } from '../../src/testing/index.ts';
import { answerAtOnce, answersTo, model31, toolCall, turnComplete } from './application.ts';
import { talk } from './conversation.ts';
import { attributesUnder, closureFacts, expectUsageOf, named } from './expect-trace.ts';

/** What a user turn is answered with. */
const answering = (...actions: readonly Action[]): Script => ({
  name: 'answering',
  description: 'Answers as told.',
  reactions: [{ on: { event: 'user_turn' }, do: actions }],
});
const speak: Action = { do: 'speak', ms: 400 };

describe('the code 1000 of the service', () => {
  it('after a finished turn is an expected end', async () => {
    const { recording, end } = await talk(
      answering(speak, { do: 'turn_complete' }, { do: 'close', code: 1000, reason: '' }),
    );
    const { closure } = await end();
    expect(closureFacts(closure)).toMatchObject({
      code: 1000,
      initiator: 'server',
      expected: true,
      turn_open: false,
    });
    expect((await recording.span('live_session')).status.code).toBe(0);
  });

  it('in the middle of a turn is an unexpected one', async () => {
    const { end } = await talk(answering(speak, { do: 'close', ...closeFrames.cancelled }));
    const { closure, turns } = await end();
    expect(closureFacts(closure)).toMatchObject({
      ...closeFrames.cancelled,
      initiator: 'server',
      expected: false,
      turn_open: true,
      'error.type': '1000',
    });
    expect(turns.map(({ attributes }) => attributes['gemini.live.turn.outcome'])).toEqual(['closure']);
  });
});

describe('usage', () => {
  it('that comes after turnComplete belongs to the turn', async () => {
    const { app, session, end } = await talk(answering(speak, { do: 'turn_complete', usage: 'separate' }));
    await app.seen(({ usageMetadata }) => usageMetadata);
    session.close();
    const { closure, turns } = await end();
    expectUsageOf(app, closure);
    expect(turns.map((turn) => attributesUnder('gen_ai.usage.', turn))).toEqual([
      attributesUnder('gen_ai.usage.', closure),
    ]);
  });

  it('that is repeated with every frame of a generation counts once', async () => {
    const script: Script = {
      ...answering(speak, { do: 'turn_complete' }),
      behaviour: { noise: { usageWithOutput: true } },
    };
    const { app, session, end } = await talk(script);
    await app.seen(turnComplete);
    session.close();
    const { closure } = await end();
    const last = app.messages.findLast(({ usageMetadata }) => usageMetadata)?.usageMetadata;
    expect(attributesUnder('gen_ai.usage.', closure)).toMatchObject({
      input_tokens: last?.promptTokenCount,
      output_tokens: last?.responseTokenCount,
    });
  });

  it('that never comes keeps neither the turn nor a response back for more than 2 s', async () => {
    const { recording, app, session, end } = await talk(
      answering({ do: 'tool_call', calls: [{}] }, speak, { do: 'turn_complete', usage: 'none' }),
      { model: model31, onmessage: answerAtOnce() },
    );
    await app.seen(turnComplete);
    expect((await recording.spans()).map(({ name }) => name.split(' ')[0])).toEqual([
      'live_connect',
      'execute_tool',
    ]);
    await recording.exported('send_tool_response');
    await recording.exported('realtime_inference');
    expect(await recording.points('gemini.live.tool_responses')).toEqual([
      { labels: expect.objectContaining({ 'gemini.live.tool_response.outcome': 'ok' }), value: 1 },
    ]);
    session.close();
    const { spans, closure, turns } = await end();
    expect(turns[0]?.attributes['gemini.live.turn.outcome']).toBe('complete');
    expect(closure.links).toHaveLength(3);
    expect(
      named(spans, 'send_tool_response')[0]?.attributes['gemini.live.tool_response.acknowledged_by'],
    ).toBe('audio');
  });
});

it('a close reason of 123 bytes was cut, also where a credential stood in it', async () => {
  const start = 'The key AIzaSyPlanted0Key was refused. ';
  const reason = start.padEnd(123, 'More on this under the link. ');
  const { end } = await talk(answering({ do: 'close', code: 1008, reason }));
  const { closure } = await end();
  expect(closureFacts(closure)).toMatchObject({
    reason: reason.replace('AIzaSyPlanted0Key', '[redacted]'),
    reason_truncated: true,
  });
});

it('an error inside a message is an event of the session', async () => {
  const message = { error: { code: 500, status: 'INTERNAL', message: 'Something broke.' } };
  const { recording, app, session, end } = await talk(answering({ do: 'message', message }));
  await app.seen((one) => 'error' in one || Object.keys(one).length === 0, 1);
  session.close();
  await end();
  expect(
    (await recording.span('live_session')).events.map(({ name, attributes }) => [name, attributes]),
  ).toEqual([
    [
      'server_error',
      {
        'gemini.live.server_error.code': 500,
        'gemini.live.server_error.status': 'INTERNAL',
        'gemini.live.server_error.message': 'Something broke.',
      },
    ],
  ]);
});

it('a function that does not block may be answered in parts, and says so', async () => {
  const config = {
    tools: [{ functionDeclarations: [{ name: 'book_table', behavior: 'NON_BLOCKING' }] }],
  } as unknown as LiveConnectConfig;
  const { app, session, end } = await talk(
    answering({ do: 'tool_call', calls: [{}], wait: false }, speak, { do: 'turn_complete' }),
    { config },
  );
  const [answer] = answersTo(await app.seen(toolCall));
  const part = { ...answer, scheduling: 'WHEN_IDLE' } as object;
  session.sendToolResponse({ functionResponses: [{ ...part, willContinue: true }] });
  session.sendToolResponse({ functionResponses: [{ ...part, willContinue: false }] });
  await app.seen(turnComplete);
  session.close();
  const { spans, closure } = await end();
  const [call] = named(spans, 'execute_tool');
  expect(call?.attributes).toMatchObject({
    'gemini.live.tool_call.non_blocking': true,
    'gemini.live.tool_call.responses': 2,
    'gemini.live.tool_call.outcome': 'answered',
  });
  expect(
    named(spans, 'send_tool_response').map(({ attributes }) => [
      attributes['gemini.live.tool_response.will_continue'],
      attributes['gemini.live.tool_response.scheduling'],
      attributes['gemini.live.tool_response.id_match'],
      attributes['gemini.live.tool_response.pending_after'],
    ]),
  ).toEqual([
    [true, 'WHEN_IDLE', 'matched', 1],
    [undefined, 'WHEN_IDLE', 'matched', 0],
  ]);
  expect(closure.attributes['gemini.live.session.unmatched_responses']).toBe(0);
});
