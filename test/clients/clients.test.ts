/**
 * Every client of the matrix, in an application of its own that is run with and without us: it does the same, and its
 * session is recorded whole, or one sentence says why not.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { liveModel } from '../../src/models/lookup.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { type FileSpan, readSpans, spanTree } from '../support/otlp-file.ts';
import { outputOf } from '../support/run-node.ts';
import { type ClientCase, clientCases } from './clients.ts';
import { clientFolders } from './folders.ts';

const scratch = mkdtempSync(join(tmpdir(), 'live-otel-clients-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const folders = clientFolders();
const cases = clientCases.filter(({ folder }) => folders[folder] !== undefined);

interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** One process, in the folder of its packages, with an environment of its own. */
async function run(
  { folder }: ClientCase,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  const cwd = folders[folder] ?? '';
  const [file = '', ...args] = command;
  const path = [join(cwd, 'node_modules/.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(
    delimiter,
  );
  const child = spawn(file, args, {
    cwd,
    env: { PATH: path, HOME: scratch, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stdout, stderr, code } = await outputOf(child);
  return { stdout, stderr, code };
}

/** With all that the machine has: its caches, its registries, other languages. */
async function build({ folder }: ClientCase, [file = '', ...args]: readonly string[]): Promise<Finished> {
  const child = spawn(file, args, { cwd: folders[folder] ?? '', stdio: ['ignore', 'pipe', 'pipe'] });
  return outputOf(child);
}

async function runCase(client: ClientCase, index: number) {
  const out = join(scratch, `bundle-${index}`);
  const file = join(scratch, `sessions-${index}.jsonl`);
  const filled = (command: readonly string[], preload: readonly string[]) =>
    command.flatMap((part) => (part === '$preload' ? preload : [part.replace('$out', out)]));
  const preload = ['--require', 'live-otel/register'];

  await using simulator = await LiveServerSimulator.start({
    script: scripts['tool-single'],
    timeScale: 50,
    music: { silentAfterChunks: 2 },
    ...(client.tls && { tls: { names: client.tls } }),
  });
  const ca = join(scratch, `ca-${index}.pem`);
  if (simulator.ca !== undefined) writeFileSync(ca, simulator.ca);
  const env = {
    URL_BASE: simulator.url,
    ...(client.tls && {
      TLS_PORT: String(simulator.port),
      NODE_EXTRA_CA_CERTS: ca,
      SSL_CERT_FILE: ca,
    }),
    ...client.env,
  };
  if (client.build !== undefined) {
    const built = await build(client, filled(client.build, []));
    expect(built.code, built.stderr).toBe(0);
  }
  const without = await run(client, filled(client.without ?? client.command, []), env);
  const withUs = await run(client, filled(client.command, preload), {
    ...env,
    ...(client.expected.outcome !== 'own-sdk' && { LIVE_OTEL_FILE: file }),
  });
  return { without, withUs, spans: existsSync(file) ? readSpans(file) : [], simulator };
}

/** What an application prints about itself differs from run to run in times and ids of its libraries. */
const conversation = ({ stdout, stderr }: Finished): string | undefined =>
  /call get_weather.*turn complete|audio \d+.*close \d+|✓ .*|\d passed/
    .exec(stdout + stderr)?.[0]
    .replace(/\(.*/, '');

function outline(model: string, turns: number): readonly string[] {
  const call = ['    execute_tool get_weather', '      send_tool_response'];
  const turn = `  realtime_inference ${model}`;
  return [
    `live_session ${model}`,
    '  live_closure',
    `  live_connect ${model}`,
    turn,
    ...call,
    ...(turns > 1 ? [turn] : []),
  ];
}

/** Spans of ours; those of others are the application's own business. */
const ours = (spans: readonly FileSpan[]) =>
  spans.filter(
    ({ name, attributes }) =>
      /^(live_|realtime_|send_tool)/.test(name) || 'gemini.live.tool_call.outcome' in attributes,
  );

it.each(cases.map((client, index) => [client.client, client, index] as const))(
  '%s',
  async (_name, client, index) => {
    const { expected, model = 'm' } = client;
    const { without, withUs, spans, simulator } = await runCase(client, index);
    expect(withUs.code, withUs.stderr).toBe(without.code);
    expect(conversation(without), without.stderr).toBeDefined();
    expect(conversation(withUs)).toBe(conversation(without));
    expect(simulator.sessions).toHaveLength(2);
    const seen = ours(spans);

    if (expected.outcome === 'served') {
      expect(seen).toEqual([]);
      return;
    }
    if (expected.outcome === 'said') {
      expect(withUs.stderr).toMatch(expected.warning);
      expect(seen).toEqual([]);
      return;
    }
    expect(withUs.stderr).not.toContain('LIVE_OTEL_NOT_SEEN');
    if (expected.outcome === 'music') {
      const music = ['live_closure', `live_connect ${model}`, `live_session ${model}`];
      expect(seen.map(({ name }) => name).toSorted()).toEqual(music);
      expect(seen.find(({ name }) => name === 'live_closure')?.attributes).toMatchObject({
        'gemini.live.closure.expected': true,
        'gemini.live.music.playback': 'playing',
        'gemini.live.music.audio_chunks': 2,
      });
      return;
    }
    const whole = outline(model, liveModel(model).family?.callEndsTurn ? 2 : 1);
    if (expected.outcome === 'own-sdk') {
      for (const name of whole) expect(withUs.stdout).toContain(name.trim());
      return;
    }
    expect(
      spanTree(seen)
        .map((line) => line.trim())
        .toSorted(),
    ).toEqual(whole.map((line) => line.trim()).toSorted());
    const named = (name: string) => seen.find((span) => span.name.startsWith(name))?.attributes;
    expect(named('live_closure')).toMatchObject({
      'gemini.live.closure.initiator': 'client',
      'gemini.live.closure.expected': true,
      'gemini.live.closure.phase': 'active',
    });
    expect(named('live_session')).toMatchObject({
      'gen_ai.request.model': model,
      'server.port': expect.any(Number),
    });
    expect(named('execute_tool')).toMatchObject({
      'gen_ai.tool.name': 'get_weather',
      'gemini.live.tool_call.outcome': 'answered',
    });
    expect(named('send_tool_response')).toMatchObject({ 'gemini.live.tool_response.outcome': 'ok' });
    expect(JSON.stringify(spans)).not.toContain('SECRETKEY');
  },
);
