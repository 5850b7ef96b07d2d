import { describe, expect, it } from 'vitest';
import { scripts, toolCancelled } from '../../src/testing/index.ts';
import { answersTo, model31, say, toolCall, turnComplete } from './application.ts';
import { talk } from './conversation.ts';
import { attributesUnder, closedByClient, closureFacts, expectUsageOf, named } from './expect-trace.ts';
import { outline } from './span-outline.ts';

describe('tool-cancelled', () => {
  it('is a cancelled call in an interrupted turn, and the answer to the interruption a turn of its own', async () => {
    const { app, session, end } = await talk(toolCancelled(), { model: model31 });
    const functionResponses = answersTo(await app.seen(toolCall));
    await app.seen(turnComplete, 2);
    session.sendToolResponse({ functionResponses });
    session.close();
    const { spans, closure } = await end();
    expect(outline(spans)).toEqual([
      'live_session',
      '  live_connect',
      '  realtime_inference 1',
      '    execute_tool get_weather 1',
      '      send_tool_response 1',
      '  realtime_inference 2',
      '  live_closure',
      '    ~ turn: realtime_inference 2',
      '    ~ tool_call: execute_tool get_weather 1',
      '    ~ tool_response: send_tool_response 1',
    ]);
    expect(
      named(spans, 'realtime_inference').map(({ attributes }) => [
        attributes['gemini.live.turn.trigger'],
        attributes['gemini.live.turn.outcome'],
      ]),
    ).toEqual([
      ['client_content', 'interrupted'],
      ['none', 'complete'],
    ]);
    const [call] = named(spans, 'execute_tool');
    expect(call?.attributes).toMatchObject({
      'gemini.live.tool_call.outcome': 'cancelled',
      'error.type': 'cancelled',
    });
    expect(attributesUnder('gemini.live.session.', closure)).toMatchObject({
      turns: 2,
      interruptions: 1,
      spurious_interruptions: 0,
      unmatched_responses: 1,
    });
    expect(closureFacts(closure)).toMatchObject({
      ...closedByClient,
      preceding_event: 'tool_response',
      tool_response_id_match: 'cancelled',
      tool_response_acknowledged: false,
    });
    expectUsageOf(app, closure);
  });

  it('a late response does not pass for what the next turn answers', async () => {
    const { app, session, end } = await talk(toolCancelled(), { model: model31 });
    const functionResponses = answersTo(await app.seen(toolCall));
    await app.seen(({ toolCallCancellation }) => toolCallCancellation);
    session.sendToolResponse({ functionResponses });
    await app.seen(turnComplete, 2);
    session.close();
    const { spans } = await end();
    expect(
      named(spans, 'realtime_inference').map(({ attributes }) => attributes['gemini.live.turn.trigger']),
    ).toEqual(['client_content', 'none']);
  });

  it('by the voice of the user has the audio as the trigger of the next turn', async () => {
    const { app, session, end } = await talk(scripts['tool-single'], { model: model31 });
    await app.seen(toolCall);
    say(session);
    await app.seen(toolCall, 2);
    session.close();
    const { spans, closure } = await end();
    expect(outline(spans)).toEqual([
      'live_session',
      '  live_connect',
      '  realtime_inference 1',
      '    execute_tool get_weather 1',
      '  realtime_inference 2',
      '    execute_tool get_weather 2',
      '  live_closure',
      '    ~ turn: realtime_inference 2',
      '    ~ tool_call: execute_tool get_weather 2',
    ]);
    expect(
      named(spans, 'realtime_inference').map(({ attributes }) => attributes['gemini.live.turn.trigger']),
    ).toEqual(['client_content', 'last_audio_frame']);
    expect(closureFacts(closure)).toMatchObject({
      ...closedByClient,
      turn_open: true,
      tool_calls_pending: 1,
      tools_pending: ['get_weather'],
      input_frames_while_pending: 10,
    });
  });
});
