import type { LiveServerMessage } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts, toolSlow } from '../../src/testing/index.ts';
import {
  answersTo,
  hello,
  later,
  model,
  model31,
  runApplication,
  silence100,
  toolCall,
  tools,
  turnComplete,
} from './application.ts';
import {
  attributesUnder,
  closedByClient,
  closureFacts,
  expectClosurePoint,
  expectSoundTrace,
  named,
  quietEnd,
} from './expect-trace.ts';
import { startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

/** The connection that every `Session` of the client has; no part of its types. */
interface Inside {
  readonly conn: {
    send(message: string): void;
    readonly ws: { terminate(): void; readonly readyState: number };
  };
}
const inside = (session: unknown) => (session as Inside).conn;

const closed = { ...closedByClient, last_received_kind: 'setup_complete', last_received_size: 26 };
const setupOnly = { preceding_event: 'setup_complete', last_sent_kind: 'setup', last_sent_size: 58 };

describe('an application that', () => {
  it('closes twice ends its session once', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start();
    const app = runApplication(recording.sdk, simulator.url);
    const session = await app.connected;
    session.close();
    session.close();
    await app.closed;
    session.close();
    const spans = await recording.spans();
    expectSoundTrace(spans);
    expect(outline(spans)).toEqual(['live_session', '  live_connect', '  live_closure']);
    expect(closureFacts(await recording.span('live_closure'))).toEqual({ ...closed, ...setupOnly });
    await expectClosurePoint(recording);
    expect(recording.logs()).toHaveLength(2);
  });

  it('sends after it closed is told from one that sent: what did not go out does not count', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start();
    const app = runApplication(recording.sdk, simulator.url);
    const session = await app.connected;
    session.close();
    session.sendClientContent(hello);
    await app.closed;
    session.sendClientContent(hello);
    const spans = await recording.spans();
    expectSoundTrace(spans);
    const closure = await recording.span('live_closure');
    expect(closureFacts(closure)).toEqual({ ...closed, ...setupOnly, send_errors: 1 });
    expect(attributesUnder('gemini.live.session.', closure)).toMatchObject({ sent_frames: 1, turns: 0 });
  });

  it('freezes its parameters is served all the same', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({ timeScale: 50 });
    const client = new recording.sdk.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
    const messages: LiveServerMessage[] = [];
    const ended = later();
    const callbacks = Object.freeze({
      onmessage: (message: LiveServerMessage) => void messages.push(message),
      onclose: () => ended.resolve(),
    });
    const session = await client.live.connect(Object.freeze({ model, config: Object.freeze({}), callbacks }));
    session.close();
    await ended.promise;
    expect(messages.map((message) => Object.keys(message))).toEqual([['setupComplete']]);
    expectSoundTrace(await recording.spans());
  });

  it('replaces its callbacks after connect() is called back there', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-single'],
      timeScale: 50,
    });
    const client = new recording.sdk.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
    const ended = later();
    const callbacks = { onmessage: (_: LiveServerMessage) => {}, onclose: () => ended.resolve() };
    const session = await client.live.connect({ model, config: { tools }, callbacks });
    callbacks.onmessage = (message) => {
      const functionResponses = answersTo(message);
      if (functionResponses.length > 0) session.sendToolResponse({ functionResponses });
      if (turnComplete(message)) session.close();
    };
    session.sendClientContent(hello);
    await ended.promise;
    const spans = await recording.spans();
    expectSoundTrace(spans);
    expect(named(spans, 'send_tool_response')).toHaveLength(1);
  });

  it('writes its messages by hand, in snake case, is understood', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-single'],
      timeScale: 50,
    });
    const app = runApplication(recording.sdk, simulator.url, { config: { tools } });
    const session = await app.connected;
    const connection = inside(session);
    const send = (message: string): void => connection.send(message);
    send(JSON.stringify({ client_content: { turns: hello.turns, turn_complete: true } }));
    const [answer] = answersTo(await app.seen(toolCall));
    send(
      JSON.stringify({ realtime_input: { audio: { data: silence100, mime_type: 'audio/pcm;rate=16000' } } }),
    );
    const written = JSON.stringify({ tool_response: { function_responses: [answer] } }, undefined, 2);
    send(written);
    await app.seen(turnComplete);
    session.close();
    await app.closed;
    const spans = await recording.spans();
    expectSoundTrace(spans);
    const [turn] = named(spans, 'realtime_inference');
    expect(turn?.attributes['gemini.live.turn.trigger']).toBe('client_content');
    const [response] = named(spans, 'send_tool_response');
    expect(response?.attributes).toMatchObject({
      'gemini.live.tool_response.wire_size': written.length,
      'gemini.live.tool_response.id_match': 'matched',
      'gemini.live.tool_response.name_match': 'matched',
      'gemini.live.tool_response.input_frames_while_pending': 1,
    });
    const closure = await recording.span('live_closure');
    expect(closure.attributes['gemini.live.session.sent_audio_frames']).toBe(1);
  });

  it('writes what is no JSON is recorded as having done so', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start();
    const app = runApplication(recording.sdk, simulator.url);
    inside(await app.connected).send('{"tool_response": ');
    await app.closed;
    expect(closureFacts(await recording.span('live_closure'))).toMatchObject({
      code: 1007,
      initiator: 'server',
      expected: false,
      preceding_event: 'other',
      last_sent_kind: 'invalid',
      last_sent_size: 18,
    });
  });

  it('terminates the socket behind the session leaves an end without a close frame', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({ script: toolSlow(), timeScale: 50 });
    const app = runApplication(recording.sdk, simulator.url, { model: model31, config: { tools } });
    const session = await app.connected;
    session.sendClientContent(hello);
    await app.seen(toolCall);
    inside(session).ws.terminate();
    await app.closed;
    const spans = await recording.spans();
    expectSoundTrace(spans);
    expect(closureFacts(await recording.span('live_closure'))).toEqual({
      ...quietEnd,
      code: 1006,
      was_clean: false,
      initiator: 'network',
      expected: false,
      preceding_event: 'tool_call',
      last_sent_kind: 'client_content',
      last_sent_size: 92,
      last_received_kind: 'tool_call',
      last_received_size: 207,
      turn_open: true,
      tool_calls_pending: 1,
      tools_pending: ['get_weather'],
      'error.type': '1006',
    });
  });

  it('turns the instrumentation off has its open session recorded to the end, and no other', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start();
    const first = runApplication(recording.sdk, simulator.url);
    const session = await first.connected;
    recording.instrumentation.disable();
    const second = runApplication(recording.sdk, simulator.url);
    for (const one of [session, await second.connected]) one.close();
    await Promise.all([first.closed, second.closed]);
    const spans = await recording.spans();
    expectSoundTrace(spans);
    expect(spans).toHaveLength(3);
  });
});
