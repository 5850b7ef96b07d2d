import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { GoogleGenAI } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { judgeTrials } from '../../src/analysis/experiment/judge.ts';
import type { LiveClient } from '../../src/experiment/client.ts';
import { converse } from '../../src/experiment/converse.ts';
import { designOf } from '../../src/experiment/design.ts';
import { type Result, runExperiment, trialsOf } from '../../src/experiment/run.ts';
import { scaledTime, type Time } from '../../src/experiment/time.ts';
import { createRandom } from '../../src/testing/random.ts';
import { answer, served } from './served.ts';

const timeScale = 100;
/** Half a second of the clock: all that these services say, they say at once. */
const time: Time = { ...scaledTime(timeScale), patience: 50_000 };
const design = designOf('payload_size');

async function run(url: string, { seed = 1, parallel = 8, earlier = [] as readonly Result[] } = {}) {
  const live = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: url } })
    .live as unknown as LiveClient;
  const random = createRandom(seed + earlier.length);
  const pauses: number[] = [];
  const { results, stop } = await runExperiment({
    design,
    maxSessions: 40,
    parallel,
    earlier,
    coin: () => random.next() < 0.5,
    converse: (toss, signal) =>
      converse({ live, others: live, treatment: design.arms[toss.arm], time, signal }),
    time,
    signal: new AbortController().signal,
    isSpent: () => false,
    onPause: (ms) => pauses.push(ms),
  });
  return { results, stop, pauses, judgement: judgeTrials(trialsOf(results, design)) };
}

const isLarge = (bytes: number): boolean => bytes > 8_000;

describe('a service that hangs', () => {
  it('once it has a large response: that is an outcome', { timeout: 60_000 }, async () => {
    await using service = await served((message, bytes, ...rest) => {
      if (!message.toolResponse || !isLarge(bytes)) answer(message, bytes, ...rest);
    });
    const { judgement, stop, results } = await run(service.url);
    expect({ stop, verdict: judgement.verdict }).toEqual({ stop: 'settled', verdict: 'worse' });
    expect(results.some(({ outcome }) => outcome.kind === 'silent')).toBe(true);
  });

  it('before it has set a session up: nothing is counted, and it gives up', { timeout: 60_000 }, async () => {
    await using service = await served(() => {});
    const { results, stop, judgement, pauses } = await run(service.url);
    expect(stop).toBe('refused');
    expect(pauses).toEqual([1_000, 5_000, 15_000, 30_000, 60_000]);
    expect(judgement.control.sessions + judgement.treated.sessions).toBe(0);
    expect(results.at(-1)?.outcome).toMatchObject({ kind: 'silent', phase: 'setup' });
  });

  it('as soon as it has accepted the connection: the same', { timeout: 60_000 }, async () => {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { stop, results } = await run(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
    for (const socket of sockets) socket.destroy();
    server.close();
    expect(stop).toBe('refused');
    expect(results.every(({ outcome }) => outcome.kind !== 'completed')).toBe(true);
  });
});

describe('a service whose quota is used up half-way', () => {
  it.each([
    [1011, 'You exceeded your current quota, please check your plan and billing details.'],
    [1008, 'Resource has been exhausted (e.g. check quota).'],
    [1013, '429 RESOURCE_EXHAUSTED'],
  ])(
    '%i: loses nothing, and comes to the same verdict when it goes on',
    { timeout: 60_000 },
    async (code, reason) => {
      let setups = 0;
      let quota = Number.POSITIVE_INFINITY;
      await using service = await served((message, bytes, say, end, connection) => {
        if (message.setup) {
          setups += 1;
          if (setups > quota) return end(code, reason);
        }
        if (message.toolResponse && isLarge(bytes)) return end(1011, 'Internal error occurred.');
        answer(message, bytes, say, end, connection);
      });
      const whole = await run(service.url, { parallel: 1 });
      setups = 0;
      quota = 6;
      const half = await run(service.url, { parallel: 1 });
      expect(half.stop).toBe('refused');
      expect(half.judgement.verdict).toBe('not_settled');
      const counted = trialsOf(half.results, design);
      expect(counted.length).toBe(6);
      quota = Number.POSITIVE_INFINITY;
      const rest = await run(service.url, { parallel: 1, earlier: half.results });
      expect(trialsOf(rest.results, design).slice(0, 6)).toEqual(counted);
      expect([rest.stop, rest.judgement.verdict]).toEqual([whole.stop, whole.judgement.verdict]);
      expect(whole.judgement.verdict).toBe('worse');
    },
  );
});
