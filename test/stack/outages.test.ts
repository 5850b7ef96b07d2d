/**
 * Servers that go away and come back. What is promised, and tested by counts: what the collector has answered 200 to is
 * not lost, whichever server stops, and kill -9 of the collector included; and an application bridges a collector that is
 * away as long as what waits has room. Not promised: what an application holds in memory when it is killed, what its
 * bounded queues cannot hold while no collector answers, and increments of span_metrics that were not sent when the collector ended.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import type { Stack } from '../../tools/stack/run.ts';
import { startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { findTraces } from './support/jaeger.ts';
import { query, total } from './support/prometheus.ts';
import { named } from './support/spans.ts';
import { startTestStack } from './support/stack.ts';

let stack: Stack;
let simulator: LiveServerSimulator;
beforeAll(async () => {
  stack = await startTestStack();
  simulator = await LiveServerSimulator.start({ script: scripts['tool-response-1011'], timeScale: 10 });
});
afterAll(async () => {
  await simulator?.close();
  await stack?.close();
});

/** Sessions that each die after a tool response: six spans, of which none may be missing. */
function dyingSessions(service: string, sessions: number, everyMs: number) {
  const part = { url: simulator.url, sessions, everyMs, parallel: 20 };
  return startAgent({ otlp: stack.urls.otlpHttp, service, parts: [part] });
}

async function expectAllTraces(service: string, sessions: number): Promise<void> {
  await eventually(async () => {
    const traces = [...(await findTraces(stack.urls.jaeger, { service })).values()];
    expect(named(traces.flat(), 'live_closure')).toHaveLength(sessions);
    expect(traces.map((spans) => spans.length)).toEqual(Array.from({ length: sessions }, () => 6));
  });
}

async function expectAllClosures(service: string, sessions: number): Promise<void> {
  await eventually(async () => {
    expect(await total(stack.urls.prometheus, `gemini_live_closures_total{job="${service}"}`)).toBe(sessions);
    expect(await total(stack.urls.prometheus, `gemini_live_tool_responses_total{job="${service}"}`)).toBe(
      sessions,
    );
  });
}

describe('nothing is lost', () => {
  it('of a thousand sessions that end at once while the collector is away', async () => {
    const service = `burst-without-collector-${randomUUID()}`;
    await stack.stop('collector');
    const part = { url: simulator.url, sessions: 1_000, parallel: 50 };
    const agent = startAgent({ otlp: stack.urls.otlpHttp, service, parts: [part] });
    await agent.finished;
    await stack.start('collector');
    await eventually(async () => {
      const query = { service, operation: 'live_closure', limit: 1_500 };
      expect((await findTraces(stack.urls.jaeger, query)).size).toBe(1_000);
    });
    await expectAllClosures(service, 1_000);
    await agent.end();
  });

  it('while Jaeger is away, and the collector is killed in the meantime with its queue full', async () => {
    const service = `without-jaeger-${randomUUID()}`;
    await stack.kill('jaeger');
    const agent = dyingSessions(service, 40, 500);
    await sleep(8_000);
    await stack.kill('collector');
    await sleep(2_000);
    await stack.start('collector');
    await agent.finished;
    // Jaeger comes back after all of it: what there is of the first half has been on the collector's disk.
    await stack.start('jaeger');
    await expectAllTraces(service, 40);
    await expectAllClosures(service, 40);
    expect(await agent.end()).toBe('');
  });

  it('when the collector is killed again and again under load', async () => {
    const service = `without-collector-${randomUUID()}`;
    const agent = dyingSessions(service, 150, 100);
    for (let times = 0; times < 3; times += 1) {
      await sleep(3_000);
      await stack.kill('collector');
      await sleep(1_000);
      await stack.start('collector');
    }
    await agent.finished;
    await expectAllClosures(service, 150);
    await expectAllTraces(service, 150);
    expect(await agent.end()).toBe('');
  });

  it('while Prometheus is away: not even the time of what happened', async () => {
    const service = `without-prometheus-${randomUUID()}`;
    const agent = dyingSessions(service, 20, 1_000);
    await eventually(async () => {
      expect(
        await total(stack.urls.prometheus, `gemini_live_sessions_total{job="${service}"}`),
      ).toBeGreaterThan(0);
    });
    await stack.kill('prometheus');
    const gone = Date.now();
    await agent.finished;
    const back = Date.now();
    await stack.start('prometheus');
    await expectAllClosures(service, 20);
    await expectAllTraces(service, 20);
    expect(await agent.end()).toBe('');
    // The collector's queue brings the minutes that Prometheus has missed, each with its own time.
    const seconds = Math.floor((back - gone) / 1_000) - 2;
    const meanwhile = `count_over_time(gemini_live_sessions_total{job="${service}"}[${seconds}s])`;
    const [samples] = await query(stack.urls.prometheus, meanwhile, new Date(back - 1_000));
    expect(samples?.value).toBeGreaterThanOrEqual(seconds / 2);
  });

  it('when all of them are stopped and started again', async () => {
    const service = `restarted-${randomUUID()}`;
    const agent = dyingSessions(service, 10, 0);
    await agent.finished;
    expect(await agent.end()).toBe('');
    await expectAllTraces(service, 10);
    const before = await findTraces(stack.urls.jaeger, { service });
    await stack.restart('jaeger');
    await stack.restart('prometheus');
    await stack.restart('collector');
    expect(await findTraces(stack.urls.jaeger, { service })).toEqual(before);
    await expectAllClosures(service, 10);
  });
});

describe('the application', () => {
  /** Takes connections, and never says a word. */
  async function blackHole(): Promise<AsyncDisposable & { readonly url: string }> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}).on('data', () => {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      url: `http://127.0.0.1:${port}`,
      async [Symbol.asyncDispose]() {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  it('neither waits for a collector that is gone or silent, nor keeps everything for it', async () => {
    await using talk = await LiveServerSimulator.start({ script: scripts['healthy-talk'], timeScale: 1 });
    const parts = [
      { url: talk.url, sessions: 6, parallel: 6, turns: 99, audio: true, hangUpAfterMs: 8_000 },
      { url: simulator.url, sessions: 300, parallel: 10 },
    ];
    const run = async (otlp: string) => {
      const agent = startAgent({ otlp, service: `pace-${randomUUID()}`, parts });
      const pace = await agent.finished;
      expect(agent.ended).toHaveLength(306);
      await agent.end();
      return pace;
    };
    const there = await run(stack.urls.otlpHttp);
    await stack.kill('collector');
    const refused = await run(stack.urls.otlpHttp);
    await stack.start('collector');
    await using silent = await blackHole();
    const hanging = await run(silent.url);

    for (const away of [refused, hanging]) {
      expect(away.sends).toBeGreaterThan(100);
      // Half of the calls return in a fraction of a millisecond, and none waits for a network timeout, the shortest of 2 s.
      expect(away.sendMs.p50).toBeLessThan(1);
      expect(away.sendMs.max).toBeLessThan(2_000);
      // What waits is bounded (16 MiB), and costs some objects around it.
      expect(away.largestRss - there.largestRss).toBeLessThan(80 * 2 ** 20);
    }
  });
});
