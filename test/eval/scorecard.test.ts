/** The whole way: the real client library, the scripted service, the instrumentation, and the report. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { largeResponse } from '../../eval/scorecard/causes/responses.ts';
import { populationOf } from '../../eval/scorecard/families/family.ts';
import { truthOf } from '../../eval/scorecard/truth.ts';
import { play } from '../../eval/scorecard/world/play.ts';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';

const population = {
  ...populationOf(
    { name: 'large responses', make: () => ({ causes: [largeResponse({ bytes: 8_192, chance: 0.6 })] }) },
    7,
  ),
  visits: 80,
};

it('reports every session that the service had, and names what ended them', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'sessions.jsonl');
  const account = await play(population, file);
  const { totals, scorecard } = toReport(await collect([file]));

  expect(totals.sessions).toBe(account.connections);
  expect(totals.closures.unexpected).toBe(account.deaths.length);
  expect(scorecard.supported).toContain('payload_size');
});

it('plays the same population in the same way', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const small = { ...population, visits: 25 };
  const first = await play(small, join(directory, 'first.jsonl'));
  const second = await play(small, join(directory, 'second.jsonl'));

  expect(second.deaths).toEqual(first.deaths);
});

it('takes for true what is so of the ends that the telemetry tells of', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'sessions.jsonl');
  const sampled = {
    ...population,
    operations: {
      ...population.operations,
      sampling: { ratio: 0.5, weights: false, others: 'nothing' as const },
    },
  };
  const account = await play(sampled, file);
  const { totals } = toReport(await collect([file]));
  const truth = truthOf(sampled, account);

  expect(truth.deaths).toBe(totals.closures.unexpected);
  expect(truth.deaths).toBeLessThan(account.deaths.length);
  expect(truth.shares.reduce((sum, { deaths }) => sum + deaths, 0)).toBe(truth.deaths);
});
