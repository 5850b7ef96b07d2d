/**
 * The layered configuration as many machines run it, on this one: an agent, two gateways, Kafka, a Jaeger that reads from
 * it, OpenSearch, Prometheus. Ports are free ones, the data is gone after `close()`.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { findBinaries, findScaleCollector } from '../../../tools/stack/binaries.ts';
import { type Child, startChild, tail } from '../../../tools/stack/child.ts';
import { runCommand } from '../../../tools/stack/command.ts';
import { writeConfiguration } from '../../../tools/stack/configuration.ts';
import { waitUntilHealthy } from '../../../tools/stack/health.ts';
import { findJavaServers } from '../../../tools/stack/java.ts';
import { freePorts } from '../../../tools/stack/ports.ts';
import { describeServers } from '../../../tools/stack/servers.ts';
import { eventually } from '../../stack/support/eventually.ts';
import { freePort } from '../../stack/support/free-port.ts';
import { root } from '../../support/run-node.ts';

const names = ['kafka', 'opensearch', 'prometheus', 'jaeger', 'gateway-1', 'gateway-2', 'agent'] as const;
export type TierName = (typeof names)[number];

interface Tier {
  readonly binary: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves when it works; to a sentence where it will not. */
  readonly ready: (ended: Promise<string>) => Promise<string | undefined>;
}

export interface Tiers extends AsyncDisposable {
  /** Base URL that the application sends to. */
  readonly otlp: string;
  readonly jaeger: string;
  readonly prometheus: string;
  readonly opensearch: string;
  readonly start: (name: TierName) => Promise<void>;
  readonly kill: (name: TierName) => Promise<void>;
  /** Processor time of each so far, in seconds, those that were killed included. */
  readonly cpuSeconds: () => Readonly<Record<TierName, number>>;
}

