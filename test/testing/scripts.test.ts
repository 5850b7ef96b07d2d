import { afterEach, describe, expect, it } from 'vitest';
import type { Script, SimulatorOptions } from '../../src/testing/index.ts';
import {
  closeFrames,
  goAway,
  LiveServerSimulator,
  race,
  scripts,
  setupRejected,
  toolCancelled,
  toolResponse1011,
  toolSlow,
} from '../../src/testing/index.ts';
import type { Application, ConnectOptions } from './client.ts';
import { answerTools, application, outlines, userTurn, weatherTools } from './client.ts';

const open: LiveServerSimulator[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

async function simulate(script: Script, options: SimulatorOptions = {}): Promise<LiveServerSimulator> {
  const simulator = await LiveServerSimulator.start({ script, timeScale: 50, ...options });
  open.push(simulator);
  return simulator;
}

/** An application with tools that said hello. */
async function talk(simulator: LiveServerSimulator, options: ConnectOptions = {}): Promise<Application> {
  const app = application(simulator.url, { config: { tools: weatherTools }, ...options });
  (await app.connected).sendClientContent(userTurn);
  return app;
}

const turnComplete = (message: { serverContent?: { turnComplete?: boolean } }) =>
  message.serverContent?.turnComplete;

const answered = ['modelTurn', 'generationComplete', 'turnComplete+usageMetadata'];

describe('healthy-talk', () => {
  it('answers a turn in speech, with generationComplete before turnComplete and usage beside it', async () => {
    const simulator = await simulate(scripts['healthy-talk']);
    const app = await talk(simulator);
    await app.seen(turnComplete);
    expect(outlines(app.messages).filter((name) => name !== 'empty')).toEqual(['setupComplete', ...answered]);
  });

  it('is ended by the client alone', async () => {
    const simulator = await simulate(scripts['healthy-talk']);
    const app = await talk(simulator);
    await app.seen(turnComplete);
    (await app.connected).close();
    const session = await simulator.nextSession();
    expect(await session.closed).toEqual({ by: 'client', code: 1005, reason: '', at: expect.any(Number) });
  });
});

describe('tools', () => {
  it('tool-single makes one call and answers after its response', async () => {
    const simulator = await simulate(scripts['tool-single']);
    const app = await talk(simulator, { config: { tools: weatherTools }, onmessage: answerTools() });
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
    const [session] = simulator.sessions;
    expect(session?.toolCalls).toEqual([
      { id: expect.stringMatching(/^function-call-\d{19}$/), name: 'get_weather', args: { city: 'example' } },
    ]);
    expect(session?.toolResponses).toEqual([
      { id: session?.toolCalls[0]?.id, name: 'get_weather', response: { ok: true } },
    ]);
  });

  it('tool-parallel makes three calls in one frame and waits for all of them', async () => {
    const simulator = await simulate(scripts['tool-parallel']);
    const app = await talk(simulator);
    const { toolCall } = await app.seen((message) => message.toolCall);
    const calls = toolCall?.functionCalls ?? [];
    expect(calls.map(({ name }) => name)).toEqual(['get_weather', 'get_time', 'get_weather']);
    const session = await app.connected;
    const responses = calls.map(({ id, name }) => ({ id, name, response: { ok: true } }));
    session.sendToolResponse({ functionResponses: responses.slice(0, 2) });
    await simulator.sessions[0]?.waitFor('tool_response');
    expect(simulator.sessions[0]?.pendingToolCalls).toBe(1);
    session.sendToolResponse({ functionResponses: responses.slice(2) });
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
  });

  it('tool-nested makes a second call in the same turn', async () => {
    const simulator = await simulate(scripts['tool-nested']);
    const app = await talk(simulator, { config: { tools: weatherTools }, onmessage: answerTools() });
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
    expect(simulator.sessions[0]?.toolCalls.map(({ name }) => name)).toEqual(['get_weather', 'get_time']);
  });

  it('tool-slow ends the session when a call stays unanswered', async () => {
    const app = await talk(await simulate(toolSlow({ limitMs: 5_000 })));
    expect(await app.closed).toEqual(closeFrames.threadCancelled);
  });

  it('tool-slow answers when the call is answered in time', async () => {
    const simulator = await simulate(toolSlow(), { timeScale: 10 });
    const app = await talk(simulator, { config: { tools: weatherTools }, onmessage: answerTools() });
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
  });

  it('tool-cancelled cancels the call, interrupts the turn and goes on', async () => {
    const app = await talk(await simulate(toolCancelled()));
    await app.seen(() => app.messages.filter(turnComplete).length === 2);
    const { toolCall } = await app.seen((message) => message.toolCall);
    const { toolCallCancellation } = await app.seen((message) => message.toolCallCancellation);
    expect(toolCallCancellation).toEqual({ ids: [toolCall?.functionCalls?.[0]?.id] });
    expect(outlines(app.messages)).toEqual([
      'setupComplete',
      'modelTurn',
      'toolCall',
      'toolCallCancellation',
      'interrupted',
      'turnComplete+usageMetadata',
      ...answered,
    ]);
  });

  it('race ends the session with 1008 when input comes while a call is pending', async () => {
    const app = await talk(await simulate(race()));
    await app.seen((message) => message.toolCall);
    (await app.connected).sendRealtimeInput({ audio: { data: 'AAAA', mimeType: 'audio/pcm;rate=16000' } });
    expect(await app.closed).toEqual(closeFrames.notImplemented);
  });

  it('race with probability 0 answers although input came', async () => {
    const app = await talk(await simulate(race({ probability: 0 })));
    const { toolCall } = await app.seen((message) => message.toolCall);
    const session = await app.connected;
    session.sendRealtimeInput({ audio: { data: 'AAAA', mimeType: 'audio/pcm;rate=16000' } });
    const [call] = toolCall?.functionCalls ?? [];
    session.sendToolResponse({ functionResponses: [{ id: call?.id, name: call?.name, response: {} }] });
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
  });

  it.each([
    ['tool-response-1011', closeFrames.internalError],
    ['tool-response-1008', closeFrames.entityNotFound],
  ] as const)('%s ends the session after a well-formed response', async (name, close) => {
    const app = await talk(await simulate(scripts[name]), {
      config: { tools: weatherTools },
      onmessage: answerTools(),
    });
    expect(await app.closed).toEqual(close);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall']);
  });

  it('oversize-response ends the session after a response above the limit', async () => {
    const app = await talk(await simulate(scripts['oversize-response']), {
      config: { tools: weatherTools },
      onmessage: answerTools({ blob: 'x'.repeat(128_000) }),
    });
    expect(await app.closed).toEqual(closeFrames.contextOverflow);
  });

  it('oversize-response answers a small response', async () => {
    const app = await talk(await simulate(scripts['oversize-response']), {
      config: { tools: weatherTools },
      onmessage: answerTools(),
    });
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
  });
});

describe('endings', () => {
  it('goaway announces the end and ends a client that stays with the 123-byte text', async () => {
    const app = await talk(await simulate(goAway(), { timeScale: 1_200 }));
    expect(await app.seen((message) => message.goAway)).toMatchObject({ goAway: { timeLeft: '50s' } });
    expect(await app.closed).toEqual(closeFrames.goAwayNotHonoured);
    expect(Buffer.byteLength(closeFrames.goAwayNotHonoured.reason)).toBe(123);
  });

  it('goaway lets a client that honours it close by itself', async () => {
    const simulator = await simulate(goAway({ atMs: 5_000, timeLeftMs: 500_000 }));
    const app = await talk(simulator, {
      onmessage: (message, session) => {
        if (message.goAway) session().close();
      },
    });
    expect(await app.closed).toEqual({ code: 1000, reason: '' });
    expect((await simulator.sessions[0]?.closed)?.by).toBe('client');
  });

  it('idle ends a session in which nobody speaks, although silent audio flows', async () => {
    const simulator = await simulate(scripts.idle, { timeScale: 600 });
    const app = application(simulator.url);
    const session = await app.connected;
    const silent = Buffer.alloc(3_200).toString('base64');
    session.sendRealtimeInput({ audio: { data: silent, mimeType: 'audio/pcm;rate=16000' } });
    expect(await app.closed).toEqual(closeFrames.aborted);
    expect((await simulator.sessions[0]?.closed)?.at).toBeGreaterThanOrEqual(150_000);
  });

  it('setup-rejected closes before setupComplete', async () => {
    const simulator = await simulate(setupRejected({ close: closeFrames.textModality }));
    const app = application(simulator.url);
    await expect(app.connected).rejects.toThrow(closeFrames.textModality.reason);
    expect(await app.closed).toEqual(closeFrames.textModality);
    expect(simulator.sessions[0]?.sent).toEqual({ frames: 0, bytes: 0, byField: {} });
  });

  it('setup-mute never answers and leaves the socket open', async () => {
    const simulator = await simulate(scripts['setup-mute']);
    application(simulator.url).connected.catch(() => {});
    const session = await simulator.nextSession();
    await session.waitFor('setup');
    await session.perform([{ do: 'wait', ms: 10_000 }]);
    expect({ end: session.end, sent: session.sent.frames }).toEqual({ end: undefined, sent: 0 });
  });

  it('drop destroys the connection in the middle of an answer', async () => {
    const app = await talk(await simulate(scripts.drop));
    expect(await app.closed).toEqual({ code: 1006, reason: '' });
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn']);
  });

  it('a probability of a tenth ends about a tenth of the sessions', async () => {
    const simulator = await simulate(toolResponse1011({ probability: 0.1 }), { timeScale: 1_000, seed: 7 });
    const ends = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const app = await talk(simulator, { config: { tools: weatherTools }, onmessage: answerTools() });
        return Promise.race([
          app.closed.then(({ code }) => code),
          app.seen(turnComplete).then(() => 'answered'),
        ]);
      }),
    );
    const closed = ends.filter((end) => end === 1011).length;
    expect(closed).toBeGreaterThan(0);
    expect(closed).toBeLessThan(12);
  });
});
