/** Recorded sessions for the report. What makes telemetry of them is loaded with the first one. */
import { parseLines, recordingStart, type SessionRecording } from '../recording/format.ts';
import type { RecordedFrame, RecordingReader } from '../report/read/recordings.ts';

const start = Buffer.from(recordingStart);

export const recordingReader: RecordingReader = {
  isRecording: (head) => Buffer.from(head.subarray(0, start.length)).equals(start),
  async toOtlp(text) {
    const { toOtlp } = await import('./recordings/to-otlp.ts');
    return toOtlp(parseLines(text));
  },
  frames: (text) => framesOf(parseLines(text)),
};

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
