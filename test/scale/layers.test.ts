/** The layers of collector/scale at work: what goes into the agent is found in OpenSearch, by Jaeger. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { startAgent } from '../stack/support/agent.ts';
import { eventually } from '../stack/support/eventually.ts';
import { getJson } from '../stack/support/http.ts';
import { findTraces } from '../stack/support/jaeger.ts';
import { total } from '../stack/support/prometheus.ts';
import { named } from '../stack/support/spans.ts';
import { startTiers, type Tiers } from './support/tiers.ts';

const sessions = 200;

let tiers: Tiers;
beforeAll(async () => {
  tiers = await startTiers();
});
afterAll(() => tiers?.[Symbol.asyncDispose]());

it(`${sessions} sessions go in and come out whole, with the reader killed on the way`, async () => {
  await using simulator = await LiveServerSimulator.start({
    script: scripts['tool-response-1011'],
    timeScale: 10,
  });
  const service = `scaled-${randomUUID()}`;
  const before = tiers.cpuSeconds();
  const agent = startAgent({
    otlp: tiers.otlp,
    service,
    parts: [{ url: simulator.url, sessions, everyMs: 100, parallel: 20 }],
  });
  await eventually(async () => expect((await findTraces(tiers.jaeger, { service })).size).toBeGreaterThan(0));
  await tiers.kill('jaeger');
  await agent.finished;
  await tiers.start('jaeger');
  expect(await agent.end()).toBe('');

  await eventually(async () => {
    const traces = [...(await findTraces(tiers.jaeger, { service })).values()];
    expect(named(traces.flat(), 'live_closure')).toHaveLength(sessions);
    expect(traces.map((spans) => spans.length)).toEqual(Array.from({ length: sessions }, () => 6));
  });
  // Two gateways count side by side; a batch that the agent sent again because no answer came in time counts again.
  const counted = `traces_span_metrics_calls_total{service_name="${service}",span_name="live_closure"}`;
  await eventually(async () => {
    expect(await total(tiers.prometheus, `gemini_live_closures_total{job="${service}"}`)).toBe(sessions);
    expect(await total(tiers.prometheus, counted)).toBeGreaterThanOrEqual(sessions);
  });
  process.stdout.write(`${await total(tiers.prometheus, counted)} closures in span_metrics\n`);
  process.stdout.write(await figures(before));
});

/** For docs/scale.md. */
async function figures(before: ReturnType<Tiers['cpuSeconds']>): Promise<string> {
  const after = tiers.cpuSeconds();
  const spans = `${tiers.opensearch}/live-jaeger-span-*`;
  await fetch(`${spans}/_forcemerge?max_num_segments=1`, { method: 'POST' });
  await fetch(`${spans}/_refresh`, { method: 'POST' });
  const { count } = await getJson<{ count: number }>(`${spans}/_count`);
  const { _all } = await getJson<{ _all: { primaries: { store: { size_in_bytes: number } } } }>(
    `${spans}/_stats/store`,
  );
  const seconds = Object.entries(after).map(
    ([name, value]) => [name, value - before[name as keyof typeof before]] as const,
  );
  const all = seconds.reduce((sum, [, value]) => sum + value, 0);
  return [
    `${count} documents, ${(count / sessions).toFixed(2)} a session; ${Math.round(_all.primaries.store.size_in_bytes / sessions)} bytes a session`,
    ...seconds.map(
      ([name, value]) => `${name.padEnd(12)} ${((value / sessions) * 1_000).toFixed(1)} ms a session`,
    ),
    `${(sessions / all).toFixed(1)} sessions/s a core`,
    '',
  ].join('\n');
}
