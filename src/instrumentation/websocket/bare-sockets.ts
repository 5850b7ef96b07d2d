/**
 * Sessions of a library that writes its handshake onto a socket of its own (`faye-websocket`): no request of Node.js says
 * so. Looked for once a module has named the RPC of the Live API; of sockets over TLS Node.js tells from version 24 on.
 */
import { subscribe } from 'node:diagnostics_channel';
import { getCallSites } from 'node:util';
import { guarded } from '../guard.ts';
import { callerIn, noticeUnseen } from './unseen.ts';

type Write = (this: unknown, ...args: unknown[]) => boolean;

interface BareSocket {
  write: Write;
  /** Of `tls`. */
  readonly encrypted?: boolean;
}

interface Told {
  readonly socket: BareSocket;
}

const created = 'net.client.socket';
const ofUndici = 'undici:client:connected';

/** Clients of HTTP, whose handshakes are noticed as requests. Those of `undici` in a bundle say so once connected. */
const httpClient = /^node:(?:_http|internal\/http2|internal\/deps\/undici)|[\\/]undici[\\/]lib[\\/]/;

/** Of sockets that have written nothing: takes our `write` away again. */
const waiting = new WeakMap<object, () => void>();

export function watchBareSockets(): void {
  subscribe(created, (message) => {
    guarded('looking at a socket', () => {
      const sites = getCallSites(stackDepth);
      if (isOfHttp(sites)) return;
      watchFirstWrite((message as Told).socket, callerIn(sites));
    });
  });
  subscribe(ofUndici, (message) => {
    guarded('looking at a socket', () => waiting.get((message as Told).socket)?.());
  });
}

const stackDepth = 20;

function isOfHttp(sites: readonly { readonly scriptName: string }[]): boolean {
  return sites.some(({ scriptName }) => httpClient.test(scriptName));
}

/** A `write` of its own, in front of the inherited one until it was called. */
function watchFirstWrite(socket: BareSocket, file: string): void {
  const inherited = socket.write;
  let write = inherited;
  const end = (): void => {
    waiting.delete(socket);
    Reflect.deleteProperty(socket, 'write');
    if (write !== inherited) socket.write = write;
  };
  const first: Write = function (...args) {
    guarded('looking at a handshake', () => {
      end();
      const url = handshakeUrl(args[0], socket);
      if (url !== undefined && !isOfHttp(getCallSites(stackDepth))) noticeUnseen(url, () => file);
    });
    return Reflect.apply(write, this, args);
  };
  waiting.set(socket, end);
  // `connect()` of Node.js puts the inherited one in the place of what it finds.
  Object.defineProperty(socket, 'write', {
    configurable: true,
    get: () => first,
    set(other: Write) {
      write = other;
      if (other !== inherited) end();
    },
  });
}

const longestHead = 4_096;

/** `undefined` where these bytes begin no handshake of a WebSocket. */
function handshakeUrl(data: unknown, socket: BareSocket): string | undefined {
  const head = headOf(data);
  if (!head.startsWith('GET ') || !/\r\nupgrade: *websocket\r\n/i.test(head)) return undefined;
  const [, path] = /^GET (\S+) HTTP/.exec(head) ?? [];
  const [, host] = /\r\nhost: *(\S+)\r\n/i.exec(head) ?? [];
  return `${socket.encrypted ? 'wss' : 'ws'}://${host}${path}`;
}

function headOf(data: unknown): string {
  if (typeof data === 'string') return data.slice(0, longestHead);
  return data instanceof Uint8Array ? Buffer.from(data.subarray(0, longestHead)).toString('latin1') : '';
}
