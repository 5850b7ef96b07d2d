import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import * as genai1 from 'genai-1';
import * as genai2 from 'genai-2';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Script, SimulatorOptions } from '../../src/testing/index.ts';
import {
  closeFrames,
  LiveServerSimulator,
  resumption,
  scripts,
  silence,
  speech,
} from '../../src/testing/index.ts';
import type { Application } from './client.ts';
import { answerTools, application, outlines, userTurn, weatherTools } from './client.ts';

const run = promisify(execFile);
const running: LiveServerSimulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

async function simulate(options: SimulatorOptions = {}): Promise<LiveServerSimulator> {
  const simulator = await LiveServerSimulator.start({ timeScale: 50, ...options });
  running.push(simulator);
  return simulator;
}

const turnComplete = (message: { serverContent?: { turnComplete?: boolean } }) =>
  message.serverContent?.turnComplete;

const plain: Script = {
  name: 'plain',
  description: 'Says one second of audio.',
  reactions: [
    {
      on: { event: 'user_turn' },
      do: [{ do: 'speak', ms: 1_000, text: 'One two three four five' }, { do: 'turn_complete' }],
    },
  ],
};

const endless: Script = {
  name: 'endless',
  description: 'Speaks for ten minutes.',
  reactions: [{ on: { event: 'user_turn', nth: 1 }, do: [{ do: 'speak', ms: 600_000 }] }],
};

const pcm = (data: Buffer): object => ({
  audio: { data: data.toString('base64'), mimeType: 'audio/pcm;rate=16000' },
});

/** Talks to the socket itself: what frames look like before a client library parses them. */
async function rawFrames(simulator: LiveServerSimulator, path: string, setup: object, count: number) {
  const socket = new WebSocket(simulator.url.replace('http', 'ws') + path);
  const frames: { text: string; binary: boolean }[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send(JSON.stringify({ setup }));
    });
    socket.on('message', (data, binary) => {
      frames.push({ text: String(data), binary });
      if (frames.length === 1) socket.send(JSON.stringify({ clientContent: userTurn }));
      if (frames.length === count) resolve();
    });
  });
  socket.terminate();
  return frames;
}

describe('frames', () => {
  it('are binary, pretty-printed JSON with a newline at the end', async () => {
    const simulator = await simulate({ script: plain });
    const [frame] = await rawFrames(simulator, '/', { model: 'models/m' }, 2);
    expect(frame).toEqual({ text: '{\n  "setupComplete": {}\n}\n', binary: true });
  });

  it('hold 200 ms of 24 kHz audio as Vertex AI sends it, byte for byte the same size', async () => {
    const simulator = await simulate({ script: plain });
    const path = '/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent';
    const [setupComplete, audio] = await rawFrames(simulator, path, { model: 'projects/p' }, 2);
    expect(Buffer.byteLength(setupComplete?.text ?? '')).toBe(85);
    expect(Buffer.byteLength(audio?.text ?? '')).toBe(13_020);
  });

  it('are compact with 40 ms of audio where the script asks for it', async () => {
    const simulator = await simulate({ script: plain, behaviour: { json: 'compact' } });
    const [setupComplete, audio] = await rawFrames(simulator, '/', { model: 'models/m' }, 2);
    expect(setupComplete?.text).toBe('{"setupComplete":{}}');
    const { data } = JSON.parse(audio?.text ?? '').serverContent.modelTurn.parts[0].inlineData;
    expect(Buffer.from(data, 'base64').length).toBe(1_920);
  });

  it('carry audio that is never silent, of the length the script says', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url);
    (await app.connected).sendClientContent(userTurn);
    await app.seen(turnComplete);
    const chunks = app.messages.flatMap((message) =>
      message.data ? [Buffer.from(message.data, 'base64')] : [],
    );
    expect(Buffer.concat(chunks).length).toBe(48_000);
    expect(chunks.every((chunk) => chunk.some((byte) => byte !== 0))).toBe(true);
  });

  it('carry audio at the pace of speech', async () => {
    const simulator = await simulate({ script: plain, timeScale: 1 });
    const app = application(simulator.url);
    (await app.connected).sendClientContent(userTurn);
    await app.seen((message) => message.data);
    const started = performance.now();
    await app.seen(() => app.messages.filter((message) => message.data).length === 5);
    const took = performance.now() - started;
    expect(took).toBeGreaterThan(700);
    expect(took).toBeLessThan(3_000);
  });

  it('are text in pieces where the session asks for TEXT', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url, {
      model: 'gemini-live-2.5-flash-preview',
      config: { responseModalities: ['TEXT' as never] },
    });
    (await app.connected).sendClientContent(userTurn);
    await app.seen(turnComplete);
    const texts = app.messages.flatMap((message) => message.text ?? []);
    expect(texts).toEqual(['One', ' two', ' three', ' four', ' five']);
  });

  it('carry the output transcription where the session asks for it', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url, { config: { outputAudioTranscription: {} } });
    (await app.connected).sendClientContent(userTurn);
    await app.seen(turnComplete);
    const texts = app.messages.map((message) => message.serverContent?.outputTranscription?.text ?? '');
    expect(texts.join('')).toBe('One two three four five');
  });
});

