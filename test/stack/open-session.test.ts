/** A session whose end is still to come, in Jaeger: what docs/stack.md says of it. */
import { randomUUID } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { findLegacyTrace, findTraces } from './support/jaeger.ts';

const { jaeger, otlpHttp: otlp } = inject('urls');

it('spans of an open session have a parent that is not there yet; nothing of that is left when it has ended', async () => {
  const service = `open-${randomUUID()}`;
  await using simulator = await LiveServerSimulator.start({ script: scripts['healthy-talk'], timeScale: 5 });
  const part = { url: simulator.url, sessions: 1, turns: 999, hangUpAfterMs: 12_000 };
  const agent = startAgent({ otlp, service, parts: [part] });
  const warnings = async () => {
    const [traceId] = [...(await findTraces(jaeger, { service })).keys()];
    if (traceId === undefined) throw new Error('Nothing has arrived.');
    const spans = await findLegacyTrace(jaeger, traceId);
    return new Map(spans.map((span) => [span.operationName.split(' ')[0], span.warnings ?? []]));
  };
  await eventually(async () => {
    const found = await warnings();
    expect([...found.keys()]).not.toContain('live_session');
    expect(found.get('realtime_inference')?.join()).toMatch(
      /^invalid parent span IDs=\w+; skipping clock skew adjustment$/,
    );
  });
  await agent.finished;
  expect(await agent.end()).toBe('');
  await eventually(async () => {
    const found = await warnings();
    expect([...found.keys()]).toContain('live_session');
    expect([...found.values()].flat()).toEqual([]);
  });
});
