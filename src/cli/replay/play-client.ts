/** The application's side of a recorded session, sent again: in its time, with the ids of the calls that come now. */

import { classifyReceived } from '../../protocol/classify-received.ts';
import { fromPieces, type RecordedEvent, type SessionRecording, toPieces } from '../../recording/format.ts';

interface PlayOptions {
  readonly url: string;
  readonly timeScale: number;
}

/** Real milliseconds that are waited for what has to come before the next frame. */
const patienceMs = 30_000;
const noContent = { captureContent: false };

/** Resolves when the session has ended, with what crossed the socket. Its times are those of the recording's clock. */
export async function playClient(
  recording: SessionRecording,
  { url, timeScale }: PlayOptions,
): Promise<SessionRecording> {
  const { head } = recording;
  const startedAt = Date.now();
  const origin = performance.now();
  const events: RecordedEvent[] = [];
  const at = (): number => Math.round((performance.now() - origin) * timeScale);
  const socket = new WebSocket(addressOf(url, head.api));
  socket.binaryType = 'arraybuffer';
  const ids: string[] = [];
  let isReady = false;
  let wake = (): void => {};
  let isOver = false;
  const note = (event: RecordedEvent): void => {
    events.push(event);
    wake();
  };
  note({ at: 0, event: 'connecting', credential: 'none' });
  socket.onopen = () => note({ at: at(), event: 'opened' });
  socket.onerror = () =>
    note({ at: at(), event: 'failed', name: 'Error', message: 'The connection failed.' });
  socket.onmessage = ({ data }) => {
    const text = typeof data === 'string' ? data : Buffer.from(data as ArrayBuffer).toString('utf8');
    const { kind, bytes, toolCalls, setupComplete } = classifyReceived(text, noContent);
    isReady ||= setupComplete !== undefined;
    for (const { id } of toolCalls ?? []) if (id !== undefined) ids.push(id);
    note({ at: at(), from: 'server', kind, bytes, data: toPieces(text) });
  };
  const closed = new Promise<void>((resolve) => {
    socket.onclose = ({ code, reason, wasClean }) => {
      isOver = true;
      note({ at: at(), event: 'closed', code, reason, wasClean });
      resolve();
    };
  });
  const until = async (isSo: () => boolean): Promise<void> => {
    const end = performance.now() + patienceMs;
    while (!isSo() && !isOver && performance.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - performance.now());
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  await until(() => socket.readyState === WebSocket.OPEN);
  const then: string[] = [];
  let last = 0;
  for (const event of recording.events) {
    if (isOver) break;
    if ('event' in event && event.event === 'closing') {
      note({ at: at(), event: 'closing' });
      socket.close();
    }
    if (!('from' in event)) continue;
    const text = fromPieces(event.data);
    if (event.from === 'server') {
      for (const { id } of classifyReceived(text, noContent).toolCalls ?? [])
        if (id !== undefined) then.push(id);
      continue;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, event.at - last) / timeScale));
    last = event.at;
    if (event.kind !== 'setup') await until(() => isReady);
    if (event.kind === 'tool_response') await until(() => ids.length >= then.length);
    const sent = then.reduce(
      (words, id, index) => words.replaceAll(`"${id}"`, `"${ids[index] ?? id}"`),
      text,
    );
    if (isOver) break;
    socket.send(sent);
    note({
      at: at(),
      from: 'client',
      kind: event.kind,
      bytes: Buffer.byteLength(sent),
      data: toPieces(sent),
    });
  }
  const end = recording.events.at(-1)?.at ?? last;
  const rest = new Promise((resolve) => setTimeout(resolve, (Math.max(0, end - last) + 2_000) / timeScale));
  await Promise.race([closed, rest]);
  if (!isOver) {
    note({ at: at(), event: 'closing' });
    socket.close();
    await closed;
  }
  return { head: { ...head, startedAt }, events };
}

const paths = {
  gemini: '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent',
  vertex: '/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent',
};

/** The key is that of the environment, and goes nowhere else. */
function addressOf(url: string, api: SessionRecording['head']['api']): string {
  const address = new URL(paths[api], url);
  address.protocol = address.protocol === 'https:' || address.protocol === 'wss:' ? 'wss:' : 'ws:';
  const key = process.env.GEMINI_API_KEY ?? process.env.GOOGLE_API_KEY;
  if (key !== undefined && api === 'gemini') address.searchParams.set('key', key);
  return address.href;
}