describe('the close handshake', () => {
  it.each([
    ['no code', undefined, 1000],
    ['a code', 4001, 4001],
  ] as const)('answers a close frame with %s', async (_what, code, answered) => {
    const simulator = await simulate({ script: plain });
    const socket = new WebSocket(simulator.url);
    await once(socket, 'open');
    socket.close(code);
    expect((await once(socket, 'close'))[0]).toBe(answered);
    expect(await simulator.sessions[0]?.closed).toMatchObject({ by: 'client', code: code ?? 1005 });
  });
});

describe('TLS', () => {
  it('serves clients that trust its authority, and no others', async () => {
    const simulator = await simulate({ script: plain, tls: { names: ['live.example.test'] } });
    expect(simulator.url).toMatch(/^https:/);
    const [frame] = await new Promise<string[]>((resolve, reject) => {
      const socket = new WebSocket(simulator.url, { ca: simulator.ca ?? '' });
      socket.on('error', reject);
      socket.on('open', () => socket.send(JSON.stringify({ setup: { model: 'models/m' } })));
      socket.on('message', (data) => resolve([String(data)]));
    });
    expect(frame).toContain('setupComplete');
    const stranger = new WebSocket(simulator.url);
    const [error] = await once(stranger, 'error');
    expect(error.code).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  });
});

describe('services', () => {
  it('Vertex AI names the session and gives tool calls no id', async () => {
    const simulator = await simulate({ script: scripts['tool-single'] });
    const app = application(simulator.url, {
      vertexai: true,
      config: { tools: weatherTools },
      onmessage: answerTools(),
    });
    (await app.connected).sendClientContent(userTurn);
    await app.seen(turnComplete);
    expect(app.messages[0]?.setupComplete?.sessionId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const [session] = simulator.sessions;
    expect({ api: session?.api, calls: session?.toolCalls, pending: session?.pendingToolCalls }).toEqual({
      api: 'vertex',
      calls: [{ name: 'get_weather', args: { city: 'example' } }],
      pending: 0,
    });
  });

  it.each([
    ['1', genai1],
    ['2', genai2],
  ])('talk to version %s of the client library', async (_, library) => {
    const simulator = await simulate({ script: scripts['tool-single'] });
    const app = application(simulator.url, {
      library,
      config: { tools: weatherTools },
      onmessage: answerTools(),
    });
    (await app.connected).sendClientContent(userTurn);
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual([
      'setupComplete',
      'modelTurn',
      'toolCall',
      'modelTurn',
      'generationComplete',
      'turnComplete+usageMetadata',
    ]);
  });

  it.each([
    ['wrong', closeFrames.keyInvalid],
    ['', closeFrames.callerUnregistered],
  ])('reject the key "%s" where one is required', async (apiKey, close) => {
    const simulator = await simulate({ requireKey: 'right' });
    const socket = new WebSocket(`${simulator.url.replace('http', 'ws')}/?key=${apiKey}`);
    socket.on('open', () => socket.send('{"setup":{"model":"models/m"}}'));
    const session = await simulator.nextSession();
    expect(await session.closed).toEqual({ by: 'server', ...close, at: expect.any(Number) });
  });

  it('accept the right key', async () => {
    const simulator = await simulate({ requireKey: 'right' });
    const app = application(simulator.url, { apiKey: 'right' });
    await app.connected;
    expect(app.messages).toMatchObject([{ setupComplete: {} }]);
  });

  it('end a session for what the client may not send', async () => {
    const simulator = await simulate();
    const app = application(simulator.url);
    (await app.connected).sendRealtimeInput({ activityStart: {} });
    expect(await app.closed).toEqual(closeFrames.activityWithAutomaticDetection);
  });

  it('ignore a response to no pending call', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendToolResponse({ functionResponses: [{ id: 'unknown', name: 'f', response: {} }] });
    session.sendClientContent(userTurn);
    await app.seen(turnComplete);
    expect(simulator.sessions[0]?.toolResponses).toEqual([{ id: 'unknown', name: 'f', response: {} }]);
  });

  it('end the session for a response to no pending call where the script says how', async () => {
    const simulator = await simulate({
      script: plain,
      behaviour: { unknownToolCall: closeFrames.entityNotFound },
    });
    const app = application(simulator.url);
    (await app.connected).sendToolResponse({ functionResponses: [{ id: 'x', name: 'f', response: {} }] });
    expect(await app.closed).toEqual(closeFrames.entityNotFound);
  });
});

