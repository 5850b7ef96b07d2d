import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/stack/support/free-port.ts';
import { startTestStack } from '../../test/stack/support/stack.ts';
import { findBinaries } from '../../tools/stack/binaries.ts';
import { exact } from '../report/format.ts';
import type { Benchmark } from '../report/section.ts';
import { acceptedSpans, counter } from './counter.ts';
import { usualPace } from './pace.ts';
import { cpuSeconds, largestRss } from './process.ts';
import { recordTraffic } from './traffic.ts';

const connections = 8;

interface Step {
  readonly offered: number;
  readonly accepted: number;
  /** Messages. */
  readonly refused: number;
  readonly lost: number;
  readonly seconds: number;
  readonly cores: number;
  readonly memory: number;
  /** Seconds until the queue was empty after the last request. */
  readonly drained: number;
}

/** Spans a second that one Collector takes, counts, redacts, samples, keeps on disk and hands on. */
export const throughput: Benchmark = {
  name: 'throughput',
  async run({ quick }) {
    const seconds = quick ? 3 : 20;
    const messages = await recordTraffic();
    const bytes = messages.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const steps: Step[] = [];
    for (const offered of quick ? [2_000] : [500, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000]) {
      const step = await measure(messages, offered, seconds);
      steps.push(step);
      process.stderr.write(`live-otel: ${JSON.stringify(step)}\n`);
      if (!holds(step)) break;
    }
    const best = steps.findLast(holds);
    const perSecond = (step: Step) => step.accepted / step.seconds;
    return {
      title: 'One Collector',
      method: [
        `The spans of 40 recorded sessions (tool calls; one in ten dies), as their application sent them, are sent again and again to one Collector with \`collector/collector.yaml\` at a fixed rate for ${seconds} s, over ${connections} connections, ${exact(bytes / messages.length / 1_000, 'kB')} a request. Its queues are on disk, \`span_metrics\` go to Prometheus, traces to a second Collector that counts and forgets them, so that Jaeger's storage is no part of it. A rate is held when nothing is refused, nothing is missing at the other end, the rate was reached, and the queue is empty within 5 s. Sender, receiver, Prometheus and the Collector share the cores.`,
      ],
      tables: [
        {
          title: 'Spans a second',
          columns: [
            'Offered',
            'Accepted',
            'Refused',
            'Lost',
            'Cores used',
            'Spans/s a core',
            'Memory at most',
            'Queue empty after',
            '',
          ],
          rows: steps.map((step) => [
            exact(step.offered, 'spans/s'),
            exact(perSecond(step), 'spans/s'),
            String(step.refused),
            String(step.lost),
            step.cores.toFixed(2),
            exact(perSecond(step) / step.cores, ''),
            exact(step.memory / 1e6, 'MB'),
            exact(step.drained, 's'),
            holds(step) ? 'held' : 'not held',
          ]),
        },
      ],
      ...(best && {
        remarks: [
          `Most that was held: ${exact(perSecond(best), 'spans/s')} with ${best.cores.toFixed(2)} cores and ${exact(best.memory / 1e6, 'MB')}. Where other work takes the cores, the rate falls and the spans/s a core stay: those are what to plan with.`,
        ],
      }),
      goals: [],
    };
  },
};

function holds({ offered, accepted, refused, lost, seconds, drained }: Step): boolean {
  return refused === 0 && lost === 0 && accepted / seconds > 0.95 * offered && drained < 5;
}

async function measure(messages: readonly Buffer[], offered: number, seconds: number): Promise<Step> {
  await using stack = await startTestStack({ pace: usualPace, only: ['prometheus', 'collector'] });
  await using sink = await startSink(stack.urls.jaegerOtlpGrpc);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const url = `${stack.urls.otlpHttp}/v1/traces`;
  const postAll = () => messages.map((body) => postOnce(url, body, agent));
  await Promise.all(postAll());
  const spans = await counter(stack.urls.collectorMetrics, acceptedSpans);
  await until(async () => (await sink.received()) === spans);

  const pid = stack.pid('collector');
  const cpuBefore = cpuSeconds(pid);
  const started = performance.now();
  const everyMs = (spans / offered / messages.length) * 1_000;
  const rounds = Math.ceil((seconds * 1_000) / everyMs / messages.length);
  const under: Promise<boolean>[] = [];
  for (const body of Array.from({ length: rounds }, () => messages).flat()) {
    const early = under.length * everyMs - (performance.now() - started);
    if (early > 0) await sleep(early);
    // A sender whose requests pile up is no faster for more of them.
    while (isFull(agent)) await sleep(1);
    under.push(postOnce(url, body, agent));
  }
  const answers = await Promise.all(under);
  const lasted = (performance.now() - started) / 1_000;
  const cores = (cpuSeconds(pid) - cpuBefore) / lasted;
  const sentAt = performance.now();
  // Of what was refused nothing is known but the messages: then the Collector's own count says what it took.
  const refused = answers.filter((taken) => !taken).length;
  const accepted =
    refused === 0 ? rounds * spans : (await counter(stack.urls.collectorMetrics, acceptedSpans)) - spans;
  await until(async () => (await sink.received()) >= accepted + spans);
  const drained = (performance.now() - sentAt) / 1_000;
  const memory = largestRss(pid);
  const lost = accepted + spans - (await sink.received());
  agent.destroy();
  return {
    offered,
    accepted,
    refused,
    lost,
    seconds: lasted,
    cores,
    memory,
    drained,
  };
}

const isFull = (agent: Agent): boolean =>
  Object.values(agent.requests).some((waiting) => (waiting?.length ?? 0) > 0);

function postOnce(url: string, body: Buffer, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.byteLength };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    });
    outgoing.on('error', () => resolve(false)).end(body);
  });
}

/** Stands in for Jaeger at its address: a Collector that takes spans over gRPC and forgets them. */
async function startSink(address: string): Promise<AsyncDisposable & { received(): Promise<number> }> {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-sink-'));
  const metrics = await freePort();
  const prometheus = { host: '127.0.0.1', port: metrics };
  const config = {
    receivers: { otlp: { protocols: { grpc: { endpoint: address, max_recv_msg_size_mib: 32 } } } },
    exporters: { file: { path: '/dev/null', format: 'proto' } },
    service: {
      pipelines: { traces: { receivers: ['otlp'], exporters: ['file'] } },
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus } } }] } },
    },
  };
  const file = join(folder, 'sink.yaml');
  writeFileSync(file, JSON.stringify(config));
  const { otelcol } = await findBinaries();
  const child = spawn(otelcol, ['--config', file], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${metrics}/metrics`;
  const sink = {
    received: () => counter(url, acceptedSpans),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
  await until(() =>
    sink.received().then(
      () => true,
      () => false,
    ),
  );
  return sink;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await holds()) && performance.now() < deadline) await sleep(50);
}
