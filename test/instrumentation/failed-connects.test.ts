import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { sdkLines } from '../support/sdk-lines.ts';
import { model, runApplication } from './application.ts';
import { closureFacts, expectClosurePoint, expectSoundTrace, quietEnd } from './expect-trace.ts';
import { type Recording, startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

const { was_clean: _, credential, ...unclean } = quietEnd;
const unreached = {
  ...unclean,
  initiator: 'network',
  expected: false,
  phase: 'handshake',
  preceding_event: 'none',
} as const;

/** The same, where the client library gave up by itself. */
const refused = { ...unreached, initiator: 'client' } as const;

async function expectDiagnosed(
  recording: Recording,
  cause: string,
  hypothesis: string,
  retry: string,
): Promise<void> {
  const { attributes } = await recording.span('live_closure');
  expect([
    attributes['gemini.live.closure.cause'],
    attributes['gemini.live.closure.hypothesis'],
    attributes['gemini.live.closure.retry'],
  ]).toEqual([cause, hypothesis, retry]);
}

/** Ways in which a socket does not open, each with what Node.js reports. */
const openings = [
  {
    to: 'a host that does not exist',
    address: async () => 'http://no..host:80',
    error: 'ENOTFOUND',
    cause: 'service-unreachable',
    retry: 'later',
  },
  {
    to: 'a port that nobody listens at',
    address: async () => `http://127.0.0.1:${await freePort()}`,
    error: 'ECONNREFUSED',
    cause: 'service-unreachable',
    retry: 'later',
  },
  {
    to: 'a server that hangs up',
    address: async () => `http://127.0.0.1:${await meetWith((socket) => void socket.resetAndDestroy())}`,
    error: 'ECONNRESET',
    cause: 'handshake-reset',
    retry: 'later',
  },
  {
    to: 'a server that hangs up on TLS',
    address: async () => `https://127.0.0.1:${await meetWith((socket) => void socket.end())}`,
    error: 'ECONNRESET',
    cause: 'handshake-reset',
    retry: 'later',
  },
  {
    to: 'a certificate of an unknown issuer',
    address: () => simulator({ tls: true }),
    error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    cause: 'certificate-refused',
    retry: 'no',
  },
  {
    to: 'a plain port with TLS',
    address: async () => (await simulator({})).replace(/^http:/, 'https:'),
    error: 'EPROTO',
    cause: 'handshake-wrong-protocol',
    retry: 'no',
  },
  {
    to: 'a server of another protocol',
    address: async () => `http://127.0.0.1:${await meetWith((socket) => void socket.end('SSH-2.0-x\r\n'))}`,
    error: 'HPE_INVALID_CONSTANT',
    cause: 'handshake-wrong-protocol',
    retry: 'no',
  },
] as const;

async function simulator(options: { readonly tls?: boolean }): Promise<string> {
  const started = await LiveServerSimulator.start(options);
  onTestFinished(() => started.close());
  return started.url;
}

async function freePort(): Promise<number> {
  const gone = await LiveServerSimulator.start();
  await gone.close();
  return gone.port;
}

async function expectFailedConnect(recording: Recording, facts: object): Promise<void> {
  const spans = await recording.spans();
  expectSoundTrace(spans);
  expect(outline(spans)).toEqual(['live_session !', '  live_connect !', '  live_closure !']);
  const closure = await recording.span('live_closure');
  expect(closureFacts(closure)).toEqual(facts);
  expect(closure.events).toEqual([]);
  await expectClosurePoint(recording);
  expect((await recording.points('gemini.live.session.active')).map(({ value }) => value)).toEqual([0]);
}

/** A server that answers every WebSocket handshake with this status. */
async function refuseWith(status: string): Promise<string> {
  const server = createServer();
  server.on('upgrade', (_request, socket) => {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that does so with every TCP connection. */
async function meetWith(greet: (socket: Socket) => void): Promise<number> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe.each(sdkLines)('with %s a connect()', (sdk) => {
  it.each(openings)('$to is $cause', async ({ address, error, cause, retry }) => {
    const recording = await startRecording({ sdk });
    const app = runApplication(recording.sdk, await address());
    app.connected.catch(() => {});
    await app.closed;
    await expectDiagnosed(recording, cause, 'connection', retry);
    const { attributes } = await recording.span('live_closure');
    expect(attributes['gemini.live.closure.error_name']).toBe(error);
  });

  it('to a dead port is a session that never came to be', async () => {
    const recording = await startRecording({ sdk });
    const gone = await LiveServerSimulator.start();
    await gone.close();
    const app = runApplication(recording.sdk, gone.url);
    app.connected.catch(() => {});
    await app.closed;
    await expectFailedConnect(recording, {
      ...unreached,
      code: 1006,
      credential,
      was_clean: false,
      error_name: 'ECONNREFUSED',
      error_message: `connect ECONNREFUSED 127.0.0.1:${gone.port}`,
      'error.type': '1006',
    });
    const { attributes } = await recording.span('live_connect');
    expect(attributes).toMatchObject({ 'server.address': '127.0.0.1', 'server.port': gone.port });
  });

  it('to a host with several addresses, all dead, says so of each', async () => {
    const recording = await startRecording({ sdk });
    const client = new recording.sdk.GoogleGenAI({ apiKey: 'test' });
    const refused = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}:9`));
    // As Node.js reports it; which addresses a machine has differs.
    const error = Object.assign(new AggregateError(refused), { code: 'ECONNREFUSED' });
    Object.assign(client.live, {
      webSocketFactory: {
        create: (_url: string, _headers: object, callbacks: Record<string, (event: object) => void>) => ({
          connect() {
            callbacks.onerror?.({ type: 'error', error, message: '' });
            callbacks.onclose?.({ code: 1006, reason: '', wasClean: false });
          },
          send() {},
          close() {},
        }),
      },
    });
    client.live.connect({ model, callbacks: { onmessage: () => {} } }).catch(() => {});
    const { attributes } = await recording.span('live_closure');
    expect([
      attributes['gemini.live.closure.error_name'],
      attributes['gemini.live.closure.error_message'],
    ]).toEqual(['ECONNREFUSED', 'connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9']);
  });

  it.each(['401 Unauthorized', '403 Forbidden', '429 Too Many Requests'])(
    'refused with HTTP %s says so',
    async (status) => {
      const recording = await startRecording({ sdk });
      const app = runApplication(recording.sdk, await refuseWith(status));
      app.connected.catch(() => {});
      await app.closed;
      await expectFailedConnect(recording, {
        ...unreached,
        code: 1006,
        credential,
        was_clean: false,
        error_name: 'Error',
        error_message: `Unexpected server response: ${status.slice(0, 3)}`,
        'error.type': '1006',
      });
    },
  );

  it('that throws before it opens a socket ends at once', async () => {
    const recording = await startRecording({ sdk });
    const client = new recording.sdk.GoogleGenAI({
      apiKey: 'test',
      httpOptions: { baseUrl: 'http://127.0.0.1:1' },
    });
    const callbacks = { onmessage: () => {} };
    const config = { httpOptions: { baseUrl: 'http://127.0.0.1:1' } };
    await expect(client.live.connect({ model, config, callbacks })).rejects.toThrow('httpOptions');
    await expectFailedConnect(recording, {
      ...refused,
      error_name: 'Error',
      error_message: expect.stringContaining('The Live module does not support httpOptions'),
      'error.type': 'Error',
    });
    await expectDiagnosed(recording, 'connect-refused', 'setup', 'no');
  });

  it('to an address that no socket takes is one failed connect', async () => {
    const recording = await startRecording({ sdk });
    const client = new recording.sdk.GoogleGenAI({
      apiKey: 'test',
      httpOptions: { baseUrl: 'http://127.0.0.1:1/#fragment' },
    });
    await expect(client.live.connect({ model, callbacks: { onmessage: () => {} } })).rejects.toThrow(
      'fragment',
    );
    await expectFailedConnect(recording, {
      ...refused,
      credential,
      error_name: 'SyntaxError',
      error_message: 'The URL contains a fragment identifier',
      'error.type': 'SyntaxError',
    });
    await expectDiagnosed(recording, 'connect-refused', 'setup', 'no');
  });

  it('whose tools fail once the socket is open is found', async () => {
    const recording = await startRecording({ sdk });
    await using simulator = await LiveServerSimulator.start();
    const client = new recording.sdk.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
    const tool = {
      callTool: async () => [],
      tool: () => Promise.reject(new RangeError('The tools are away.')),
    };
    const connecting = client.live.connect({
      model,
      config: { tools: [tool] },
      callbacks: { onmessage: () => {} },
    });
    await expect(connecting).rejects.toThrow('The tools are away.');
    await recording.exported('live_closure');
    expect(closureFacts(await recording.span('live_closure'))).toMatchObject({
      ...refused,
      phase: 'setup',
      error_name: 'RangeError',
      error_message: 'The tools are away.',
    });
    await expectDiagnosed(recording, 'connect-refused', 'setup', 'no');
  });

  it('that gets no credentials for Vertex AI ends with their error', async () => {
    const recording = await startRecording({ sdk });
    const client = new recording.sdk.GoogleGenAI({
      vertexai: true,
      project: 'project',
      location: 'us-central1',
      googleAuthOptions: { keyFilename: '/does/not/exist.json' },
    });
    await expect(client.live.connect({ model, callbacks: { onmessage: () => {} } })).rejects.toThrow('exist');
    const closure = await recording.span('live_closure');
    await expectDiagnosed(recording, 'connect-no-credentials', 'credentials', 'no');
    expect(closureFacts(closure)).toMatchObject({
      ...refused,
      'error.type': closure.attributes['gemini.live.closure.error_name'],
    });
    expect(closure.attributes['gemini.live.closure.error_message']).toContain('/does/not/exist.json');
    expect(closure.attributes).toMatchObject({
      'gen_ai.provider.name': 'gcp.vertex_ai',
      'server.address': 'us-central1-aiplatform.googleapis.com',
      'server.port': 443,
    });
  });
});