describe('user input', () => {
  it('in audio is a turn when silence follows the speech, and is transcribed', async () => {
    const simulator = await simulate({
      script: { ...plain, behaviour: { voiceActivity: true, userSpeech: 'Good morning' } },
    });
    const app = application(simulator.url, { config: { inputAudioTranscription: {} } });
    (await app.connected).sendRealtimeInput(pcm(Buffer.concat([speech(600), silence(600)])));
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual([
      'setupComplete',
      'voiceActivity',
      'inputTranscription',
      'modelTurn',
      'generationComplete',
      'turnComplete+usageMetadata',
    ]);
    const transcription = await app.seen((message) => message.serverContent?.inputTranscription);
    expect(transcription.serverContent).toEqual({ inputTranscription: { text: 'Good morning' } });
  });

  it('in audio is a turn when no more audio comes', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url);
    (await app.connected).sendRealtimeInput(pcm(speech(200)));
    await app.seen(turnComplete);
    expect(outlines(app.messages).at(-1)).toBe('turnComplete+usageMetadata');
  });

  it('in audio is a turn at once when the stream ends', async () => {
    const simulator = await simulate({ script: plain, timeScale: 0.001 });
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendRealtimeInput(pcm(speech(200)));
    session.sendRealtimeInput({ audioStreamEnd: true });
    const { serverContent } = await app.seen((message) => message.serverContent);
    expect(Object.keys(serverContent ?? {})).toEqual(['modelTurn']);
  });

  it('between activity marks is a turn at activityEnd', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url, {
      config: { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
    });
    const session = await app.connected;
    session.sendRealtimeInput({ activityStart: {} });
    session.sendRealtimeInput(pcm(silence(100)));
    session.sendRealtimeInput({ activityEnd: {} });
    await app.seen(turnComplete);
    expect(simulator.sessions[0]?.received.map(({ kind }) => kind)).toEqual([
      'setup',
      'activity_start',
      'audio',
      'activity_end',
    ]);
  });

  it.each<[string, (session: Awaited<Application['connected']>) => void]>([
    ['speech', (session) => session.sendRealtimeInput(pcm(speech(200)))],
    ['text', (session) => session.sendRealtimeInput({ text: 'Stop' })],
    ['content', (session) => session.sendClientContent(userTurn)],
  ])('of %s interrupts the model', async (_, speak) => {
    const simulator = await simulate({ script: endless });
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendClientContent(userTurn);
    await app.seen((message) => message.serverContent?.modelTurn);
    speak(session);
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual([
      'setupComplete',
      'modelTurn',
      'interrupted',
      'turnComplete+usageMetadata',
    ]);
  });

  it('of speech cancels a pending tool call', async () => {
    const simulator = await simulate({ script: scripts['tool-single'] });
    const app = application(simulator.url, { config: { tools: weatherTools } });
    const session = await app.connected;
    session.sendClientContent(userTurn);
    const { toolCall } = await app.seen((message) => message.toolCall);
    session.sendRealtimeInput(pcm(speech(200)));
    const { toolCallCancellation } = await app.seen((message) => message.toolCallCancellation);
    expect(toolCallCancellation).toEqual({ ids: toolCall?.functionCalls?.map(({ id }) => id) });
    expect(simulator.sessions[0]?.pendingToolCalls).toBe(0);
  });
});

