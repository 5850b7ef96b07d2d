/** What Prometheus counts against what happened, through clean stops of the collector. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { type Agent, startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { findTraces } from './support/jaeger.ts';
import { total } from './support/prometheus.ts';
import { startTestStack } from './support/stack.ts';

let simulator: LiveServerSimulator;
beforeAll(async () => {
  simulator = await LiveServerSimulator.start({ script: scripts['tool-response-1011'], timeScale: 10 });
});
afterAll(() => simulator?.close());

function dying(otlp: string, service: string, sessions: number, everyMs: number): Agent {
  return startAgent({
    otlp,
    service,
    parts: [{ url: simulator.url, sessions, everyMs, parallel: 50 }],
  });
}

/** Also of a collector that has been replaced: its series end, and count. */
const spansCounted = (service: string): string =>
  `last_over_time(traces_span_metrics_calls_total{service_name="${service}",span_name="live_closure"}[1h])`;

it('sessions are counted once when the collector stops in order; span_metrics may miss its last second', async () => {
  const service = `stopped-${randomUUID()}`;
  await using stack = await startTestStack();
  const agent = dying(stack.urls.otlpHttp, service, 60, 200);
  await sleep(4_000);
  await stack.restart('collector');
  await sleep(4_000);
  await stack.restart('collector');
  await agent.finished;
  await agent.end();
  await eventually(async () => {
    expect(await total(stack.urls.prometheus, `gemini_live_closures_total{job="${service}"}`)).toBe(60);
    // It does not send what it has counted since its last interval.
    const spans = await total(stack.urls.prometheus, spansCounted(service));
    expect(spans).toBeGreaterThan(40);
    expect(spans).toBeLessThanOrEqual(60);
  });
});

it('sessions are counted once when a full queue refuses them for a while, whatever span_metrics count', async () => {
  const service = `refused-${randomUUID()}`;
  // Room for some fifty of the sessions below.
  await using stack = await startTestStack({ env: { COLLECTOR_QUEUE_BYTES: '1048576' } });
  await stack.kill('jaeger');
  const agent = dying(stack.urls.otlpHttp, service, 150, 50);
  await agent.finished;
  await eventually(async () => {
    const metrics = await (await fetch(stack.urls.collectorMetrics)).text();
    expect(metrics).toMatch(/^otelcol_receiver_(?:refused|failed)_spans\S* [1-9]/m);
  });
  await stack.restart('collector');
  await stack.start('jaeger');
  await eventually(async () => {
    const found = await findTraces(stack.urls.jaeger, { service, operation: 'live_closure', limit: 500 });
    expect(found.size).toBe(150);
    expect(await total(stack.urls.prometheus, `gemini_live_closures_total{job="${service}"}`)).toBe(150);
  });
  const spans = await total(stack.urls.prometheus, spansCounted(service));
  process.stdout.write(`150 closures through a full queue and a restart: span_metrics counted ${spans}\n`);
  // By what the queue had delivered before it refused, and by what the restart forgot: 94 and 193 were seen.
  expect(spans).toBeGreaterThan(0);
  expect(await agent.end()).toBe('');
});
