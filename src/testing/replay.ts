import { readClientMessage } from './client-message.ts';
import type { Connection, RunningSession } from './connection.ts';
import { attach } from './connection.ts';
import type { JsonObject } from './json.ts';
import { isObject, listField } from './json.ts';
import { createRandom } from './random.ts';
import type { Recording } from './recording.ts';
import { createSessionLog } from './session.ts';
import { createWire } from './wire.ts';

/** They come in their own time, and as many as they like. */
const media = new Set(['audio', 'video', 'media_chunks']);

/**
 * Serves the server's frames of a recording byte for byte, each once as many client frames have come as stand before it,
 * then ends as the recording does, or does nothing until the client closes. Where the recording tells times, each frame
 * comes as long after the one before it as then, and audio and video of the client are not waited for. What the client
 * sends is not compared or validated.
 */
export function replaySession(connection: Connection, recording: Recording): RunningSession {
  let received = 0;
  let next = 0;
  let awaited = 0;
  let last = 0;
  let timer: NodeJS.Timeout | undefined;
  const isTimed = recording.frames.some(({ at }) => at !== undefined);
  const counts = (kind: string | undefined): boolean => !isTimed || kind === undefined || !media.has(kind);
  const path = Buffer.from(recording.frames.find(({ from }) => from === 'client')?.data ?? []).toString(
    'utf8',
  );
  const api = connection.api ?? (path.includes('"projects/') ? 'vertex' : 'gemini');
  const log = createSessionLog(connection.index, api, {
    now: connection.clock.now,
    pendingToolCalls: () => 0,
    perform: () => Promise.resolve(),
  });
  log.script = 'recording';
  const wire = createWire(
    connection.socket,
    { json: 'pretty', noise: {}, pongMs: 0 },
    log,
    createRandom(connection.index),
    connection.clock,
  );
  /** Comes back when it is time; `false` where it is. */
  const isTooEarly = (at = last): boolean => {
    const ms = (at - last) / connection.clock.timeScale;
    last = Math.max(last, at);
    if (ms <= 0) return false;
    timer = setTimeout(() => {
      timer = undefined;
      advance();
    }, ms);
    return true;
  };
  const advance = (): void => {
    if (timer !== undefined) return;
    for (let frame = recording.frames[next]; frame; frame = recording.frames[++next]) {
      if (frame.from === 'server') {
        if (isTooEarly(frame.at)) return;
        wire.sendBytes(frame.data);
      } else if (counts(frame.kind)) {
        if (++awaited > received) {
          awaited--;
          return;
        }
        last = frame.at ?? last;
      }
    }
    const { end } = recording;
    if (end === undefined || isTooEarly(end.at)) return;
    if (end.code === 1006) wire.drop();
    else wire.close(end);
  };
  const running = attach(connection, log, () => wire, {
    message: (data) => {
      const message = readClientMessage(data);
      if (counts(message.kind)) received++;
      log.received(message);
      if (message.type === 'setup') log.setup = message.body;
      for (const response of message.type === 'toolResponse' ? responsesOf(message.body) : []) {
        log.toolAnswered(response);
      }
      advance();
    },
    end: () => clearTimeout(timer),
  });
  advance();
  return running;
}

function responsesOf(body: JsonObject): readonly JsonObject[] {
  return listField(body, 'functionResponses').filter(isObject);
}
