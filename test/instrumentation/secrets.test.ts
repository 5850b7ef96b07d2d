import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveServerSimulator, type Script, type SimulatorOptions } from '../../src/testing/index.ts';
import { answersTo, runApplication, say, tools, turnComplete } from './application.ts';
import { type Recording, startRecording } from './recording.ts';

/** Credentials of every kind that an application hands to the client, or the service repeats. */
const credentials = {
  apiKey: 'AIzaSyPlanted0KeyOfTheApplication0123456',
  header: 'AIzaSyPlanted0HeaderOfTheApplication01234',
  bearer: 'ya29.planted-bearer-token',
  ephemeral: 'auth_tokens/planted-ephemeral-token',
  handle: 'planted-resumption-handle',
  reason: 'AIzaSyPlanted0KeyInReason',
  inError: 'AIzaSyPlanted0KeyInError',
  inResult: 'AIzaSyPlanted0KeyInResult',
} as const;

/** What was said and done. */
const content = {
  userSpeech: 'planted-words-of-the-user',
  modelSpeech: 'planted-words-of-the-model',
  modelText: 'planted-text-of-the-model',
  userText: 'planted-text-of-the-user',
  realtimeText: 'planted-realtime-text',
  argument: 'planted-argument',
  result: 'planted-result',
} as const;

/** Never recorded, whatever is captured. */
const never = {
  instruction: 'planted-system-instruction',
  description: 'planted-function-description',
  code: 'planted-executable-code',
} as const;

/** Talks with all of that, then ends with a reason that repeats a key. */
const script: Script = {
  name: 'planted',
  description: 'Repeats what it should not.',
  reactions: [
    {
      on: { event: 'user_turn', nth: 1 },
      do: [
        { do: 'speak', ms: 400, text: content.modelSpeech },
        { do: 'text', text: content.modelText },
        { do: 'code', code: never.code },
        { do: 'tool_call', calls: [{ name: 'get_weather', args: { city: content.argument } }] },
        { do: 'turn_complete' },
      ],
    },
    {
      on: { event: 'user_turn', nth: 2 },
      do: [{ do: 'text', text: content.modelText }, { do: 'turn_complete' }],
    },
    {
      on: { event: 'user_turn', nth: 3 },
      do: [
        {
          do: 'message',
          message: { error: { code: 401, status: 'DENIED', message: `key=${credentials.inError}` } },
        },
        {
          do: 'close',
          code: 1008,
          reason: `API key ${credentials.reason} and ${credentials.ephemeral} were refused.`,
        },
      ],
    },
    {
      on: { event: 'tool_response', tool: 'never' },
      do: [],
    },
  ],
};

let printed: string[] = [];
const keep = (...args: unknown[]): void => {
  printed.push(args.map((arg) => (arg instanceof Error ? arg.stack : JSON.stringify(arg))).join(' '));
};

beforeEach(() => {
  printed = [];
  // The SDK itself warns of ephemeral tokens.
  for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation(keep);
  }
  for (const stream of [process.stderr, process.stdout]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      keep(String(text));
      return true;
    });
  }
  const logger: DiagLogger = { error: keep, warn: keep, info: keep, debug: keep, verbose: keep };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
});

afterEach(() => {
  diag.disable();
  vi.restoreAllMocks();
});

/** Everything that was exported, and everything that was printed. */
async function everything(recording: Recording): Promise<string> {
  const spans = (await recording.spans()).map(({ name, attributes, events, links, status, resource }) => {
    return { name, attributes, events, links, status, resource: resource.attributes };
  });
  const logs = recording.logs().map(({ body, attributes, eventName, severityText }) => {
    return { body, attributes, eventName, severityText };
  });
  const metrics = (await recording.metrics()).map(({ descriptor, dataPoints }) => {
    return { descriptor, labels: dataPoints.map(({ attributes }) => attributes) };
  });
  expect([spans.length > 0, logs.length > 0, metrics.length > 0]).toEqual([true, true, true]);
  return JSON.stringify({ spans, logs, metrics, printed });
}

function found(text: string, planted: Readonly<Record<string, string>>): string[] {
  // The name of an ephemeral token begins like all of them: what follows is the secret.
  return Object.keys(planted).filter((name) =>
    text.includes((planted[name] as string).replace('auth_tokens/', '')),
  );
}

interface Setting {
  readonly apiKey: string;
  readonly vertexai?: boolean;
  readonly captureMessageContent?: boolean;
  readonly simulator?: SimulatorOptions;
}

