/** Recorded sessions as telemetry: through the observer that makes it of a session that is watched. */
import { createHash } from 'node:crypto';
import { createNoopMeter } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { emptyResource } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { observeRecording } from '../instrumentation/observe-recording.ts';
import { instrumentationName } from '../instrumentation/recording.ts';
import { parseLines, recordingStart, type SessionRecording } from '../recording/format.ts';
import type { RecordedFrame, RecordingReader } from '../report/read/recordings.ts';
import { createInstruments } from '../telemetry/instruments.ts';
import { version } from '../version.ts';

const start = Buffer.from(recordingStart);

export const recordingReader: RecordingReader = {
  isRecording: (head) => Buffer.from(head.subarray(0, start.length)).equals(start),
  toOtlp: (text) => toOtlp(parseLines(text)),
  frames: (text) => framesOf(parseLines(text)),
};

/** The ids are the session's own where it has any, and always the same: a recording that is there twice counts once. */
function toOtlp(recording: SessionRecording): { readonly line: string; readonly spanId: string } {
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
  observeRecording(recording, {
    tracer: provider.getTracer(instrumentationName, version),
    instruments: createInstruments(createNoopMeter()),
  });
  const bytes = JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans());
  return { line: Buffer.from(bytes ?? []).toString('utf8'), spanId: rootId };
}

function framesOf({ head, events }: SessionRecording): readonly RecordedFrame[] {
  return events.flatMap((event): readonly RecordedFrame[] =>
    'from' in event
      ? [
          {
            at: head.startedAt + event.at,
            direction: event.from === 'client' ? 'sent' : 'received',
            kind: event.kind,
            bytes: event.bytes,
          },
        ]
      : [],
  );
}
