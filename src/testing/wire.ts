import type { WebSocket } from 'ws';
import type { CloseFrame } from './close-frames.ts';
import { cutReason } from './close-frames.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import type { Noise } from './script.ts';
import { encode } from './server-message.ts';
import type { SessionLog } from './session.ts';

/** The server's end of a socket. */
export interface Wire {
  /** Sends a message as a binary frame, as the services do; nothing once muted or closing. */
  send(message: JsonObject): void;
  /** Sends bytes as they are. */
  sendBytes(data: Uint8Array): void;
  close(frame: CloseFrame): void;
  /** Destroys the TCP connection without a close frame. */
  drop(): void;
  mute(): void;
  readonly muted: boolean;
  /** Why the server ended the connection, where it did. */
  readonly endedWith: CloseFrame | undefined;
}

/** How frames of a session are written. */
export interface WireFormat {
  json: 'pretty' | 'compact';
  noise: Noise;
}

/** Real milliseconds that a client has to answer a close frame. */
const closeTimeoutMs = 1_000;

export function createWire(socket: WebSocket, format: WireFormat, log: SessionLog, random: Random): Wire {
  let muted = false;
  let endedWith: CloseFrame | undefined;
  const write = (data: Uint8Array, message: JsonObject | undefined): void => {
    if (muted || socket.readyState !== socket.OPEN) return;
    log.sent(message, data.byteLength);
    socket.send(data, { binary: true });
  };
  return {
    send: (message) => {
      write(encode(message, format.json), message);
      const probability = format.noise.emptyFrames ?? 0;
      if (probability > 0 && random.next() < probability) write(encode({}, format.json), {});
    },
    sendBytes: (data) => write(data, undefined),
    close: ({ code, reason }) => {
      if (endedWith || socket.readyState !== socket.OPEN) return;
      endedWith = { code, reason: cutReason(reason) };
      socket.close(code, endedWith.reason);
      const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
      socket.once('close', () => clearTimeout(timer));
    },
    drop: () => {
      endedWith ??= { code: 1006, reason: '' };
      socket.terminate();
    },
    mute: () => {
      muted = true;
    },
    get muted() {
      return muted;
    },
    get endedWith() {
      return endedWith;
    },
  };
}
