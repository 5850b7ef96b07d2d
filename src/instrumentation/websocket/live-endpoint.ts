/** Which WebSockets are sessions of the Live API, by their URL. */
import type { SessionStart } from '../tap.ts';

/** What every address of the Live API holds, of the Gemini API and of Vertex AI alike: the name of the RPC. */
export const liveRpc = 'BidiGenerateContent';
/** The RPC of `ai.live.music`, which speaks another protocol. */
const musicRpc = 'BidiGenerateMusic';
const vertex = /aiplatform|LlmBidiService/;

/** What the URL of a Live session tells; `undefined` for every other socket. Nothing of its query is read. */
export function liveEndpoint(
  url: unknown,
  endpoints: readonly string[],
): Pick<SessionStart, 'api' | 'serverAddress' | 'serverPort'> | undefined {
  // Most sockets go elsewhere: for them such a comparison or two is all.
  const address = typeof url === 'string' ? url : url instanceof URL ? url.href : '';
  if (!address.includes(liveRpc) && !endpoints.some((endpoint) => address.startsWith(endpoint)))
    return undefined;
  const { protocol, hostname, port, pathname } = new URL(address);
  const secure = protocol === 'wss:' || protocol === 'https:';
  return {
    api: vertex.test(hostname + pathname) ? 'vertex' : 'gemini',
    serverAddress: hostname,
    serverPort: port === '' ? (secure ? 443 : 80) : Number(port),
  };
}

export function isMusicEndpoint(url: unknown): boolean {
  return String(url).includes(musicRpc);
}
