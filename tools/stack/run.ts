/**
 * Runs the servers of the stack natively, from the repository's configuration files. `npm run stack` is the command;
 * the black-box tests use the functions.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Child, startChild, tail } from './child.ts';
import { type Pace, writeConfiguration } from './configuration.ts';
import { waitUntilHealthy } from './health.ts';
import { checkFree, freePorts, type PortName, type Ports, portsFromEnvironment } from './ports.ts';
import { describeServers, type ServerName, serverNames } from './servers.ts';
import { startWebhook, type Webhook } from './webhook.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
/** A server on a loaded machine, with a long queue or a large store to read first. */
const healthTimeoutMs = 120_000;
/** After that long a server that does not stop is killed. */
const stopTimeoutMs = 30_000;

export interface StackOptions {
  /** Everything of this run: data, logs and the configuration as it was resolved. Made if missing, kept at the end. */
  readonly dataDir: string;
  /** `'free'`: any; else those of the environment, with these before them. */
  readonly ports?: 'free' | Partial<Ports>;
  /** Variables for all servers, over those of this process; see `${env:…}` in collector.yaml and jaeger.yaml. */
  readonly env?: Readonly<Record<string, string>>;
  readonly pace?: Pace;
  /** Where Alertmanager posts. Default: a receiver in this process, which tells `onProgress`. */
  readonly webhookUrl?: string;
  /** Default: all. */
  readonly only?: readonly ServerName[];
  readonly binaries?: Binaries;
  readonly onProgress?: (line: string) => void;
}

/** Addresses on 127.0.0.1. */
export interface Urls {
  readonly otlpHttp: string;
  /** `host:port` */
  readonly otlpGrpc: string;
  readonly collectorHealth: string;
  readonly collectorMetrics: string;
  readonly jaeger: string;
  /** `host:port` */
  readonly jaegerGrpc: string;
  /** `host:port` */
  readonly jaegerOtlpGrpc: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly webhook: string;
}

export interface Stack extends AsyncDisposable {
  readonly urls: Urls;
  readonly ports: Ports;
  readonly dataDir: string;
  /** Starts a server that was stopped or killed: same ports, same data. Resolves when it is healthy. */
  readonly start: (name: ServerName) => Promise<void>;
  /** Asks a server to stop; resolves when it is gone. */
  readonly stop: (name: ServerName) => Promise<void>;
  /** Ends a server without warning; resolves when it is gone. */
  readonly kill: (name: ServerName) => Promise<void>;
  readonly restart: (name: ServerName) => Promise<void>;
  /** Of the process that runs or ran last; 0 where there was none. */
  readonly pid: (name: ServerName) => number;
  readonly logFile: (name: ServerName) => string;
  /** Resolves with a sentence when a server ends that nobody stopped. */
  readonly failure: Promise<string>;
  /** Stops all servers, last started first. */
  readonly close: () => Promise<void>;
}

