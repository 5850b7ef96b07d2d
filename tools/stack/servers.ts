/** What is started, with which arguments and variables, and how one sees that it is ready. */
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Ports } from './ports.ts';

/** In the order of their start; they stop in the opposite one. */
export const serverNames = ['alertmanager', 'prometheus', 'jaeger', 'collector'] as const;
export type ServerName = (typeof serverNames)[number];

export interface Server {
  readonly name: ServerName;
  readonly binary: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 as soon as the server works. */
  readonly healthUrl: string;
}

export interface Surroundings {
  /** Of the repository. */
  readonly root: string;
  readonly dataDir: string;
  readonly ports: Ports;
  readonly binaries: Binaries;
  /** Interval at which the Collector sends metrics made of spans. */
  readonly spanMetricsInterval: string | undefined;
}

export function describeServers({
  root,
  dataDir,
  ports,
  binaries,
  spanMetricsInterval,
}: Surroundings): Readonly<Record<ServerName, Server>> {
  const local = (port: number): string => `127.0.0.1:${port}`;
  const config = (file: string): string => path.join(dataDir, 'config', file);
  const prometheusUrl = `http://${local(ports.prometheus)}`;
  return {
    alertmanager: {
      name: 'alertmanager',
      binary: binaries.alertmanager,
      args: [
        `--config.file=${config('alertmanager.yml')}`,
        `--storage.path=${path.join(dataDir, 'alertmanager')}`,
        `--web.listen-address=${local(ports.alertmanager)}`,
        `--web.external-url=http://${local(ports.alertmanager)}`,
        // One alone: no cluster.
        '--cluster.listen-address=',
      ],
      env: {},
      healthUrl: `http://${local(ports.alertmanager)}/-/ready`,
    },
    prometheus: {
      name: 'prometheus',
      binary: binaries.prometheus,
      args: [
        `--config.file=${config('prometheus/prometheus.yml')}`,
        `--storage.tsdb.path=${path.join(dataDir, 'prometheus')}`,
        '--storage.tsdb.retention.time=15d',
        `--web.listen-address=${local(ports.prometheus)}`,
        `--web.external-url=${prometheusUrl}`,
        // Serves the runbook and the causes of closures, for links from alerts and traces.
        `--web.user-assets=${path.join(root, 'deploy/prometheus/pages')}`,
        '--web.enable-otlp-receiver',
        '--enable-feature=exemplar-storage,created-timestamp-zero-ingestion',
      ],
      env: {},
      healthUrl: `${prometheusUrl}/-/ready`,
    },
    jaeger: {
      name: 'jaeger',
      binary: binaries.jaeger,
      args: [`--config=${path.join(root, 'deploy/jaeger/jaeger.yaml')}`],
      env: {
        JAEGER_DATA_DIR: path.join(dataDir, 'jaeger'),
        JAEGER_UI_CONFIG: config('jaeger-ui.json'),
        JAEGER_HEALTH_ADDRESS: local(ports.jaegerHealth),
        JAEGER_QUERY_ADDRESS: local(ports.jaeger),
        JAEGER_QUERY_GRPC_ADDRESS: local(ports.jaegerGrpc),
        JAEGER_OTLP_GRPC_ADDRESS: local(ports.jaegerOtlpGrpc),
        JAEGER_OTLP_HTTP_ADDRESS: local(ports.jaegerOtlpHttp),
        JAEGER_METRICS_HOST: '127.0.0.1',
        JAEGER_METRICS_PORT: String(ports.jaegerMetrics),
        PROMETHEUS_URL: prometheusUrl,
      },
      healthUrl: `http://${local(ports.jaegerHealth)}/status`,
    },
    collector: {
      name: 'collector',
      binary: binaries.otelcol,
      args: [`--config=${path.join(root, 'collector/collector.yaml')}`],
      env: {
        COLLECTOR_DATA_DIR: path.join(dataDir, 'collector'),
        COLLECTOR_OTLP_GRPC_ADDRESS: local(ports.otlpGrpc),
        COLLECTOR_OTLP_HTTP_ADDRESS: local(ports.otlpHttp),
        COLLECTOR_HEALTH_ADDRESS: local(ports.collectorHealth),
        COLLECTOR_METRICS_HOST: '127.0.0.1',
        COLLECTOR_METRICS_PORT: String(ports.collectorMetrics),
        JAEGER_OTLP_ENDPOINT: local(ports.jaegerOtlpGrpc),
        PROMETHEUS_URL: prometheusUrl,
        ...(spanMetricsInterval !== undefined && { COLLECTOR_SPAN_METRICS_INTERVAL: spanMetricsInterval }),
      },
      healthUrl: `http://${local(ports.collectorHealth)}/`,
    },
  };
}
