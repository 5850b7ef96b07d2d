import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as genai from '@google/genai';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LiveClosure, type LiveStall, onStall } from '../../src/index.ts';
import { LiveServerSimulator, type Script, scripts, speech } from '../../src/testing/index.ts';
import { answerTools, application, userTurn, weatherTools } from '../testing/client.ts';
import { record, told } from './in-process.ts';

const model = 'gemini-3.1-flash-live-preview';

/** Calls a tool, and does nothing with the response. */
const silentAfterTool: Script = {
  name: 'silent-after-tool',
  description: 'The response to a tool call is followed by nothing.',
  reactions: [{ on: { event: 'user_turn' }, do: [{ do: 'tool_call', calls: [{}] }, { do: 'mute' }] }],
};
/** Accepts the setup and never says anything. */
const silent: Script = {
  name: 'silent',
  description: 'Nothing is ever answered.',
  reactions: [{ on: { event: 'user_turn' }, do: [{ do: 'wait', ms: 1 }] }],
};

const eventsOf = (span: ReadableSpan) =>
  span.events
    .filter(({ name }) => name.startsWith('stall'))
    .map(({ name, attributes }) => ({ name, ...attributes }));
const labels = (kind: string, cause: string) => ({
  'gen_ai.request.model': model,
  'gemini.live.stall.kind': kind,
  'gemini.live.stall.cause': cause,
});

/** A session that stalls, with the hooks on. */
async function stalling(script: Script, thresholds: Parameters<typeof record>[2]) {
  const stall = told<LiveStall>();
  const closure = told<LiveClosure>();
  const recording = await record(script, { onStall: stall.tell, onClosure: closure.tell }, thresholds);
  return { ...recording, stall: stall.value, closure: closure.value };
}