export async function startTiers(): Promise<Tiers> {
  const say = (line: string): void => void process.stderr.write(`scale: ${line}\n`);
  const binaries = await findBinaries({ onProgress: say });
  const collector = await findScaleCollector({ onProgress: say });
  const java = await findJavaServers({ onProgress: say });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'live-otel-scale-'));
  for (const name of ['logs', 'kafka', 'opensearch/config', 'prometheus', 'jaeger'])
    mkdirSync(path.join(dataDir, name), { recursive: true });

  const ports = await freePorts();
  const [broker, controller, http, transport] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const opensearch = `http://127.0.0.1:${http}`;
  const properties = path.join(dataDir, 'kafka.properties');
  writeFileSync(properties, kafkaProperties(path.join(dataDir, 'kafka'), broker, controller));
  const { args } = java.kafkaFormat(properties);
  await runCommand('java', args);
  await writeConfiguration({
    root,
    dataDir,
    ports,
    webhookUrl: 'http://127.0.0.1:9/',
    pace: { scrape: '1s' },
  });

  const servers = describeServers({ root, dataDir, ports, binaries, spanMetricsInterval: '1s' });
  const layer = (name: string): string => `--config=${path.join(root, 'collector/scale', name)}`;
  const shared = {
    KAFKA_BROKER: `127.0.0.1:${broker}`,
    OPENSEARCH_URL: opensearch,
    OPENSEARCH_PASSWORD: 'none',
    GATEWAY_INSECURE: 'true',
  };
  const healthy = (url: string) => (ended: Promise<string>) =>
    waitUntilHealthy({ url, timeoutMs: 120_000, ended });

  const gateways: Tier[] = [];
  const addresses: string[] = [];
  for (const name of ['gateway-1', 'gateway-2']) {
    const own = { ...(await freePorts()), prometheus: ports.prometheus };
    const { collector: gateway } = describeServers({
      root,
      dataDir: path.join(dataDir, name),
      ports: own,
      binaries,
      spanMetricsInterval: '1s',
    });
    gateways.push({
      binary: collector,
      args: [...gateway.args, layer('gateway-kafka.yaml')],
      env: { ...gateway.env, ...shared },
      ready: healthy(gateway.healthUrl),
    });
    addresses.push(`127.0.0.1:${own.otlpGrpc}`);
  }
  const agentFile = path.join(dataDir, 'agent.yaml');
  writeFileSync(agentFile, withStaticGateways(addresses));
  const [gateway1, gateway2] = gateways as [Tier, Tier];

  const tiers: Readonly<Record<TierName, Tier>> = {
    kafka: { ...java.kafka(properties), ready: () => accepts(broker) },
    opensearch: {
      ...java.opensearch(path.join(dataDir, 'opensearch'), http, transport),
      ready: healthy(opensearch),
    },
    prometheus: { ...servers.prometheus, ready: healthy(servers.prometheus.healthUrl) },
    jaeger: {
      ...servers.jaeger,
      args: [...servers.jaeger.args, layer('jaeger-kafka.yaml'), layer('jaeger-opensearch.yaml')],
      env: { ...servers.jaeger.env, ...shared },
      ready: healthy(servers.jaeger.healthUrl),
    },
    'gateway-1': gateway1,
    'gateway-2': gateway2,
    agent: {
      binary: collector,
      args: [`--config=${agentFile}`],
      env: {
        ...servers.collector.env,
        ...shared,
        COLLECTOR_DATA_DIR: path.join(dataDir, 'agent'),
      },
      ready: healthy(servers.collector.healthUrl),
    },
  };

  const children = new Map<TierName, Child>();
  const spent = new Map<TierName, number>();

  async function start(name: TierName): Promise<void> {
    const { binary, args, env, ready } = tiers[name];
    const logFile = path.join(dataDir, 'logs', `${name}.log`);
    const child = await startChild({ binary, args, env: { ...process.env, ...env }, cwd: dataDir, logFile });
    children.set(name, child);
    const problem = await ready(child.ended);
    if (problem !== undefined) throw new Error(`${name} ${problem}: ${await tail(logFile, 20)}`);
  }

  async function end(name: TierName, signal: NodeJS.Signals): Promise<void> {
    const child = children.get(name);
    if (!child?.running()) return;
    spent.set(name, cpuSecondsOf(name));
    child.signal(signal);
    await child.ended;
  }

  function cpuSecondsOf(name: TierName): number {
    const child = children.get(name);
    const before = spent.get(name) ?? 0;
    return child?.running() ? before + processorSeconds(child.pid) : before;
  }

  async function close(): Promise<void> {
    for (const name of names.toReversed()) await end(name, 'SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }

  try {
    for (const name of names) await start(name);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    otlp: `http://127.0.0.1:${ports.otlpHttp}`,
    jaeger: `http://127.0.0.1:${ports.jaeger}`,
    prometheus: `http://127.0.0.1:${ports.prometheus}`,
    opensearch,
    start,
    kill: (name) => end(name, 'SIGKILL'),
    cpuSeconds: () =>
      Object.fromEntries(names.map((name) => [name, cpuSecondsOf(name)])) as Record<TierName, number>,
    [Symbol.asyncDispose]: close,
  };
}

/** One broker, which is its own controller. */
function kafkaProperties(folder: string, broker: number, controller: number): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}
controller.listener.names=CONTROLLER
log.dirs=${folder}
num.partitions=3
offsets.topic.num.partitions=3
offsets.topic.replication.factor=1
group.initial.rebalance.delay.ms=0
`;
}

/** The agent's file, with addresses in the place of a name that a machine of one's own does not have. */
function withStaticGateways(hostnames: readonly string[]): string {
  const document = parseDocument(readFileSync(path.join(root, 'collector/scale/agent.yaml'), 'utf8'));
  document.setIn(['exporters', 'load_balancing/traces', 'resolver'], { static: { hostnames } });
  return document.toString();
}

async function accepts(port: number): Promise<undefined> {
  await eventually(async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect').finally(() => socket.destroy());
  });
}

/** Of Linux. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
