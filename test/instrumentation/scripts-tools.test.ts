import { describe, expect, it } from 'vitest';
import { closeFrames, scripts, toolSlow } from '../../src/testing/index.ts';
import { answerAtOnce, answersTo, model31, toolCall, turnComplete } from './application.ts';
import { talk } from './conversation.ts';
import {
  closedByClient,
  closedByServer,
  closureFacts,
  expectClosurePoint,
  expectTrafficOf,
  expectUsageOf,
  named,
} from './expect-trace.ts';
import { outline } from './span-outline.ts';

const answeredTurn = {
  preceding_event: 'turn_complete',
  last_sent_kind: 'tool_response',
  last_received_kind: 'turn_complete',
  tool_response_encoding: 'ascii',
  tool_response_id_match: 'matched',
  tool_response_acknowledged: true,
};

describe('tool-single', () => {
  it('is a turn with a tool call and the response that ended it', async () => {
    const { recording, app, session, end } = await talk(scripts['tool-single'], {
      model: model31,
      onmessage: answerAtOnce(),
    });
    await app.seen(turnComplete);
    session.close();
    const { spans, closure, simulated } = await end();
    expect(outline(spans)).toEqual([
      'live_session',
      '  live_connect',
      '  realtime_inference 1',
      '    execute_tool get_weather 1',
      '      send_tool_response 1',
      '  live_closure',
      '    ~ turn: realtime_inference 1',
      '    ~ tool_call: execute_tool get_weather 1',
      '    ~ tool_response: send_tool_response 1',
    ]);
    expect(closureFacts(closure)).toMatchObject({
      ...closedByClient,
      ...answeredTurn,
      tool_response_size: 127,
      tool_response_tools: ['get_weather'],
    });
    expectTrafficOf(simulated, closure);
    expectUsageOf(app, closure);
    await expectClosurePoint(recording, model31);
    const [turn] = named(spans, 'realtime_inference');
    expect(turn?.attributes).toMatchObject({
      'gemini.live.turn.trigger': 'client_content',
      'gemini.live.turn.outcome': 'complete',
      'gemini.live.turn.tool_calls': 1,
      'gemini.live.turn.audio_size': 2_400 * 48,
    });
    const [response] = named(spans, 'send_tool_response');
    expect(response?.attributes).toMatchObject({
      'gemini.live.tool_response.acknowledged': true,
      'gemini.live.tool_response.acknowledged_by': 'audio',
      'gemini.live.tool_response.outcome': 'ok',
    });
  });

  it('is two turns of a model that ends one with its call, and the response is acknowledged by the second', async () => {
    const { app, session, end } = await talk(scripts['tool-single'], { onmessage: answerAtOnce() });
    await app.seen(turnComplete, 2);
    session.close();
    const { spans, closure, turns } = await end();
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
    expect(closureFacts(closure)).toMatchObject({ ...closedByClient, ...answeredTurn });
    const said = (name: string) => turns.map(({ attributes }) => attributes[`gemini.live.turn.${name}`]);
    expect(said('trigger')).toEqual(['client_content', 'tool_response']);
    expect(said('outcome')).toEqual(['complete', 'complete']);
    const [response] = named(spans, 'send_tool_response');
    expect(response?.attributes['gemini.live.tool_response.acknowledged_by']).toBe('audio');
  });

  it('counts the response as one that no end followed', async () => {
    const { recording, app, session, end } = await talk(scripts['tool-single'], {
      model: model31,
      onmessage: answerAtOnce(),
    });
    await app.seen(turnComplete);
    session.close();
    await end();
    expect(await recording.points('gemini.live.tool_responses')).toEqual([
      {
        labels: {
          'gen_ai.provider.name': 'gcp.gemini',
          'gen_ai.request.model': model31,
          'gen_ai.tool.name': 'get_weather',
          'gemini.live.tool_response.outcome': 'ok',
          'gemini.live.tool_response.encoding': 'ascii',
          'gemini.live.tool_response.id_match': 'matched',
          'gemini.live.tool_response.input_while_pending': false,
        },
        value: 1,
      },
    ]);
  });
});

describe('tool-nested', () => {
  it('is one turn with two calls, one after the other', async () => {
    const { app, session, end } = await talk(scripts['tool-nested'], {
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
      '    execute_tool get_weather 1',
      '      send_tool_response 1',
      '    execute_tool get_time 2',
      '      send_tool_response 2',
      '  live_closure',
      '    ~ turn: realtime_inference 1',
      '    ~ tool_call: execute_tool get_time 2',
      '    ~ tool_response: send_tool_response 2',
    ]);
    expect(
      named(spans, 'send_tool_response').map(
        ({ attributes }) => attributes['gemini.live.tool_response.acknowledged_by'],
      ),
    ).toEqual(['tool_call', 'audio']);
    expectUsageOf(app, closure);
  });
});

describe('tool-slow', () => {
  it('leaves a closure with the call that was never answered', async () => {
    const { recording, end } = await talk(toolSlow({ limitMs: 5_000 }), { model: model31 });
    const { spans, closure, simulated } = await end();
    expect(outline(spans)).toEqual([
      'live_session !',
      '  live_connect',
      '  realtime_inference 1 !',
      '    execute_tool get_weather 1 !',
      '  live_closure !',
      '    ~ turn: realtime_inference 1',
      '    ~ tool_call: execute_tool get_weather 1',
    ]);
    expect(closureFacts(closure)).toEqual({
      ...closedByServer(closeFrames.threadCancelled),
      preceding_event: 'tool_call',
      last_sent_kind: 'client_content',
      last_sent_size: 92,
      last_received_kind: 'tool_call',
      last_received_size: 207,
      turn_open: true,
      tool_calls_pending: 1,
      tools_pending: ['get_weather'],
    });
    expectTrafficOf(simulated, closure);
    await expectClosurePoint(recording, model31);
    expect(await recording.points('gemini.live.tool_responses')).toEqual([]);
  });

  it('answered in time says how long the tool took', async () => {
    const { app, session, end } = await talk(toolSlow(), { model: model31 });
    const functionResponses = answersTo(await app.seen(toolCall));
    await new Promise((resolve) => setTimeout(resolve, 60));
    session.sendToolResponse({ functionResponses });
    await app.seen(turnComplete);
    session.close();
    const { spans, closure } = await end();
    const [response] = named(spans, 'send_tool_response');
    expect(response?.attributes['gemini.live.tool_response.call_latency']).toBeGreaterThanOrEqual(0.059);
    expect(closure.attributes['gemini.live.closure.tool_response_latency']).toBe(
      response?.attributes['gemini.live.tool_response.call_latency'],
    );
    expect(closureFacts(closure)).toMatchObject({ ...closedByClient, ...answeredTurn });
  });
});
