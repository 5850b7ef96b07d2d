import type { WebSocket } from 'ws';
import type { Clock } from './clock.ts';
import type { CloseFrame } from './close-frames.ts';
import { cutReason } from './close-frames.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import { draw } from './random.ts';
import type { Duration, Noise } from './script.ts';
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
  /** Sends no more messages, and without `pongs` answers no ping either. */
  mute(pongs: boolean): void;
  /** Something came from the client. */
  heard(): void;
  /** Answers a ping, as late as the script says. */
  pong(data: Buffer): void;
  readonly muted: boolean;
  /** When something last crossed the connection, in protocol milliseconds. */
  readonly lastFrameAt: number;
  /** Why the server ended the connection, where it did. */
  readonly endedWith: CloseFrame | undefined;
}

/** How frames of a session are written. */
export interface WireFormat {
  json: 'pretty' | 'compact';
  noise: Noise;
  pongMs: Duration;
}

/** Real milliseconds that a client has to answer a close frame. */
const closeTimeoutMs = 1_000;

export function createWire(
  socket: WebSocket,
  format: WireFormat,
  log: SessionLog,
  random: Random,
  clock: Clock,
): Wire {
  let muted = false;
  let pongs = true;
  let lastFrameAt = clock.now();
  let endedWith: CloseFrame | undefined;
  const write = (data: Uint8Array, message: JsonObject | undefined): void => {
    if (muted || socket.readyState !== socket.OPEN) return;
    lastFrameAt = clock.now();
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
    mute: (withPongs) => {
      muted = true;
      pongs = withPongs;
    },
    heard: () => {
      lastFrameAt = clock.now();
    },
    pong: (data) => {
      const answer = (): void => {
        if (!pongs || socket.readyState !== socket.OPEN) return;
        lastFrameAt = clock.now();
        socket.pong(data);
      };
      const lateMs = format.pongMs === 0 ? 0 : draw(format.pongMs, random) / clock.timeScale;
      if (lateMs === 0) return answer();
      const timer = setTimeout(answer, lateMs);
      socket.once('close', () => clearTimeout(timer));
    },
    get lastFrameAt() {
      return lastFrameAt;
    },
    get muted() {
      return muted;
    },
    get endedWith() {
      return endedWith;
    },
  };
}
