import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIds, type Facts } from '../../src/cli/doctor/check.ts';
import { judge } from '../../src/cli/doctor/judge.ts';

const healthy: Facts = {
  nodeVersion: '24.1.0',
  directory: '/app',
  nodeOptions: '--require live-otel/register',
  registerPath: '/app/node_modules/live-otel/dist/register.cjs',
  genai: { name: '@google/genai', version: '3.1.0', entry: '/app/node_modules/@google/genai/index.cjs' },
  clients: [],
  apiCopies: [
    { name: '@opentelemetry/api', version: '1.10.0', entry: '/app/node_modules/@opentelemetry/api/index.js' },
  ],
  otelSdks: [],
  bundlerFiles: [],
  required: [],
  retiredNames: [],
  hasPage: false,
  endpoint: { url: 'http://localhost:4318/v1/traces', configured: false, answer: { error: 'ECONNREFUSED' } },
  file: { path: '/app/live-otel.jsonl', used: true },
  disabled: false,
  settingsWarnings: [],
};

function statusOf(id: (typeof checkIds)[number], facts: Partial<Facts>): string | undefined {
  return judge({ ...healthy, ...facts }).find((check) => check.id === id)?.status;
}

describe('judge', () => {
  it('has one finding for each check, in their order, and of models and setups what is found', () => {
    const usual = checkIds.filter((id) => !['client', 'models', 'setup'].includes(id));
    expect(judge(healthy).map(({ id, status }) => [id, status])).toEqual(usual.map((id) => [id, 'ok']));
    const found = judge({
      ...healthy,
      retiredNames: [{ file: 'a.ts', model: 'gemini-1' }],
      setup: { file: 'setup.json', problems: [] },
    });
    expect(found.slice(usual.length)).toEqual([
      {
        id: 'models',
        status: 'warn',
        message: 'a.ts names gemini-1, which the service has withdrawn.',
        remedy: 'Use a current Live model.',
      },
      { id: 'setup', status: 'ok', message: 'Nothing is known against the setup in setup.json.' },
    ]);
  });

  it('takes the instrumentation of an SDK of the application for what loads it', () => {
    const [check] = judge({
      ...healthy,
      nodeOptions: '',
      instrumentedIn: { file: 'telemetry.mjs', of: 'process' },
    }).filter(({ id }) => id === 'register');
    expect(check?.status).toBe('ok');
    expect(check?.message).toContain('node --import ./telemetry.mjs app.js');
    expect(statusOf('register', { nodeOptions: '' })).toBe('warn');
  });

  it.each([
    ['20.20.2', 'fail'],
    ['22.14.0', 'fail'],
    ['22.15.0', 'ok'],
    ['23.0.0', 'ok'],
  ])('judges Node.js %s: %s', (nodeVersion, status) => {
    expect(statusOf('node', { nodeVersion })).toBe(status);
  });

  it.each([
    ['0.14.1', 'fail'],
    ['1.0.0', 'ok'],
    ['3.99.0', 'ok'],
    ['4.0.0-rc.1', 'fail'],
    ['unknown', 'fail'],
  ])('judges @google/genai %s: %s', (version, status) => {
    expect(statusOf('sdk', { genai: { name: '@google/genai', version, entry: '/x' } })).toBe(status);
  });

  it('judges the SDK that a client brings, and wants none where a client needs none', () => {
    const mastra = {
      name: '@mastra/voice-google-gemini-live',
      version: '0.11.3',
      entry: '/m',
      through: 'socket',
      where: 'on sockets of ws',
    } as const;
    const livekit = {
      name: '@livekit/agents-plugin-google',
      version: '1.9.0',
      entry: '/l',
      through: 'sdk',
      where: 'through @google/genai',
    } as const;
    const genai = { name: '@google/genai', version: '2.13.0', entry: '/l/genai' };
    const { genai: _none, ...alone } = healthy;
    const found = (facts: Facts) =>
      judge(facts).flatMap(({ id, status, message }) =>
        id === 'sdk' || id === 'client' ? [`${id} ${status}: ${message}`] : [],
      );
    expect(found(alone)).toEqual(['sdk fail: No client of the Live API can be resolved from /app.']);
    expect(found({ ...alone, clients: [mastra] })).toEqual([
      'sdk ok: No @google/genai here; sessions are recorded without it, too.',
      "client ok: @mastra/voice-google-gemini-live 0.11.3: its sessions are recorded on sockets of ws, where the address is Google's or in LIVE_OTEL_ENDPOINTS.",
    ]);
    expect(found({ ...alone, clients: [{ ...livekit, genai }] })).toEqual([
      'sdk ok: @google/genai 2.13.0 of @livekit/agents-plugin-google 1.9.0, within >=1.0.0 <4.',
      'client ok: @livekit/agents-plugin-google 1.9.0: its sessions are recorded through @google/genai.',
    ]);
    const old = { ...livekit, genai: { ...genai, version: '0.14.0' } };
    expect(statusOf('sdk', { clients: [old] })).toBe('fail');
  });

  it.each([
    ['-r live-otel/register', 'ok'],
    ['--import=live-otel/register', 'ok'],
    ['--max-old-space-size=4096 --require ./node_modules/live-otel/dist/register.cjs', 'ok'],
    ['--require other/register', 'warn'],
    ['', 'warn'],
  ])('judges NODE_OPTIONS "%s": %s', (nodeOptions, status) => {
    expect(statusOf('register', { nodeOptions })).toBe(status);
  });

  it.each([
    ['--require live-otel/register', true],
    ['--require ./node_modules/live-otel/dist/register.cjs', true],
    ['--require /app/node_modules/live-otel/dist/register.cjs', false],
  ])('names the path that child processes in other folders find: %s', (nodeOptions, named) => {
    const check = judge({ ...healthy, nodeOptions }).find(({ id }) => id === 'register');
    expect(
      check?.message.includes('NODE_OPTIONS="--require /app/node_modules/live-otel/dist/register.cjs"'),
    ).toBe(named);
  });

  it('sees a module that this check was given', () => {
    const required = [{ name: 'live-otel/register', found: true }];
    expect(statusOf('register', { nodeOptions: '', required })).toBe('ok');
  });

  it('gives a remedy with everything that is not well, whatever the facts', () => {
    const version = fc.oneof(fc.string(), fc.constantFrom('1.9.0', '2.0.0', '3.1.0', '22.15.0'));
    const resolved = fc.record({ name: fc.string(), version, entry: fc.string() });
    const facts = fc.record(
      {
        nodeVersion: version,
        nodeOptions: fc.string(),
        genai: resolved,
        clients: fc.array(
          resolved.chain((found) =>
            fc.constantFrom('sdk', 'socket').map((through) => ({ ...found, through, where: '' }) as const),
          ),
          { maxLength: 2 },
        ),
        apiCopies: fc.array(resolved, { maxLength: 3 }),
        otelSdks: fc.array(resolved, { maxLength: 2 }),
        bundlerFiles: fc.array(fc.string(), { maxLength: 2 }),
        required: fc.array(fc.record({ name: fc.string(), found: fc.boolean() }), { maxLength: 2 }),
        disabled: fc.boolean(),
        settingsWarnings: fc.array(fc.string(), { maxLength: 2 }),
        endpoint: fc.record({
          url: fc.webUrl(),
          configured: fc.boolean(),
          answer: fc.oneof(fc.record({ status: fc.integer() }), fc.record({ error: fc.string() })),
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(facts, (some) => {
        const checks = judge({ ...healthy, ...some });
        expect(checks.filter(({ status, remedy }) => (status === 'ok') !== (remedy === undefined))).toEqual(
          [],
        );
      }),
    );
  });

  it.each([
    [
      { sessions: 3, lastMsAgo: 12_000 },
      '/app/live-otel.jsonl can be written. It holds 3 sessions, last written 12.0 s ago.',
    ],
    [
      { sessions: 1, lastMsAgo: 90_000 },
      '/app/live-otel.jsonl can be written. It holds 1 session, last written 1 min 30 s ago.',
    ],
    [
      { sessions: 0, lastMsAgo: 5 },
      '/app/live-otel.jsonl can be written. It holds no session; last written 5 ms ago.',
    ],
    [
      { lastMsAgo: 5 },
      '/app/live-otel.jsonl can be written. It is too large to count its sessions here; last written 5 ms ago.',
    ],
  ])('says what was recorded: %j', (recorded, message) => {
    const facts = { ...healthy, file: { ...healthy.file, recorded } };
    expect(judge(facts).find(({ id }) => id === 'file')).toEqual({ id: 'file', status: 'ok', message });
  });
});
