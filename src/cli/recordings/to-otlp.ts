/** Recorded sessions as telemetry: through the observer that makes it of a session that is watched. */
import { createHash } from 'node:crypto';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { emptyResource } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { observeRecording } from '../../instrumentation/observe-recording.ts';
import type { SessionRecording } from '../../recording/format.ts';
import { version } from '../../version.ts';

/** The ids are the session's own where it has any, and always the same: a recording that is there twice counts once. */
export function toOtlp(recording: SessionRecording): { readonly line: string; readonly spanId: string } {
  const { sessionId, traceId, spanId } = recording.head;
  const exporter = new InMemorySpanExporter();
  let spans = 0;
  const idOf = (what: string, digits: number): string =>
    createHash('sha256').update(`${sessionId} ${what}`).digest('hex').slice(0, digits);
  const rootId = spanId ?? idOf('session', 16);
  const provider = new TracerProvider({
    resource: emptyResource(),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    idGenerator: {
      generateTraceId: () => traceId ?? idOf('trace', 32),
      generateSpanId: () => {
        spans += 1;
        return spans === 1 ? rootId : idOf(String(spans), 16);
      },
    },
  });
  observeRecording(recording, provider.getTracer('live-otel', version));
  const bytes = JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans());
  return { line: Buffer.from(bytes ?? []).toString('utf8'), spanId: rootId };
}