describe('a stall is told of while it lasts', () => {
  it('music that stops', async () => {
    const { stall, counts } = await stalling(silent, { musicMs: 300 });
    await using simulator = await LiveServerSimulator.start({ music: { chunkMs: 50, silentAfterChunks: 2 } });
    const httpOptions = { baseUrl: simulator.url, apiVersion: 'v1alpha' };
    const { music } = new genai.GoogleGenAI({ apiKey: 'test', httpOptions }).live;
    const session = await music.connect({
      model: 'models/lyria-realtime-exp',
      callbacks: {
        onmessage({ setupComplete }) {
          if (setupComplete) session.play();
        },
      },
    });
    expect(await stall).toMatchObject({
      model: 'lyria-realtime-exp',
      kind: 'music_silent',
      cause: 'stall-music-silent',
      evidence: ['2 chunks of audio came, 100 ms of music.', 'No prompts were set.'],
    });
    session.close();
    expect(await counts('gemini.live.stalls')).toEqual([
      {
        labels: {
          ...labels('music_silent', 'stall-music-silent'),
          'gen_ai.request.model': 'lyria-realtime-exp',
        },
        value: 1,
      },
    ]);
  });

  it('a setup that is never answered', async () => {
    const { url, instrumentation, stall, closure, span, counts } = await stalling(scripts['setup-mute'], {
      setupMs: 200,
    });
    application(url, { model });
    const told = await stall;

    expect(told).toEqual({
      at: expect.closeTo(Date.now(), -4),
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      conversationId: told.sessionId,
      model,
      kind: 'setup_unanswered',
      since: expect.closeTo(told.at - 350, -3),
      cause: 'stall-no-setup-complete',
      hypothesis: 'setup',
      category: 'setup',
      confidence: 'high',
      explanation: expect.stringMatching(
        /^The setup was sent [\d.]+ m?s ago, and setupComplete has not come\.$/,
      ),
      remedy: expect.stringContaining('Set a time limit for the setup'),
      evidence: [
        expect.stringMatching(/^No setupComplete for [\d.]+ m?s after the setup; the socket is open\.$/),
      ],
      against: [],
      context: [],
      rivals: [],
      retry: { when: 'later', why: expect.stringMatching(/\.$/) },
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(await counts('gemini.live.stalls')).toEqual([
      { labels: labels('setup_unanswered', 'stall-no-setup-complete'), value: 1 },
    ]);

    instrumentation.endSessions();
    expect(await closure).toMatchObject({ stall: 'setup_unanswered', phase: 'setup', traceId: told.traceId });
    const session = span(`live_session ${model}`);
    expect(session.spanContext().spanId).toBe(told.spanId);
    expect(eventsOf(session)).toEqual([
      {
        name: 'stall',
        'gemini.live.stall.kind': 'setup_unanswered',
        'gemini.live.stall.cause': 'stall-no-setup-complete',
        'gemini.live.stall.duration': expect.closeTo((told.at - told.since) / 1_000, 3),
      },
    ]);
    expect(span('live_closure').attributes).toMatchObject({
      'gemini.live.closure.stall': 'setup_unanswered',
      'gemini.live.closure.stall_duration': expect.any(Number),
    });
  });

  it('a tool call without a response, until the response comes', async () => {
    const { url, stall, closure, span } = await stalling(scripts['tool-single'], { toolCallMs: 200 });
    const app = application(url, { model, config: { tools: weatherTools } });
    const session = await app.connected;
    session.sendClientContent(userTurn);
    expect(await stall).toMatchObject({
      kind: 'tool_call_unanswered',
      tool: 'get_weather',
      cause: 'stall-unanswered-tool-call',
      retry: { when: 'no' },
    });

    const { toolCall } = await app.seen((message) => message.toolCall);
    session.sendToolResponse({
      functionResponses: toolCall?.functionCalls?.map(({ id, name }) => ({
        id,
        name,
        response: { ok: true },
      })),
    });
    await app.seen((message) => message.serverContent?.turnComplete);
    session.close();
    expect(await closure).not.toHaveProperty('stall');
    expect(eventsOf(span(`live_session ${model}`)).map(({ name }) => name)).toEqual(['stall', 'stall_ended']);
  });

  it('silence after a tool response', async () => {
    const { url, stall, counts } = await stalling(silentAfterTool, { toolResponseMs: 200 });
    const app = application(url, { model, config: { tools: weatherTools }, onmessage: answerTools() });
    const session = await app.connected;
    session.sendClientContent(userTurn);
    expect(await stall).toMatchObject({
      kind: 'tool_response_unanswered',
      cause: 'stall-3x-blocking-after-tool-response',
      confidence: 'medium',
      evidence: expect.arrayContaining(['No frame of the service came after it.']),
      retry: { when: 'no' },
    });
    expect(await counts('gemini.live.stalls')).toEqual([
      { labels: labels('tool_response_unanswered', 'stall-3x-blocking-after-tool-response'), value: 1 },
    ]);
    session.close();
  });

  it("silence after the user's turn, of which no more is known", async () => {
    const { url, stall } = await stalling(silent, { turnMs: 200 });
    const session = await application(url, { model }).connected;
    session.sendRealtimeInput({ text: 'Hello?' });
    expect(await stall).toMatchObject({
      kind: 'turn_unanswered',
      cause: 'stall-no-generation',
      hypothesis: 'internal_error',
      confidence: 'low',
      evidence: [
        expect.stringMatching(/^No output for [\d.]+ m?s after text was sent\.$/),
        `The model is ${model}.`,
      ],
      rivals: [{ cause: 'stall-post-resume-no-generation' }],
    });
    session.close();
  });

  it('a silent line while the user speaks', async () => {
    const { url, stall } = await stalling(silent, { lineMs: 200 });
    const session = await application(url, { model }).connected;
    const audio = { data: speech(20).toString('base64'), mimeType: 'audio/pcm;rate=16000' };
    const sending = setInterval(() => session.sendRealtimeInput({ audio }), 20);
    expect(await stall).toMatchObject({
      kind: 'line_silent',
      cause: 'idle-zombie-no-close',
      confidence: 'low',
      against: ['A user who says nothing looks the same: the service does not answer silence.'],
    });
    clearInterval(sending);
    session.close();
  });
});

describe('onStall of the package', () => {
  it('is told once of each stall of any instrumentation, until it is called off', async () => {
    const kinds: string[] = [];
    const off = onStall(({ kind }) => kinds.push(kind));
    for (const _ of ['heard', 'called off']) {
      const { url, stall } = await stalling(silent, { turnMs: 100 });
      const session = await application(url, { model }).connected;
      session.sendClientContent(userTurn);
      await stall;
      await nextTurn();
      off();
      session.close();
    }
    expect(kinds).toEqual(['turn_unanswered']);
  });
});

it('nothing stalls in a conversation that goes well', async () => {
  const { url, closure, counts } = await stalling(scripts['tool-single'], {
    setupMs: 2_000,
    turnMs: 2_000,
    toolCallMs: 2_000,
    toolResponseMs: 2_000,
  });
  const app = application(url, { model, config: { tools: weatherTools }, onmessage: answerTools() });
  const session = await app.connected;
  session.sendClientContent(userTurn);
  await app.seen((message) => message.serverContent?.turnComplete);
  session.close();
  await closure;
  expect(await counts('gemini.live.stalls')).toEqual([]);
});

describe('a session that never comes about is ended in the record', () => {
  it('where the setup is never answered', async () => {
    const { url, closure, counts, span } = await stalling(scripts['setup-mute'], {
      connectMs: 300,
      setupMs: 100,
    });
    application(url, { model });

    expect(await closure).toMatchObject({
      cause: 'stall-no-setup-complete',
      hypothesis: 'setup',
      initiator: 'network',
      expected: false,
      phase: 'setup',
      stall: 'setup_unanswered',
      retry: { when: 'later' },
      explanation: expect.stringContaining('The setup was not answered within 0 s.'),
    });
    expect((await counts('gemini.live.session.active')).map(({ value }) => value)).toEqual([0]);
    expect(span(`live_session ${model}`).status.code).toBe(2);
  });

  it('where nobody answers the handshake', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { closure } = await stalling(scripts['setup-mute'], { connectMs: 300 });
    application(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { model });

    expect(await closure).toMatchObject({
      cause: 'connect-unanswered',
      hypothesis: 'connection',
      phase: 'handshake',
      retry: { when: 'later' },
    });
  });
});
