/** Recorded sessions, as `LIVE_OTEL_RECORD` writes them and as the simulator serves them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fromPieces, parseLines, type SessionRecording } from '../../recording/format.ts';
import { parseRecording, type RecordedFrame, type Recording } from '../../testing/index.ts';
import { UsageError } from '../usage-error.ts';

/** Throws {@link UsageError}. */
export function loadSession(file: string): SessionRecording {
  try {
    const bytes = readFileSync(file);
    return parseLines((isGzip(bytes) ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : error}.`, 1);
  }
}

/** Of either format. */
export function loadRecording(file: string): Recording {
  const bytes = readFileSync(file);
  return isGzip(bytes) ? toServe(loadSession(file)) : parseRecording(bytes);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What the service did, in its time. An end that the application asked for is left to the next one. */
function toServe({ events }: SessionRecording): Recording {
  const frames = events.flatMap((event): readonly RecordedFrame[] =>
    'from' in event
      ? [{ from: event.from, at: event.at, kind: event.kind, data: Buffer.from(fromPieces(event.data)) }]
      : [],
  );
  const closed = events.find((event) => 'event' in event && event.event === 'closed');
  const isOwn = events.some((event) => 'event' in event && event.event === 'closing');
  const ended = closed !== undefined && 'event' in closed && closed.event === 'closed' && !isOwn;
  return {
    frames,
    ...(ended && { end: { at: closed.at, code: closed.code ?? 1006, reason: closed.reason } }),
  };
}
