import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { type FileSpan, spanTree } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';

const apps = ['talk-cjs.cjs', 'talk-esm.mjs'] as const;
const recorded = [
  'handle a phone call',
  '  live_session gemini-test',
  '    live_closure',
  '    live_connect gemini-test',
  '    realtime_inference gemini-test',
  '      execute_tool get_weather',
  '        look up the weather',
  '        send_tool_response',
];

/** Puts the built package and the applications where an installation of them would be. */
function install(line: string): string {
  const fixture = join(root, 'test/fixtures', line);
  const installed = join(fixture, 'node_modules/live-otel');
  rmSync(installed, { recursive: true, force: true });
  for (const name of ['dist', 'package.json'])
    cpSync(join(root, name), join(installed, name), { recursive: true });
  cpSync(join(root, 'test/instrumentation/apps/own-sdk'), join(fixture, 'node_modules/application'), {
    recursive: true,
  });
  return fixture;
}

async function run(fixture: string, flags: readonly string[], app: string, env: Record<string, string> = {}) {
  await using simulator = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 50 });
  return await runNode([...flags, `./node_modules/application/${app}`], {
    cwd: fixture,
    env: {
      GEMINI_BASE_URL: simulator.url,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      ...env,
    },
  });
}

describe.each(['otel-2', 'otel-3'])("inside an application's own NodeSDK (%s)", (line) => {
  let fixture: string;
  beforeAll(() => {
    fixture = install(line);
  });

  it.each(apps)('records the session under the span it was opened in: %s', async (app) => {
    const { stdout, code } = await run(fixture, ['--require', './node_modules/application/sdk.cjs'], app);

    expect(code).toBe(0);
    expect(spanTree(JSON.parse(stdout) as FileSpan[])).toEqual(recorded);
  });

  it('records once when live-otel/register is loaded as well, and leaves the SDK to the application', async () => {
    const flags = ['--require', 'live-otel/register', '--require', './node_modules/application/sdk.cjs'];
    const { stdout, stderr, code } = await run(fixture, flags, 'talk-cjs.cjs');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(spanTree(JSON.parse(stdout) as FileSpan[])).toEqual(recorded);
  });
});

describe('next to @opentelemetry/auto-instrumentations-node', () => {
  let fixture: string;
  beforeAll(() => {
    fixture = install('otel-2');
  });

  it.each([
    ['before it', ['live-otel/register', '@opentelemetry/auto-instrumentations-node/register']],
    ['after it', ['@opentelemetry/auto-instrumentations-node/register', 'live-otel/register']],
  ])('sends its spans through the provider that is there: loaded %s', async (_order, preloads) => {
    for (const app of apps) {
      const flags = preloads.flatMap((preload) => ['--require', preload]);
      const { stdout, code } = await run(fixture, flags, app, {
        OTEL_TRACES_EXPORTER: 'console',
        OTEL_NODE_RESOURCE_DETECTORS: 'none',
      });

      expect(code).toBe(0);
      expect(
        [...stdout.matchAll(/^ {2}name: '((?:live|realtime|execute|send)_.*)',$/gm)]
          .map(([, name]) => name)
          .sort(),
      ).toEqual([
        'execute_tool get_weather',
        'live_closure',
        'live_connect gemini-test',
        'live_session gemini-test',
        'realtime_inference gemini-test',
        'send_tool_response',
      ]);
    }
  });
});