/** Starts the servers and resolves when all are healthy. Rejects with a sentence, and then nothing is left running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { env = {}, pace = {}, only = serverNames, onProgress = () => undefined } = options;
  const dataDir = path.resolve(options.dataDir);
  const ports =
    options.ports === 'free'
      ? await freePorts()
      : { ...portsFromEnvironment({ ...process.env, ...env }), ...options.ports };
  const names = serverNames.filter((name) => only.includes(name));
  const ownWebhook = options.webhookUrl === undefined && names.includes('alertmanager');
  await checkFree(ports, [...names.flatMap((name) => portsOf[name]), ...(ownWebhook ? webhookPort : [])]);
  const binaries = options.binaries ?? (await findBinaries({ onProgress }));

  const webhookUrl = options.webhookUrl ?? `http://127.0.0.1:${ports.webhook}/`;
  const logFile = (name: ServerName): string => path.join(dataDir, 'logs', `${name}.log`);
  await mkdir(path.join(dataDir, 'logs'), { recursive: true });
  for (const name of names) await mkdir(path.join(dataDir, name), { recursive: true });
  await writeConfiguration({ root, dataDir, ports, webhookUrl, pace });

  const servers = describeServers({ root, dataDir, ports, binaries, spanMetricsInterval: pace.spanMetrics });
  const children = new Map<ServerName, Child>();
  const meantToEnd = new WeakSet<Child>();
  let fail: (sentence: string) => void = () => undefined;
  const failure = new Promise<string>((resolve) => {
    fail = resolve;
  });
  let webhook: Webhook | undefined;

  async function start(name: ServerName): Promise<void> {
    if (children.get(name)?.running()) return;
    const { binary, args, env: own, healthUrl } = servers[name];
    const since = performance.now();
    const variables = { ...process.env, ...env, ...own };
    const child = await startChild({ binary, args, env: variables, cwd: dataDir, logFile: logFile(name) });
    children.set(name, child);
    const problem = await waitUntilHealthy({
      url: healthUrl,
      timeoutMs: healthTimeoutMs,
      ended: child.ended,
    });
    if (problem !== undefined) {
      await end(name, 'SIGKILL');
      throw new Error(`${name} ${problem}. The end of ${logFile(name)}:\n${await tail(logFile(name), 8)}`);
    }
    void child.ended.then((how) => {
      if (!meantToEnd.has(child)) fail(`${name} ${how}; its log is ${logFile(name)}`);
    });
    onProgress(`${name} is ready after ${((performance.now() - since) / 1_000).toFixed(1)} s`);
  }

  async function end(name: ServerName, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = children.get(name);
    if (!child) return;
    meantToEnd.add(child);
    if (!child.running()) return;
    child.signal(signal);
    const impatient = setTimeout(() => child.signal('SIGKILL'), stopTimeoutMs);
    await child.ended;
    clearTimeout(impatient);
  }

  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= (async () => {
      for (const name of names.toReversed()) await end(name, 'SIGTERM');
      await webhook?.close();
    })();
    return closing;
  }

  try {
    if (ownWebhook) webhook = await startWebhook('127.0.0.1', ports.webhook, onProgress);
    for (const name of names) await start(name);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    urls: urlsOf(ports, webhookUrl),
    ports,
    dataDir,
    start,
    stop: (name) => end(name, 'SIGTERM'),
    kill: (name) => end(name, 'SIGKILL'),
    restart: async (name) => {
      await end(name, 'SIGTERM');
      await start(name);
    },
    pid: (name) => children.get(name)?.pid ?? 0,
    logFile,
    failure,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const webhookPort: readonly PortName[] = ['webhook'];

const portsOf: Readonly<Record<ServerName, readonly PortName[]>> = {
  alertmanager: ['alertmanager'],
  prometheus: ['prometheus'],
  jaeger: ['jaeger', 'jaegerGrpc', 'jaegerOtlpGrpc', 'jaegerOtlpHttp', 'jaegerHealth', 'jaegerMetrics'],
  collector: ['otlpGrpc', 'otlpHttp', 'collectorHealth', 'collectorMetrics'],
};

function urlsOf(ports: Ports, webhook: string): Urls {
  const local = (port: number): string => `127.0.0.1:${port}`;
  return {
    otlpHttp: `http://${local(ports.otlpHttp)}`,
    otlpGrpc: local(ports.otlpGrpc),
    collectorHealth: `http://${local(ports.collectorHealth)}/`,
    collectorMetrics: `http://${local(ports.collectorMetrics)}/metrics`,
    jaeger: `http://${local(ports.jaeger)}`,
    jaegerGrpc: local(ports.jaegerGrpc),
    jaegerOtlpGrpc: local(ports.jaegerOtlpGrpc),
    prometheus: `http://${local(ports.prometheus)}`,
    alertmanager: `http://${local(ports.alertmanager)}`,
    webhook,
  };
}