describe('resumption', () => {
  const handleOf = async (app: Application): Promise<string> => {
    const { sessionResumptionUpdate } = await app.seen(
      (message) => message.sessionResumptionUpdate?.newHandle,
    );
    return sessionResumptionUpdate?.newHandle ?? '';
  };

  it('continues the conversation of a known handle', async () => {
    const simulator = await simulate({ script: resumption({ goAwayAfterMs: 3_600_000 }) });
    const first = application(simulator.url, { config: { sessionResumption: {} } });
    (await first.connected).sendClientContent(userTurn);
    await first.seen(turnComplete);
    const usage = (app: Application) =>
      app.messages.find(turnComplete)?.usageMetadata?.promptTokenCount ?? Number.NaN;
    await first.seen(() => first.messages.filter((message) => message.sessionResumptionUpdate).length === 2);
    const handle = first.messages.findLast((message) => message.sessionResumptionUpdate)
      ?.sessionResumptionUpdate?.newHandle;
    (await first.connected).close();
    const second = application(simulator.url, { config: { sessionResumption: { handle: handle ?? '' } } });
    (await second.connected).sendRealtimeInput({ text: 'Hello' });
    await second.seen(turnComplete);
    expect(simulator.sessions[1]?.resumedFrom).toBe(0);
    expect(usage(second)).toBeGreaterThan(usage(first));
  });

  it('rejects a handle that was never issued', async () => {
    const simulator = await simulate({ script: resumption({ goAwayAfterMs: 3_600_000 }) });
    const app = application(simulator.url, { config: { sessionResumption: { handle: 'stale' } } });
    await expect(app.connected).rejects.toThrow(closeFrames.handleNotFound.reason);
    expect(await app.closed).toEqual(closeFrames.handleNotFound);
  });

  it('rejects a handle two hours after its session ended', async () => {
    const simulator = await simulate({ timeScale: 100_000 });
    const first = application(simulator.url, { config: { sessionResumption: {} } });
    await first.connected;
    const handle = await handleOf(first);
    (await first.connected).close();
    await simulator.sessions[0]?.closed;
    const waiting = application(simulator.url);
    await waiting.connected;
    await simulator.sessions[1]?.perform([{ do: 'wait', ms: 2 * 3_600_000 + 1_000 }]);
    const second = application(simulator.url, { config: { sessionResumption: { handle } } });
    await expect(second.connected).rejects.toThrow(closeFrames.handleExpired.reason);
    expect(await second.closed).toEqual(closeFrames.handleExpired);
  });

  it('sends no handle to a client that did not ask', async () => {
    const simulator = await simulate({ script: resumption({ goAwayAfterMs: 3_600_000 }) });
    const app = application(simulator.url);
    (await app.connected).sendClientContent(userTurn);
    await app.seen(turnComplete);
    expect(simulator.sessions[0]?.sent.byField.sessionResumptionUpdate).toBeUndefined();
  });
});

