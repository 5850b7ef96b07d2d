/**
 * The gRPC exporters as the bundled SDK sees them (tsdown.config.ts): those that the application has installed, loaded
 * when `OTEL_EXPORTER_OTLP_PROTOCOL` asks for them. gRPC is larger than all the rest.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { messagesOf, toFile } from './delivery.ts';
import type { Batches, Serialize } from './parts.ts';
import { diag } from './sdk-api.ts';
import type { Signal } from './settings.ts';

type Exporter = Pick<SpanExporter, 'forceFlush' | 'shutdown'> & {
  export(batch: unknown, done: (result: { code: 0 | 1; error?: Error }) => void): void;
};
type ExporterClass = new (options?: unknown) => Exporter;

/** The application's own exporter, and the file before it. */
function lazyExporter<S extends Signal>(signal: S, packageName: string, className: string): ExporterClass {
  // A function that `new` may be put before: what it returns stands in place of the object.
  return function exporterOf(options?: unknown) {
    const Loaded = loadFromApplication(packageName)?.[className] as ExporterClass | undefined;
    if (Loaded === undefined) {
      diag.warn(
        `OTEL_EXPORTER_OTLP_PROTOCOL is grpc, but ${packageName} is not installed: install it, or set the protocol to http/protobuf and the port to 4318. The ${signal} are not sent.`,
      );
    }
    const exporter = Loaded === undefined ? undefined : new Loaded(options);
    // What else the SDK asks an exporter for, the real one answers.
    const real = exporter ?? { export: (_, done) => done({ code: 0 }), async shutdown() {} };
    return Object.assign(Object.create(real) as Exporter, {
      export(batch: Batches[S], done: Parameters<Exporter['export']>[1]) {
        toFile(signal, batch);
        if (exporter === undefined) done({ code: 0 });
        else exportAll(exporter, signal, batch, done);
      },
    });
  } as unknown as ExporterClass;
}

/**
 * In as many messages as a receiver takes them; closures in their own. What a batch comes to is the first failure.
 * Their sizes are those of what the exporter will make of them, so each is serialized twice.
 */
function exportAll<S extends Signal>(
  exporter: Exporter,
  signal: S,
  batch: Batches[S],
  done: Parameters<Exporter['export']>[1],
): void {
  const serializer = serializers[signal] as unknown as Serialize<Batches[S]>;
  const parts = messagesOf(signal, batch, serializer);
  let left = parts.length;
  let failure: Parameters<typeof done>[0] | undefined;
  if (left === 0) done({ code: 0 });
  for (const part of parts) {
    exporter.export(part.batch, (result) => {
      if (result.code !== 0) failure ??= result;
      left -= 1;
      if (left === 0) done(failure ?? result);
    });
  }
}

const serializers = {
  traces: ProtobufTraceSerializer,
  metrics: ProtobufMetricsSerializer,
  logs: ProtobufLogsSerializer,
} as const;

function loadFromApplication(packageName: string): Record<string, unknown> | undefined {
  for (const from of [join(process.cwd(), 'package.json'), process.argv[1], __filename]) {
    try {
      if (from !== undefined) return createRequire(from)(packageName) as Record<string, unknown>;
    } catch {
      // The next place.
    }
  }
  return undefined;
}

const name = (signal: string): string => `@opentelemetry/exporter-${signal}-otlp-grpc`;

export const OTLPTraceExporter = lazyExporter('traces', name('trace'), 'OTLPTraceExporter');
export const OTLPMetricExporter = lazyExporter('metrics', name('metrics'), 'OTLPMetricExporter');
export const OTLPLogExporter = lazyExporter('logs', name('logs'), 'OTLPLogExporter');

/** For a configuration file that asks for gRPC. */
const base = (): Record<string, (...args: unknown[]) => unknown> =>
  (loadFromApplication('@opentelemetry/otlp-grpc-exporter-base') as never) ?? {};
export const createEmptyMetadata = (): unknown => base().createEmptyMetadata?.();
export const createInsecureCredentials = (): unknown => base().createInsecureCredentials?.();
export const createSslCredentials = (...args: unknown[]): unknown => base().createSslCredentials?.(...args);
