import { readClientMessage } from './client-message.ts';
import type { Connection, RunningSession } from './connection.ts';
import { attach } from './connection.ts';
import type { JsonObject } from './json.ts';
import { isObject, listField } from './json.ts';
import { createRandom } from './random.ts';
import type { Recording } from './recording.ts';
import { createSessionLog } from './session.ts';
import { createWire } from './wire.ts';

/**
 * Serves the server's frames of a recording byte for byte, each once as many client frames have come as stand
 * before it, then nothing until the client closes. What the client sends is not compared or validated.
 */
export function replaySession(connection: Connection, recording: Recording): RunningSession {
  let received = 0;
  let next = 0;
  let awaited = 0;
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
  const advance = (): void => {
    for (let frame = recording.frames[next]; frame; frame = recording.frames[++next]) {
      if (frame.from === 'server') wire.sendBytes(frame.data);
      else if (++awaited > received) {
        awaited--;
        return;
      }
    }
  };
  const running = attach(connection, log, () => wire, {
    message: (data) => {
      received++;
      const message = readClientMessage(data);
      log.received(message);
      if (message.type === 'setup') log.setup = message.body;
      for (const response of message.type === 'toolResponse' ? responsesOf(message.body) : []) {
        log.toolAnswered(response);
      }
      advance();
    },
    end: () => {},
  });
  advance();
  return running;
}

function responsesOf(body: JsonObject): readonly JsonObject[] {
  return listField(body, 'functionResponses').filter(isObject);
}