describe('LiveServerSimulator', () => {
  it('repeats ids, delays and chances with the same seed, and differs with another', async () => {
    const ids = async (seed: number): Promise<readonly unknown[]> => {
      const simulator = await simulate({ script: scripts['tool-parallel'], seed, timeScale: 500 });
      const app = application(simulator.url, { config: { tools: weatherTools } });
      (await app.connected).sendClientContent(userTurn);
      const { toolCall } = await app.seen((message) => message.toolCall);
      return toolCall?.functionCalls?.map(({ id }) => id) ?? [];
    };
    const first = await ids(3);
    expect(await ids(3)).toEqual(first);
    expect(await ids(4)).not.toEqual(first);
  });

  it('lets ten minutes take a second with a time scale of 600', async () => {
    const script: Script = {
      name: 'later',
      description: '',
      reactions: [{ on: { event: 'elapsed', ms: 600_000 }, do: [{ do: 'drop' }] }],
    };
    const simulator = await simulate({ script, timeScale: 600 });
    const started = performance.now();
    const app = application(simulator.url);
    await app.connected;
    const end = await simulator.sessions[0]?.closed;
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(end?.at).toBeGreaterThanOrEqual(600_000);
  });

  it('gives scripts in turn, and by a function of index and setup', async () => {
    const names = async (script: NonNullable<SimulatorOptions['script']>): Promise<readonly unknown[]> => {
      const simulator = await simulate({ script });
      for (const model of ['a', 'b', 'c']) await application(simulator.url, { model }).connected;
      return simulator.sessions.map((session) => session.script);
    };
    expect(await names([plain, endless])).toEqual(['plain', 'endless', 'plain']);
    expect(await names((_, setup) => (setup.model === 'models/b' ? endless : plain))).toEqual([
      'plain',
      'endless',
      'plain',
    ]);
  });

  it('lets a test act in a session by itself', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url);
    await app.connected;
    const session = await simulator.nextSession();
    await session.perform([{ do: 'close', ...closeFrames.quotaExceeded }]);
    expect(await app.closed).toEqual(closeFrames.quotaExceeded);
  });

  it('hands out a session with its setup', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url);
    const session = await simulator.nextSession();
    expect(session.setup).toMatchObject({ model: expect.any(String) });
    expect(session.script).toBe('plain');
    (await app.connected).close();
  });

  it('hands out a session that closes without a setup', async () => {
    const simulator = await simulate({ script: plain });
    const socket = new WebSocket(simulator.url.replace('http', 'ws'));
    socket.addEventListener('open', () => socket.close());
    const session = await simulator.nextSession();
    expect([session.setup, session.end?.by]).toEqual([undefined, 'client']);
  });

  it('keeps audio in a row as one entry, without its content', async () => {
    const simulator = await simulate({ script: plain });
    const app = application(simulator.url);
    const session = await app.connected;
    for (let index = 0; index < 3; index++) session.sendRealtimeInput(pcm(silence(20)));
    await simulator.sessions[0]?.waitFor('audio', 3);
    expect(simulator.sessions[0]?.received[1]).toEqual({
      kind: 'audio',
      count: 3,
      bytes: 3 * JSON.stringify({ realtimeInput: pcm(silence(20)) }).length,
      at: expect.any(Number),
    });
  });

  it('rejects a wait for what a closed session never sent', async () => {
    const simulator = await simulate();
    const app = application(simulator.url);
    (await app.connected).close();
    const session = await simulator.nextSession();
    await session.closed;
    await expect(session.waitFor('tool_response')).rejects.toThrow(
      'The session closed (1005 ) before the client sent tool_response.',
    );
  });

  it('closes at once although sessions are open and speaking, and frees its port', async () => {
    const simulator = await simulate({ script: endless });
    const app = application(simulator.url);
    (await app.connected).sendClientContent(userTurn);
    await app.seen((message) => message.serverContent?.modelTurn);
    const next = simulator.nextSession().then(() => simulator.nextSession());
    next.catch(() => {});
    const started = performance.now();
    await simulator.close();
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect(next).rejects.toThrow('The simulator was closed before another session connected.');
    expect(await app.closed).toEqual({ code: 1006, reason: '' });
    expect(simulator.sessions[0]?.end).toMatchObject({ by: 'simulator', code: 1006 });
    const again = await simulate({ port: simulator.port });
    expect(again.port).toBe(simulator.port);
  });

  it('leaves nothing behind that keeps a process alive', async () => {
    const index = new URL('../../src/testing/index.ts', import.meta.url).href;
    const program = `
      import { LiveServerSimulator } from ${JSON.stringify(index)};
      const simulator = await LiveServerSimulator.start();
      const socket = new WebSocket(simulator.url.replace('http', 'ws'));
      socket.onopen = () => socket.send('{"setup":{"model":"models/m"}}');
      await simulator.nextSession();
      await simulator.close();
      console.log('closed');
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      timeout: 20_000,
    });
    expect(stdout).toBe('closed\n');
  });

  it.each<[string, SimulatorOptions, string]>([
    ['a time scale of 0', { timeScale: 0 }, 'timeScale is 0: a number greater than 0 is allowed.'],
    ['no script in the list', { script: [] }, 'script is an empty list: at least one script is needed.'],
  ])('rejects %s', async (_, options, message) => {
    await expect(LiveServerSimulator.start(options)).rejects.toThrow(new TypeError(message));
  });
});
