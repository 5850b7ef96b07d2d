/** More senders than there should be: the collector takes what it can, and gives back what they held. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { runCommand } from '../../tools/stack/command.ts';
import { startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { total } from './support/prometheus.ts';
import { startTestStack } from './support/stack.ts';

const connections = 2_000;
/** Of the collector in the second half: fewer than there are connections. */
const files = 1_024;

it(`${connections} connections that stop in a request end neither the collector nor what others send`, async () => {
  await using simulator = await LiveServerSimulator.start({
    script: scripts['tool-response-1011'],
    timeScale: 10,
  });
  await using stack = await startTestStack();
  const pid = stack.pid('collector');
  const open = (): number => readdirSync(`/proc/${pid}/fd`).length;
  const megabytes = (): number =>
    Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024);
  const service = `overload-${randomUUID()}`;
  const sendSessions = async (all: number): Promise<void> => {
    const parts = [{ url: simulator.url, sessions: 20, everyMs: 50 }];
    const agent = startAgent({ otlp: stack.urls.otlpHttp, service: `${service}-${all}`, parts });
    await agent.finished;
    await eventually(async () => {
      const closures = `gemini_live_closures_total{job="${service}-${all}"}`;
      expect(await total(stack.urls.prometheus, closures)).toBe(20);
    });
    expect(await agent.end()).toBe('');
  };
  const atFirst = open();

  const stopped = stopInRequests(stack.ports.otlpHttp);
  await eventually(async () => expect(open()).toBeGreaterThan(connections));
  await sendSessions(1);
  const most = { files: open(), megabytes: megabytes() };
  const since = performance.now();
  await eventually(async () => expect(open()).toBeLessThan(atFirst + 50));
  const seconds = Math.round((performance.now() - since) / 1_000);
  expect(stopped.every((socket) => socket.closed)).toBe(true);

  // As on a machine that gives it no more files than that: the others wait until some are free again.
  await runCommand('prlimit', ['--pid', String(pid), `--nofile=${files}:${files}`]);
  const refused = stopInRequests(stack.ports.otlpHttp);
  await eventually(async () => expect(open()).toBeGreaterThan(files - 50));
  await sendSessions(2);
  for (const socket of refused) socket.destroy();
  await eventually(async () => expect(open()).toBeLessThan(atFirst + 50));
  expect(stack.pid('collector')).toBe(pid);
  expect((await fetch(stack.urls.collectorHealth)).status).toBe(200);
  process.stdout.write(
    `${connections} connections: ${most.files} files, ${most.megabytes} MB; given back ${seconds} s later, then ${megabytes()} MB\n`,
  );
});

/** Half of them in the head of a request, half in its body. */
function stopInRequests(port: number): readonly Socket[] {
  const head = 'POST /v1/traces HTTP/1.1\r\nHost: collector\r\nContent-Type: application/json\r\n';
  const body = `Content-Length: 30000000\r\n\r\n${' '.repeat(50_000)}`;
  return Array.from({ length: connections }, (_, index) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(index % 2 === 0 ? head : head + body));
    return socket.on('error', () => undefined).resume();
  });
}
