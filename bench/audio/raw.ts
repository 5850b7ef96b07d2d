/** Connections without a client library: over a socket of `ws`, or over the global one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Callbacks, Connection, Factory, Mode } from './client.ts';
import type { createInstrumented } from './instrumented.ts';
import type { Report } from './peer.ts';

/** What opens a session: the SDK, or a socket of the application's own. */
export type Client = 'sdk' | 'ws' | 'global';
type RawClient = Exclude<Client, 'sdk'>;

/** The service's end, in another process. */
export async function startPeer(): Promise<{ readonly peer: ChildProcess; readonly url: string }> {
  const peer = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)), { execArgv: [] });
  const [listening] = (await once(peer, 'message')) as [Extract<Report, { type: 'listening' }>];
  return { peer, url: `http://127.0.0.1:${listening.port}` };
}

/** What is touched of both kinds of socket. */
interface Socket {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  emit?(event: 'message', data: Buffer, isBinary: boolean): void;
  dispatchEvent?(event: Event): void;
  send(message: string): void;
  close(): void;
}

interface RawConnection extends Connection {
  /** From now on nothing goes to the network; the bytes of what would have gone are counted. */
  hush(): void;
  /** As if it had come from the network. */
  deliver(data: Buffer | MessageEvent): void;
}

/**
 * Makes connections as the SDK's factory does, so that the same instrumentations go in front of them. The class is looked
 * up with each, as the instrumentation may have put its own in its place by then.
 */
function rawFactory(client: RawClient, url: string, onCreate: (made: RawConnection) => void): Factory {
  const address = `${url.replace(/^http/, 'ws')}/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=bench`;
  return {
    create(_url: string, _headers: unknown, callbacks: Callbacks): Connection {
      const Base = (client === 'ws' ? createRequire(import.meta.url)('ws') : globalThis.WebSocket) as new (
        url: string,
      ) => Socket;
      let hushed = false;
      let written = 0;
      class HushedSocket extends Base {
        override send(message: string): void {
          if (hushed) written += message.length;
          else super.send(message);
        }
      }
      const socket = new HushedSocket(address);
      if (client === 'global') socket.binaryType = 'arraybuffer';
      socket.onopen = () => callbacks.onopen();
      socket.onmessage = ({ data }: { data: Buffer | ArrayBuffer }) =>
        callbacks.onmessage({ data: Buffer.isBuffer(data) ? data : Buffer.from(data) });
      socket.onclose = () => callbacks.onclose({ code: 1000, reason: String(written), wasClean: true });
      const made: RawConnection = {
        connect() {},
        send: (message) => socket.send(message),
        close: () => socket.close(),
        hush: () => {
          hushed = true;
        },
        deliver: (data) =>
          data instanceof MessageEvent ? socket.dispatchEvent?.(data) : socket.emit?.('message', data, true),
      };
      onCreate(made);
      return made;
    },
  };
}

/** A session whose setup is complete. */
export async function openRaw(
  instrumented: ReturnType<typeof createInstrumented>,
  mode: Mode,
  client: RawClient,
  url: string,
  onmessage: Callbacks['onmessage'],
): Promise<{ readonly connection: Connection; readonly raw: RawConnection }> {
  let opened = (): void => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  let heard = (): void => {};
  const completed = new Promise<void>((resolve) => {
    heard = resolve;
  });
  let raw: RawConnection | undefined;
  const factory = rawFactory(client, url, (made) => {
    raw = made;
  });
  const callbacks: Callbacks = {
    onopen: () => opened(),
    onmessage(event) {
      onmessage(event);
      heard();
    },
    onerror() {},
    onclose() {},
  };
  const connection = await instrumented.connect(mode, async (watched) =>
    watched(factory).create('', {}, callbacks),
  );
  await open;
  connection.send(JSON.stringify({ setup: { model: 'models/bench' } }));
  await completed;
  if (raw === undefined) throw new Error('The factory was not asked for a connection.');
  return { connection, raw };
}

/** What {@link RawConnection.deliver} takes: the global socket gives its application an event. */
export function delivered(client: RawClient, frame: Buffer): Buffer | MessageEvent {
  if (client === 'ws') return frame;
  const bytes = frame.buffer.slice(frame.byteOffset, frame.byteOffset + frame.byteLength);
  return new MessageEvent('message', { data: bytes });
}
