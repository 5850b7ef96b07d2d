/** The ports of the stack: the same names and numbers as in `.env`, which docker compose reads. */
import { createServer } from 'node:net';

interface Port {
  /** Variable that sets it. */
  readonly variable: string;
  readonly number: number;
  readonly what: string;
}

export const portTable = {
  otlpGrpc: { variable: 'STACK_OTLP_GRPC_PORT', number: 4317, what: 'OTLP over gRPC' },
  otlpHttp: { variable: 'STACK_OTLP_HTTP_PORT', number: 4318, what: 'OTLP over HTTP' },
  collectorHealth: {
    variable: 'STACK_COLLECTOR_HEALTH_PORT',
    number: 13133,
    what: 'health of the Collector',
  },
  collectorMetrics: {
    variable: 'STACK_COLLECTOR_METRICS_PORT',
    number: 8888,
    what: 'metrics of the Collector',
  },
  jaeger: { variable: 'STACK_JAEGER_PORT', number: 16686, what: 'Jaeger' },
  jaegerGrpc: { variable: 'STACK_JAEGER_GRPC_PORT', number: 16685, what: 'queries to Jaeger over gRPC' },
  jaegerOtlpGrpc: {
    variable: 'STACK_JAEGER_OTLP_GRPC_PORT',
    number: 14317,
    what: 'OTLP over gRPC into Jaeger',
  },
  jaegerOtlpHttp: {
    variable: 'STACK_JAEGER_OTLP_HTTP_PORT',
    number: 14318,
    what: 'OTLP over HTTP into Jaeger',
  },
  jaegerHealth: { variable: 'STACK_JAEGER_HEALTH_PORT', number: 13134, what: 'health of Jaeger' },
  jaegerMetrics: { variable: 'STACK_JAEGER_METRICS_PORT', number: 18888, what: 'metrics of Jaeger' },
  prometheus: { variable: 'STACK_PROMETHEUS_PORT', number: 9090, what: 'Prometheus' },
  alertmanager: { variable: 'STACK_ALERTMANAGER_PORT', number: 9093, what: 'Alertmanager' },
  webhook: { variable: 'STACK_WEBHOOK_PORT', number: 9095, what: 'the receiver of alerts' },
  grafana: { variable: 'STACK_GRAFANA_PORT', number: 3000, what: 'Grafana, in docker compose only' },
} as const satisfies Readonly<Record<string, Port>>;

export type PortName = keyof typeof portTable;
export type Ports = Readonly<Record<PortName, number>>;

const names = Object.keys(portTable) as readonly PortName[];

/** The ports as the environment sets them. Throws a sentence where a variable is not a port. */
export function portsFromEnvironment(env: Readonly<Record<string, string | undefined>>): Ports {
  return fill((name) => {
    const { variable, number } = portTable[name];
    const value = env[variable];
    if (value === undefined || value.trim() === '') return number;
    const port = Number(value);
    if (/^\d+$/.test(value.trim()) && port >= 1 && port <= 65_535) return port;
    throw new Error(`${variable} is "${value}"; a port from 1 to 65535 is allowed.`);
  });
}

/**
 * Ports that nothing listens on now, from below the range of which the system takes those of outgoing connections:
 * else one could be gone while a server restarts.
 */
export async function freePorts(): Promise<Ports> {
  const taken = new Set<number>();
  const found = new Map<PortName, number>();
  for (const name of names) {
    let port: number;
    do port = 20_000 + Math.floor(Math.random() * 12_000);
    while (taken.has(port) || !(await isFree(port)));
    taken.add(port);
    found.set(name, port);
  }
  return fill((name) => found.get(name) ?? portTable[name].number);
}

/** Throws a sentence that names the first port which something else listens on, and its variable. */
export async function checkFree(ports: Ports, used: readonly PortName[]): Promise<void> {
  for (const name of used) {
    if (await isFree(ports[name])) continue;
    const { variable, what } = portTable[name];
    throw new Error(
      `Port ${ports[name]} (${what}) is taken by another process; ${variable} sets another one. Nothing was started.`,
    );
  }
}

function fill(of: (name: PortName) => number): Ports {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<PortName, number>;
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
