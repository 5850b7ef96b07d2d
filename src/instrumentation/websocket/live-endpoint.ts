/** Which WebSockets are sessions of the Live API, by their URL. */
import type { SessionStart } from '../tap.ts';

/**
 * What every address of the Live API holds, of the Gemini API and of Vertex AI alike: the begin of the name of its RPC,
 * `BidiGenerateContent` or `BidiGenerateMusic`.
 */
export const liveRpc = 'BidiGenerate';
/** That of `ai.live.music`. */
const musicRpc = 'BidiGenerateMusic';
/** Of the RPC's package: `google.ai.generativelanguage.v1beta.GenerativeService`. */
const version = /\.(v\d\w*)\.\w+Service[./]/;
const vertex = /aiplatform|LlmBidiService/;

/** What the URL of a Live session tells; `undefined` for every other socket. Nothing of its query is read. */
export function liveEndpoint(
  url: unknown,
  endpoints: readonly string[],
): Pick<SessionStart, 'api' | 'music' | 'serverAddress' | 'serverPort' | 'apiVersion'> | undefined {
  // Most sockets go elsewhere: for them such a comparison or two is all.
  const address = typeof url === 'string' ? url : url instanceof URL ? url.href : '';
  if (!address.includes(liveRpc) && !endpoints.some((endpoint) => address.startsWith(endpoint)))
    return undefined;
  const { protocol, hostname, port, pathname } = new URL(address);
  const apiVersion = version.exec(pathname)?.[1];
  const secure = protocol === 'wss:' || protocol === 'https:';
  return {
    api: vertex.test(hostname + pathname) ? 'vertex' : 'gemini',
    ...(pathname.includes(musicRpc) && { music: true }),
    serverAddress: hostname,
    serverPort: port === '' ? (secure ? 443 : 80) : Number(port),
    ...(apiVersion !== undefined && { apiVersion }),
  };
}
