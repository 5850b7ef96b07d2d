import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { JsonLinesFile } from './jsonl-file.ts';
import { serializeLines, type Writer } from './writers.ts';

/** One writer a signal. */
export interface Writers {
  readonly traces: Writer<ReadableSpan[]>;
  readonly metrics: Writer<ResourceMetrics>;
  readonly logs: Writer<ReadableLogRecord[]>;
}

/** Half of what the Collector's file receiver takes as one line. */
const maxLineBytes = 512 * 1024;

/**
 * Writes OTLP as JSON, one `resourceSpans`, `resourceMetrics` or `resourceLogs` object a line: the format of the
 * OpenTelemetry Collector's file exporter and of its OTLP/JSON file receiver.
 *
 * @param append takes one line, without its line feed.
 */
export function createLineWriters(append: (line: Uint8Array) => void): Writers {
  return {
    traces: (spans) => serializeLines(JsonTraceSerializer, spans, maxLineBytes).forEach(append),
    logs: (records) => serializeLines(JsonLogsSerializer, records, maxLineBytes).forEach(append),
    metrics: (metrics) => {
      const scopes = metrics.scopeMetrics.map((scope) => ({ ...metrics, scopeMetrics: [scope] }));
      for (const scope of scopes) {
        const line = JsonMetricsSerializer.serializeRequest(scope);
        if (line !== undefined) append(line);
      }
    },
  };
}

/**
 * Writes to a file. One that cannot be written to costs one warning, and one more whenever it fails again after it
 * worked: batches that come while it does not are lost, and the application goes on.
 */
export function createFileWriters(
  file: JsonLinesFile,
  path: string,
  warn: (sentence: string) => void,
): Writers {
  let failing = false;
  return createLineWriters((line) => {
    try {
      file.append(line);
      failing = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!failing)
        warn(
          `Telemetry cannot be written to ${path} (${reason}); set LIVE_OTEL_FILE to a writable path or to off.`,
        );
      failing = true;
    }
  });
}
