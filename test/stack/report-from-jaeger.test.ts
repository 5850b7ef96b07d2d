/** What the report reads from a real Jaeger: the sessions of one service, as its own files would tell them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, it } from 'vitest';
import { collect } from '../../src/report/read/collect.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';

const { otlpHttp, jaeger } = inject('urls');
const service = `reported-${randomUUID()}`;
const sessions = 7;
const from = Date.now();

beforeAll(async () => {
  await using simulator = await LiveServerSimulator.start({
    script: scripts['tool-response-1011'],
    timeScale: 20,
  });
  const agent = startAgent({ otlp: otlpHttp, service, parts: [{ url: simulator.url, sessions }] });
  await agent.finished;
  expect(await agent.end()).toBe('');
});

it('reports the sessions of a service from Jaeger', async () => {
  await eventually(async () => {
    const {
      input,
      counts,
      tables,
      closureGroups,
      sessions: whole,
    } = await collect([], {
      jaeger: { url: jaeger, service, from, to: Date.now() + 1_000 },
    });
    expect([input.sources, input.broken]).toEqual([[jaeger], 0]);
    expect([counts.sessions, counts.withClosure, counts.toolResponses]).toEqual([
      sessions,
      sessions,
      sessions,
    ]);
    expect(closureGroups).toMatchObject([
      { code: 1011, initiator: 'server', expected: false, preceding: 'tool_response', closures: sessions },
    ]);
    expect(tables.toolResponses.reduce((sum, cell) => sum + cell.closures, 0)).toBe(sessions);
    expect(whole.map(({ service: of, recorded, toolCalls }) => [of, recorded, toolCalls.length])).toEqual(
      Array.from({ length: sessions }, () => [service, true, 1]),
    );
  }, 60_000);
});

it('finds nothing of a service that Jaeger does not know', async () => {
  const { input, counts } = await collect([], {
    jaeger: { url: jaeger, service: `${service}-not`, from, to: Date.now() },
  });
  expect([input.spans, counts.sessions]).toEqual([0, 0]);
});
