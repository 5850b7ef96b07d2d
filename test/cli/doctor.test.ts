import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await realpath(await mkdtemp(path.join(tmpdir(), 'live-otel-doctor-')));
});
afterEach(() => rm(cwd, { recursive: true }));

async function install(at: string, name: string, version: string): Promise<void> {
  const folder = path.join(cwd, at, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  await writeFile(path.join(folder, 'index.js'), '');
}

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Finding {
  readonly status: string;
  readonly message: string;
}

async function findings(args: readonly string[] = [], env: Record<string, string> = {}) {
  const { code, stdout } = await runCli(['doctor', '--format', 'json', ...args], { cwd, env });
  const report: { version: number; ok: boolean; checks: ({ id: string } & Finding)[] } = JSON.parse(stdout);
  const checks: Record<string, Finding> = Object.fromEntries(report.checks.map((check) => [check.id, check]));
  return { code, version: report.version, ok: report.ok, checks };
}

describe('live-otel doctor', () => {
  it('finds nothing wrong where everything is in place', async () => {
    await install('.', '@google/genai', '3.1.0');
    await install('.', '@opentelemetry/api', '1.10.0');
    await writeFile(
      path.join(cwd, 'package.json'),
      JSON.stringify({ scripts: { start: 'node --require live-otel/register app.js' } }),
    );
    const { code, stdout } = await runCli(['doctor'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(`\
ok    Node.js ${process.versions.node}.
ok    @google/genai 3.1.0 (${cwd}/node_modules/@google/genai/index.js), within >=1.0.0 <4.
ok    @opentelemetry/api 1.10.0, one copy.
ok    No other OpenTelemetry SDK: live-otel/register brings its own.
ok    The script "start" of package.json loads live-otel/register.
ok    No sign of a bundler.
ok    The OTEL_* and LIVE_OTEL_* variables are understood.
ok    OTLP is not configured.
ok    ${cwd}/live-otel.jsonl can be written.
`);
  });

  it('fails in a directory without the SDK, with a remedy', async () => {
    const { code, ok, version, checks } = await findings();
    expect({ code, ok, version }).toEqual({ code: 1, ok: false, version: 1 });
    expect(checks.sdk).toEqual({
      id: 'sdk',
      status: 'fail',
      message: `No client of the Live API can be resolved from ${cwd}.`,
      remedy:
        "Run this in the application's own directory. A client of its own on the global WebSocket is recorded as well.",
    });
  });

  it.each([
    [
      '@livekit/agents-plugin-google',
      '1.9.0',
      /through @google\/genai.*jobs that it forks take --require along/,
    ],
    ['@google/adk', '2.0.0', /through @google\/genai/],
    ['@mastra/voice-google-gemini-live', '0.11.3', /on sockets of ws.*LIVE_OTEL_FILE an absolute path/],
    [
      '@ai-sdk/google',
      '4.0.121',
      /on the socket that the application opens.*a page needs live-otel\/browser/,
    ],
    ['firebase', '13.2.0', /on the global WebSocket.*a page needs live-otel\/browser/],
  ])('knows %s, and says what records its sessions', async (name, version, how) => {
    await install('.', name, version);
    const { checks } = await findings();
    expect(checks.sdk?.status).toBe('ok');
    expect(checks.client).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(new RegExp(`^${name} ${version.replaceAll('.', '\\.')}: .*recorded`)),
    });
    expect(checks.client?.message).toMatch(how);
  });

  it('says of each of several clients what records it, and names the SDK that they share once', async () => {
    for (const [name, version] of [
      ['@google/genai', '3.1.0'],
      ['@livekit/agents-plugin-google', '1.9.0'],
      ['firebase', '13.2.0'],
      ['ws', '8.23.0'],
    ] as const) {
      await install('.', name, version);
    }
    const { stdout } = await runCli(['doctor'], { cwd });
    expect(stdout.match(/@google\/genai 3\.1\.0/g)).toHaveLength(1);
    expect(stdout).toMatch(
      /ok {4}@livekit\/agents-plugin-google 1\.9\.0: .*\nok {4}firebase 13\.2\.0: .*\nok {4}ws 8\.23\.0: /,
    );
  });

  it('knows a page that is recorded, and says what one needs that is not', async () => {
    await writeFile(path.join(cwd, 'index.html'), '<script type="module" src="main.js"></script>');
    expect((await findings()).checks.register).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('A page is recorded by live-otel/browser: docs/browser.md.'),
    });
    await writeFile(
      path.join(cwd, 'main.js'),
      "import { LiveInstrumentation } from 'live-otel/browser'; const live = new LiveInstrumentation({});",
    );
    expect((await findings()).checks.register).toEqual({
      id: 'register',
      status: 'ok',
      message: 'main.js records the sessions of its page with live-otel/browser.',
    });
  });

  it.each([
    ['no entry', { './ai': './ai.js', './package.json': './package.json' }],
    ['an entry for `import` alone', { '.': { import: './index.mjs' } }],
    ['nothing that it exports', {}],
  ])('finds a client with %s', async (_what, exports) => {
    await install('.', 'firebase', '13.2.0');
    const manifest = { name: 'firebase', version: '13.2.0', exports };
    await writeFile(path.join(cwd, 'node_modules/firebase/package.json'), JSON.stringify(manifest));
    expect((await findings()).checks.client).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('firebase 13.2.0'),
    });
  });

  it.each([
    [{ start: 'next build' }, "serverExternalPackages: ['@google/genai', 'live-otel']"],
    [{ build: 'esbuild app.js' }, 'add the plugin of live-otel/bundler'],
  ])('says for %j what to do about the bundler', async (scripts, remedy) => {
    await writeFile(path.join(cwd, 'package.json'), JSON.stringify({ scripts }));
    expect((await findings()).checks.bundler).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining(remedy),
    });
  });

  it('fails for an SDK that is too new', async () => {
    await install('.', '@google/genai', '4.0.0');
    expect((await findings()).checks.sdk?.status).toBe('fail');
  });

  it('warns of a second copy of the OpenTelemetry API', async () => {
    await install('.', '@google/genai', '3.1.0');
    await install('.', '@opentelemetry/api', '1.10.0');
    await install('node_modules/other', '@opentelemetry/api', '1.9.0');
    expect((await findings()).checks.api).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('2 copies of @opentelemetry/api (1.10.0, 1.9.0)'),
    });
  });

  it('warns of a bundler', async () => {
    await writeFile(path.join(cwd, 'webpack.config.js'), '');
    expect((await findings()).checks.bundler).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('(webpack.config.js)'),
    });
  });

  it('warns where nothing loads the instrumentation', async () => {
    expect((await findings()).checks.register?.status).toBe('warn');
  });

  it('fails where a module to require cannot be found', async () => {
    expect((await findings(['--require', 'live-otel/register'])).checks.register).toMatchObject({
      status: 'fail',
      message: 'live-otel/register cannot be resolved from here: node would not start.',
    });
  });

  it('finds the file that instruments an SDK of the application', async () => {
    await writeFile(
      path.join(cwd, 'telemetry.mjs'),
      'new NodeSDK({ instrumentations: [new LiveInstrumentation()] })',
    );
    const { checks } = await findings();
    expect(checks.register?.status).toBe('ok');
    expect(checks.register?.message).toContain('telemetry.mjs');
  });

  it('warns of files that name a retired model, and looks into no package', async () => {
    const retired = 'gemini-live-2.5-flash-preview';
    await mkdir(path.join(cwd, 'src'));
    await writeFile(path.join(cwd, 'src/agent.ts'), `connect({ model: 'models/${retired}' })`);
    await writeFile(path.join(cwd, 'src/other.ts'), "connect({ model: 'gemini-3.8-live' })");
    await install('.', 'other', '1.0.0');
    await writeFile(path.join(cwd, 'node_modules/other/index.js'), retired);
    const { checks } = await findings();
    expect(checks.models).toEqual({
      id: 'models',
      status: 'warn',
      message: `src/agent.ts names ${retired}, which the service has withdrawn.`,
      remedy: 'Use gemini-2.5-flash-native-audio-preview-12-2025 instead.',
    });
  });

  it.each([
    [
      'a setup message',
      { setup: { model: 'models/gemini-3.8-live', proactivity: { proactiveAudio: true } } },
    ],
    ['parameters of connect()', { model: 'gemini-3.8-live', config: { proactivity: {} } }],
    ['the options of the generation', { model: 'gemini-3.8-live', config: { responseModalities: ['TEXT'] } }],
  ])('warns of a setup that the model would refuse: %s', async (_, setup) => {
    await writeFile(path.join(cwd, 'setup.json'), JSON.stringify(setup));
    const { checks } = await findings(['--setup', 'setup.json']);
    expect(checks.setup).toMatchObject({
      status: 'warn',
      message: expect.stringMatching(/^setup\.json: .*gemini-3\.8-live/),
    });
  });

  it('has nothing against a setup that nothing is known against, and says what is no setup', async () => {
    await writeFile(path.join(cwd, 'setup.json'), JSON.stringify({ model: 'gemini-3.8-live' }));
    await writeFile(path.join(cwd, 'other.json'), '{}');
    expect((await findings(['--setup', 'setup.json'])).checks.setup?.status).toBe('ok');
    const { code, stderr } = await runCli(['doctor', '--setup', 'other.json'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('it names no model')]);
  });

  it('fails where the configured endpoint does not answer', async () => {
    const port = await closedPort();
    const { checks } = await findings([], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:secret@127.0.0.1:${port}`,
    });
    expect(checks.endpoint).toMatchObject({
      status: 'fail',
      message: expect.stringContaining(`http://127.0.0.1:${port}/v1/traces does not answer`),
    });
    expect(JSON.stringify(checks)).not.toContain('secret');
  });

  it('is content with an endpoint that answers, and shows it the configured headers', async () => {
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { checks } = await findings([], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=token',
    });
    server.close();
    expect(checks.endpoint).toMatchObject({
      status: 'ok',
      message: `http://127.0.0.1:${port}/v1/traces answers.`,
    });
    expect(seen).toEqual([['POST', '/v1/traces', 'token']]);
  });

  it('fails where the file cannot be written', async () => {
    const { checks } = await findings([], { LIVE_OTEL_FILE: path.join(cwd, 'package.json/live-otel.jsonl') });
    await writeFile(path.join(cwd, 'package.json'), '{}');
    const again = await findings([], { LIVE_OTEL_FILE: path.join(cwd, 'package.json/live-otel.jsonl') });
    expect([checks.file?.status, again.checks.file?.status]).toEqual(['ok', 'fail']);
  });

  it('fails where the SDK is disabled, and warns of settings that are not understood', async () => {
    const disabled = await findings([], { OTEL_SDK_DISABLED: 'true' });
    const wrong = await findings([], { LIVE_OTEL_EXIT_TIMEOUT_MS: 'soon' });
    expect([disabled.checks.settings?.status, wrong.checks.settings?.status]).toEqual(['fail', 'warn']);
  });
});
