/** The recording of a session, checked, so that it can be attached to an issue. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { redactCredentials } from '../../protocol/redact.ts';
import { fromPieces, type SessionRecording } from '../../recording/format.ts';
import { maskFrame } from '../../recording/mask.ts';
import { loadSession } from '../replay/load.ts';

/** What to say of it; `undefined` where there is none. */
export function attachmentWords(session: string, directory: string): string | undefined {
  const file = recordingOf(session, directory);
  if (file === undefined) return undefined;
  const problem = problemOf(loadSession(file));
  return problem === undefined
    ? `Attach the recording: ${file}. It was checked: nothing is in it that was said, and no credential.`
    : `Do not attach the recording ${file}: ${problem}.`;
}

/** Files are named after the beginning of the session's id; what begins with another id of it is in the first line. */
function recordingOf(session: string, directory: string): string | undefined {
  const id = session.toLowerCase();
  if (id.length < 8) return undefined;
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith('.live.jsonl.gz'));
    const found =
      names.find((name) => name.endsWith(`-${id.slice(0, 8)}.live.jsonl.gz`)) ??
      names
        .sort()
        .slice(-mostOpened)
        .find((name) => idsIn(path.join(directory, name)).some((one) => one.startsWith(id)));
    return found && path.join(directory, found);
  } catch {
    return undefined;
  }
}

/** The latest. */
const mostOpened = 1_000;

function idsIn(file: string): readonly string[] {
  try {
    const { sessionId, traceId = '', spanId = '' } = loadSession(file).head;
    return [sessionId, traceId, spanId];
  } catch {
    return [];
  }
}

/** A frame that the mask would change still says something. */
export function problemOf({ head, events }: SessionRecording): string | undefined {
  if (head.content) return 'it holds what was said; record without --content';
  for (const event of events) {
    if ('from' in event) {
      const text = fromPieces(event.data);
      const again = fromPieces(maskFrame(text, { pseudonyms: pseudonymsIn(text), quiet: true }));
      if (withoutBlobs(again) !== withoutBlobs(text)) return `its frame at ${event.at} ms is not masked`;
    }
    const line = JSON.stringify(event);
    if (!('from' in event) && redactCredentials(line) !== line)
      return `there is a credential in it, at ${event.at} ms`;
  }
  return undefined;
}

/** Filler that ends in a number. As such it counts for ids and names of fields alone: other texts are masked anew. */
function pseudonymsIn(text: string): Map<string, string> {
  const names = text.match(/(?<=")[xX0_-]*[0-9a-z]{1,4}(?=")/g) ?? [];
  return new Map(names.map((name) => [name, name]));
}

function withoutBlobs(text: string): string {
  return text.replaceAll(/x{33,}|A{33,}/g, '');
}
