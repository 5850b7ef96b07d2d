import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, type Script, scripts } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { type NodeRun, root, runNode } from '../support/run-node.ts';
import { sdkLines } from '../support/sdk-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-unchanged-'));
afterAll(() => rmSync(folder, { recursive: true }));

const apps = { CommonJS: 'observable-cjs.cjs', 'ES module': 'observable-esm.mjs' } as const;
const scenarios: Readonly<Record<string, Script>> = {
  tool: scripts['tool-single'],
  minimal: scripts['healthy-talk'],
  errors: scripts['healthy-talk'],
  unhandled: scripts['healthy-talk'],
  throwing: scripts['healthy-talk'],
  refused: scripts['setup-rejected'],
};

/** Line by line; ids differ from session to session. */
function visible({ stdout, ...rest }: NodeRun): object {
  return { ...rest, stdout: stdout.split('\n') };
}

describe.each(sdkLines)('an application on %s', (sdk) => {
  describe.each(Object.entries(apps))('as a %s', (_kind, app) => {
    it.each(Object.keys(scenarios))('sees no difference: %s', async (scenario) => {
      const file = join(folder, `${sdk.replace('/', '-')}-${app}-${scenario}.jsonl`);
      await using simulator = await LiveServerSimulator.start({
        script: scenarios[scenario] as Script,
        timeScale: 50,
      });
      const run = (flags: readonly string[]): Promise<NodeRun> =>
        runNode([...flags, join(root, 'test/instrumentation/apps', app)], {
          env: { SDK: sdk, SCENARIO: scenario, GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: file },
        });
      const without = await run([]);
      const withUs = await run(['--require', 'live-otel/register']);

      expect(visible(withUs)).toEqual(visible(without));
      expect(without.stdout).toContain('["exit",0]');
      expect(readSpans(file).some(({ name }) => name.startsWith('live_closure'))).toBe(true);
    });
  });
});
