import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { JsonLinesFile } from './jsonl-file.ts';
import { type Batches, partsOf, type Serialize } from './parts.ts';
import type { Signal } from './settings.ts';

/** Writes a batch. Never throws. */
export type FileWriter = <S extends Signal>(signal: S, batch: Batches[S]) => void;

/** Half of what the Collector's file receiver takes as one line. */
const maxLineBytes = 512 * 1024;

/**
 * Writes OTLP as JSON, one `resourceSpans`, `resourceMetrics` or `resourceLogs` object a line: the format of the
 * OpenTelemetry Collector's file exporter and of its OTLP/JSON file receiver.
 *
 * A file that cannot be written to costs one warning, and one more whenever it fails again after it worked: batches
 * that come while it does not are lost, and the application goes on.
 *
 * @param lost takes the number of items that could not be written.
 */
export function createFileWriter(
  file: JsonLinesFile,
  path: string,
  warn: (sentence: string) => void,
  lost: (signal: Signal, items: number) => void,
): FileWriter {
  let failing = false;
  return (signal, batch) => {
    for (const { body, items } of partsOf(signal, batch, serializers[signal] as Serialize<typeof batch>, {
      maxBytes: maxLineBytes,
      maxItemBytes: Number.POSITIVE_INFINITY,
    })) {
      try {
        file.append(body);
        failing = false;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (!failing) {
          warn(
            `Telemetry cannot be written to ${path} (${reason}); set LIVE_OTEL_FILE to a writable path or to off.`,
          );
        }
        failing = true;
        lost(signal, items);
      }
    }
  };
}

const serializers = {
  traces: JsonTraceSerializer,
  metrics: JsonMetricsSerializer,
  logs: JsonLogsSerializer,
} as const;
