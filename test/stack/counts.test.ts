/** What Prometheus counts against what happened, through clean stops of the collector. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { type Agent, startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
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
