import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { version } from '../version.ts';
import type { Writers } from './file-exporter.ts';
import type { OtlpEndpoint, OtlpProtocol, Signal } from './otlp-config.ts';
import type { OtlpRequest } from './post.ts';
import type { Serializer, Writer } from './writers.ts';

const contentTypes: Readonly<Record<OtlpProtocol, string>> = {
  'http/protobuf': 'application/x-protobuf',
  'http/json': 'application/json',
};

const serializers = {
  traces: { 'http/protobuf': ProtobufTraceSerializer, 'http/json': JsonTraceSerializer },
  metrics: { 'http/protobuf': ProtobufMetricsSerializer, 'http/json': JsonMetricsSerializer },
  logs: { 'http/protobuf': ProtobufLogsSerializer, 'http/json': JsonLogsSerializer },
} as const;

/** How one signal is sent: the endpoint, with the certificate files already read. */
export interface OtlpDestination {
  readonly endpoint: OtlpEndpoint;
  readonly tls: OtlpRequest['tls'];
}

/** @param send takes one message at a time; it does not wait for the receiver. */
export function createOtlpWriter<S extends Signal>(
  signal: S,
  { endpoint, tls }: OtlpDestination,
  send: (request: OtlpRequest) => void,
): Writers[S] {
  type Batch = Parameters<Writers[S]>[0];
  const serializer: Serializer<Batch> = serializers[signal][endpoint.protocol] as Serializer<Batch>;
  const headers = {
    'user-agent': `live-otel/${version}`,
    ...endpoint.headers,
    'content-type': contentTypes[endpoint.protocol],
  };
  const write: Writer<Batch> = (batch) => {
    const body = serializer.serializeRequest(batch);
    if (body === undefined) return;
    const gzip = endpoint.compression === 'gzip';
    send({ url: endpoint.url, headers, body, gzip, timeoutMs: endpoint.timeoutMs, tls });
  };
  return write as Writers[S];
}
