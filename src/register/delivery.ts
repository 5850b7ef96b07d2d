/**
 * What every OTLP exporter of the bundled SDK hands its batches to, in place of the module
 * `@opentelemetry/otlp-exporter-base/node-http` (tsdown.config.ts): the file, and the outbox.
 *
 * The stock delegate cannot be held to the end of a process: what it has under way cannot be taken back and sent while
 * the process waits; its sockets and retry timers keep an idle process alive for 10 s; it gives a batch up after that
 * time although there was room to keep it; it refuses more than 30 batches at once, and sends a batch of any size in
 * one request. Serializers, configuration and headers are the stock ones.
 */
import type { Agent as HttpsAgent } from 'node:https';
import { diag } from '@opentelemetry/api';
import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base';
import type { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import {
  type ISerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { version } from '../version.ts';
import type { FileWriter } from './file-exporter.ts';
import type { Outbox, Refusal } from './outbox.ts';
import { type Batches, type PartOf, partsOf, type Serialize } from './parts.ts';
import type { OtlpDestination } from './post.ts';
import type { Settings, Signal } from './settings.ts';

export {
  convertLegacyHttpOptions,
  createOtlpHttpExporterMetrics,
  getSharedConfigurationFromEnvironment,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';

/** Where batches go. The exporters are made by the SDK, which knows nothing of it. */
export interface Delivery {
  readonly routes: Settings['routes'];
  readonly file: FileWriter;
  readonly outbox: Outbox;
}

type OtlpHttpConfiguration = ReturnType<typeof convertLegacyHttpOptions>;

let delivery: Delivery | undefined;
let saidCut = false;

/** To be called before the SDK makes its exporters. */
export function deliverTo(given: Delivery): void {
  delivery = given;
  saidCut = false;
}

/** Below what receivers take as one message: gRPC and several vendors 4 MiB. */
const maxMessageBytes = 4 * 2 ** 20 - 64 * 1024;

interface PartialSuccess {
  readonly partialSuccess?: {
    readonly errorMessage?: string;
    readonly rejectedSpans?: unknown;
    readonly rejectedDataPoints?: unknown;
    readonly rejectedLogRecords?: unknown;
  };
}

export function createOtlpHttpExportDelegate<S extends Signal>(
  options: OtlpHttpConfiguration,
  serializer: ISerializer<Batches[S], PartialSuccess>,
): IOtlpExportDelegate<Batches[S]> {
  const signal = signalOf(serializer) as S;
  const to = destinationOf(options);
  const refusedIn = (answer: Uint8Array): Refusal | undefined => refusalIn(serializer, answer);
  return {
    export(batch, done) {
      toFile(signal, batch);
      if (delivery?.routes[signal].network) {
        for (const { body, items, evidence } of messagesOf(signal, batch, serializer)) {
          delivery.outbox.send({ body, items, evidence, to, signal, refusedIn });
        }
      }
      // The outbox has it: the queue before it need not wait for the receiver.
      done({ code: 0 });
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
    setMetrics() {},
  };
}

/** What a batch is sent in over the network. */
export function messagesOf<S extends Signal>(
  signal: S,
  batch: Batches[S],
  serializer: Serialize<Batches[S]>,
): readonly PartOf<Batches[S]>[] {
  const parts = partsOf(signal, batch, serializer, {
    maxBytes: maxMessageBytes,
    maxItemBytes: maxMessageBytes,
  });
  if (!saidCut && parts.some(({ cut }) => cut)) {
    saidCut = true;
    diag.warn(
      `live-otel: Values in the ${signal} are cut: a single item was larger than 4 MiB, which receivers refuse. OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT bounds values.`,
    );
  }
  return parts;
}

/** The file's share of a batch, whatever carries the rest. */
export function toFile<S extends Signal>(signal: S, batch: Batches[S]): void {
  if (delivery?.routes[signal].file) delivery.file(signal, batch);
}

/** The SDK does not say; metrics and traces have serializers of their own. */
function signalOf(serializer: unknown): Signal {
  if (serializer === JsonTraceSerializer || serializer === ProtobufTraceSerializer) return 'traces';
  return serializer === JsonMetricsSerializer || serializer === ProtobufMetricsSerializer
    ? 'metrics'
    : 'logs';
}

/**
 * Headers and certificates come by promises, which settle long before the first batch; what an ending process sends
 * sees what is there.
 */
function destinationOf(options: OtlpHttpConfiguration): OtlpDestination {
  const to = {
    url: options.url,
    headers: {} as Record<string, string>,
    gzip: options.compression === 'gzip',
    timeoutMs: options.timeoutMillis,
    tls: {} as OtlpDestination['tls'],
  };
  const failed = (error: unknown): void =>
    diag.warn(`live-otel: the configuration of ${options.url} cannot be used: ${String(error)}`);
  Promise.resolve(options.headers()).then((headers) => {
    to.headers = { ...headers, 'user-agent': `live-otel/${version}` };
  }, failed);
  if (options.url.startsWith('https:')) {
    Promise.resolve(options.agentFactory('https:')).then((agent) => {
      const { ca, key, cert } = (agent as HttpsAgent).options as OtlpDestination['tls'];
      to.tls = { ...(ca && { ca }), ...(key && { key }), ...(cert && { cert }) };
      agent.destroy();
    }, failed);
  }
  return to;
}

function refusalIn(serializer: ISerializer<never, PartialSuccess>, answer: Uint8Array): Refusal | undefined {
  if (answer.byteLength === 0) return undefined;
  try {
    const { partialSuccess } = serializer.deserializeResponse(answer);
    const { rejectedSpans, rejectedDataPoints, rejectedLogRecords, errorMessage } = partialSuccess ?? {};
    const items = Number(rejectedSpans ?? rejectedDataPoints ?? rejectedLogRecords ?? 0);
    if (items === 0 && !errorMessage) return undefined;
    return { items, reason: errorMessage?.slice(0, 500).replace(/[\s.]+$/, '') || 'no reason given' };
  } catch {
    // The message was taken; an answer that is not OTLP changes nothing about that.
    return undefined;
  }
}
