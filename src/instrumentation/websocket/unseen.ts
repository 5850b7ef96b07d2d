/**
 * Sessions that no tap sees: of a client in a bundle that our plugin did not make, of a WebSocket library that is none of
 * ours, of code that no loader hook was shown. The handshake of each is a request of Node.js that says so on a channel; those
 * that are none are in bare-sockets.ts.
 */
import { subscribe } from 'node:diagnostics_channel';
import { getCallSites } from 'node:util';
import { guarded } from '../guard.ts';
import { shared } from '../shared.ts';
import { liveEndpoint } from './live-endpoint.ts';

interface ClientRequest {
  readonly protocol: string;
  readonly path: string;
  getHeader(name: string): unknown;
}

interface UndiciRequest {
  readonly origin?: unknown;
  readonly path?: unknown;
  readonly upgrade?: unknown;
}

/** @param watchGlobal has the global WebSocket watched from now on; false where it was already. */
export function watchUnseen(watchGlobal: () => boolean): void {
  if (shared.unseen !== undefined) return;
  shared.unseen = 'looked for';
  subscribe('http.client.request.created', (message) => {
    guarded('looking at a request', () => {
      const { request } = message as { readonly request: ClientRequest };
      if (String(request.getHeader('upgrade')).toLowerCase() !== 'websocket') return;
      const url = `${request.protocol.replace('http', 'ws')}//${request.getHeader('host')}${request.path}`;
      noticeUnseen(url, () => callerIn(getCallSites(20)));
    });
  });
  subscribe('undici:request:create', (message) => {
    guarded('looking at a request', () => {
      const { request } = message as { readonly request: UndiciRequest };
      if (request.upgrade !== 'websocket') return;
      const url = `${String(request.origin).replace(/^http/, 'ws')}${request.path}`;
      if (!isUnseen(url)) return;
      const what = 'A Live session was opened that live-otel does not see';
      if (watchGlobal()) warn(what, asText);
      else warn(what, unknownClient);
    });
  });
}

/** @param file of the client, which asked for the connection */
export function noticeUnseen(url: string, file: () => string): void {
  if (isUnseen(url)) warn(`${file()} opened a Live session that live-otel does not see`, unknownClient);
}

function isUnseen(url: string): boolean {
  return (
    shared.recorder !== undefined &&
    // A watched socket makes its request while it is constructed.
    shared.openingSockets === 0 &&
    liveEndpoint(url, shared.liveEndpoints) !== undefined &&
    !isClaimed(url)
  );
}

/** A claim has the URL as the application spells it. */
function isClaimed(url: string): boolean {
  return [...shared.claimedSockets.keys()].some(
    (claimed) => URL.canParse(claimed) && new URL(claimed).href === new URL(url).href,
  );
}

const unknownClient =
  'If its client was loaded before live-otel, start the application with node --require live-otel/register. If @google/genai or ws is bundled into it, leave them out of the bundle, or add the plugin of live-otel/bundler to the build. Of other WebSocket libraries none is recorded: use ws, undici or the global WebSocket.';
const asText =
  'Its code was given as text (--eval, a worker with eval). Those that it opens from now on are recorded; with the address in LIVE_OTEL_ENDPOINTS, the first one is as well.';

/** Once in a process, where it is read without any setting: the application would look in vain for its sessions. */
function warn(what: string, remedy: string): void {
  if (shared.unseen === 'told') return;
  shared.unseen = 'told';
  process.emitWarning(`${what}; it is not recorded. ${remedy}`, { code: 'LIVE_OTEL_NOT_SEEN' });
}

/** The file that asked Node.js for something, of which it then told us. */
export function callerIn(sites: readonly { readonly scriptName: string }[]): string {
  const scripts = sites.map(({ scriptName }) => scriptName);
  const below = scripts.slice(scripts.findIndex(isOfNode));
  return below.find((script) => script !== '' && !isOfNode(script))?.replace(/^file:\/\//, '') ?? 'Something';
}

function isOfNode(script: string): boolean {
  return script.startsWith('node:');
}