/** Says and does everything planted, until the service ends the session. */
async function converse({ apiKey, vertexai = false, captureMessageContent, simulator: options }: Setting) {
  const recording = await startRecording(
    captureMessageContent === undefined ? {} : { config: { captureMessageContent } },
  );
  await using simulator = await LiveServerSimulator.start({
    script,
    timeScale: 50,
    behaviour: {
      userSpeech: content.userSpeech,
      unknownHandle: { code: 1008, reason: `handle=${credentials.handle}` },
    },
    ...options,
  });
  const handles = new Set<string>();
  const [declared] = tools as unknown as [{ functionDeclarations: object[] }];
  const app = runApplication(recording.sdk, simulator.url, {
    apiKey,
    vertexai,
    headers: { 'x-goog-api-key': credentials.header, Authorization: `Bearer ${credentials.bearer}` },
    config: {
      systemInstruction: never.instruction,
      tools: [
        {
          functionDeclarations: declared.functionDeclarations.map((one) => ({
            ...one,
            description: never.description,
          })),
        },
      ],
      sessionResumption: {},
      inputAudioTranscription: {},
      outputAudioTranscription: {},
    },
    onmessage: (message, session) => {
      const { newHandle } = message.sessionResumptionUpdate ?? {};
      if (newHandle) handles.add(newHandle);
      const functionResponses = answersTo(message, { text: content.result, key: credentials.inResult });
      if (functionResponses.length > 0) session().sendToolResponse({ functionResponses });
    },
  });
  const session = await app.connected;
  say(session);
  await app.seen(turnComplete);
  session.sendClientContent({
    turns: [{ role: 'user', parts: [{ text: content.userText }] }],
    turnComplete: true,
  });
  await app.seen(turnComplete, 2);
  session.sendRealtimeInput({ text: content.realtimeText });
  await app.closed;
  const issued = Object.fromEntries([...handles].map((handle) => [`issued ${handle.slice(0, 3)}`, handle]));
  expect(handles.size).toBeGreaterThan(0);
  return { recording, issued };
}

const ways = [
  ['an API key', { apiKey: credentials.apiKey }],
  ['an ephemeral token', { apiKey: credentials.ephemeral }],
  ['an API key of Vertex AI', { apiKey: credentials.apiKey, vertexai: true }],
] as const;

describe.each(ways)('a session with %s', (_what, setting) => {
  it('leaves nothing secret and nothing said in its telemetry', async () => {
    const { recording, issued } = await converse(setting);
    const text = await everything(recording);
    expect(found(text, { ...credentials, ...content, ...never, ...issued })).toEqual([]);
    expect(text).toContain('API key [redacted] and auth_tokens/[redacted] were refused.');
    expect(text).toContain('key=[redacted]');
  });

  it('with content captured holds what was said, and still no credential', async () => {
    const { recording, issued } = await converse({ ...setting, captureMessageContent: true });
    const text = await everything(recording);
    expect(found(text, { ...credentials, ...never, ...issued })).toEqual([]);
    expect(found(text, content)).toEqual(Object.keys(content));
  });
});

describe('a connect() that fails', () => {
  const options = { apiKey: credentials.apiKey, headers: { 'x-goog-api-key': credentials.header } };

  it('at a dead port leaves no key', async () => {
    const recording = await startRecording();
    const gone = await LiveServerSimulator.start();
    await gone.close();
    const url = gone.url.replace('://', '://planted-user:planted-password@');
    const app = runApplication(recording.sdk, url, options);
    await expect(app.connected).rejects.toThrow();
    const text = await everything(recording);
    expect(found(text, { ...credentials, password: 'planted-password', user: 'planted-user' })).toEqual([]);
    expect(text).toContain('ECONNREFUSED');
  });

  it('for a handle that the service does not know leaves no handle', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({
      behaviour: { unknownHandle: { code: 1008, reason: `No session for ?handle=${credentials.handle}` } },
    });
    const app = runApplication(recording.sdk, simulator.url, {
      ...options,
      config: { sessionResumption: { handle: credentials.handle } },
    });
    await expect(app.connected).rejects.toThrow(credentials.handle);
    await app.closed;
    const text = await everything(recording);
    expect(found(text, credentials)).toEqual([]);
    expect(text).toContain('handle=[redacted]');
  });

  it('for a URL that is none leaves no key', async () => {
    const recording = await startRecording();
    const app = runApplication(recording.sdk, `http://127.0.0.1:99999/?key=${credentials.header}`, options);
    await expect(app.connected).rejects.toThrow();
    expect(found(await everything(recording), credentials)).toEqual([]);
  });
});
