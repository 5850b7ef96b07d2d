import type { Cause } from '../cause.ts';

const systemErrors = 'https://nodejs.org/api/errors.html#common-system-errors';

/** Sockets that never opened: the error of the attempt says why, and no frame has to be weighed. */
export const handshakeCauses: readonly Cause[] = [
  {
    id: 'service-unreachable',
    title: 'The service was not reached',
    hypothesis: 'connection',
    category: 'transport',
    codes: [1006],
    texts: [
      '',
      'connect ECONNREFUSED<…>',
      'connect ENETUNREACH<…>',
      'connect EHOSTUNREACH<…>',
      'getaddrinfo ENOTFOUND<…>',
      'getaddrinfo EAI_AGAIN<…>',
    ],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: ['before_open'],
    requiresOneOf: ['name_not_resolved', 'connection_refused', 'no_route'],
    supports: [],
    against: ['handshake_status'],
    confidence: 'high',
    symptom:
      'The socket never opens; the error names `ENOTFOUND`, `EAI_AGAIN`, `ECONNREFUSED` or `ENETUNREACH`.',
    cause:
      'The attempt ended on the way: the host name is not known, nothing listens at that address, or the network has no way there.',
    remedy:
      'Check the base URL and the region, then the name resolution, the routes and the firewall of the machine.',
    remedyWhere: [
      {
        seen: 'name_not_resolved',
        remedy:
          'Check the spelling of the host (base URL, region), then the name resolution of the machine or container.',
      },
      {
        seen: 'connection_refused',
        remedy:
          'Check host and port of the base URL, and whether the proxy or simulator there is running. Google does not refuse connections on port 443; a firewall may do it in its place.',
      },
      {
        seen: 'no_route',
        remedy:
          'Check the network of the machine or container: its routes, its firewall, and IPv6 where only that is broken.',
      },
    ],
    retry: 'later',
    sources: [systemErrors, 'https://github.com/google-gemini/gemini-cli/issues/3422'],
  },
  {
    id: 'handshake-timed-out',
    title: 'The attempt to connect timed out',
    hypothesis: 'connection',
    category: 'transport',
    codes: [1006],
    texts: [
      '',
      'connect ETIMEDOUT<…>',
      'Connect Timeout Error<…>',
      'Opening handshake has timed out',
      'timed out during opening handshake',
    ],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: ['before_open', 'connection_timed_out'],
    supports: ['event_loop_blocked'],
    against: ['handshake_status'],
    confidence: 'high',
    symptom: 'The socket never opens; after some seconds the error names `ETIMEDOUT` or a timeout.',
    cause:
      'Packets to the service are dropped: by a firewall, or because the network lets traffic out through a proxy only, which a WebSocket client does not use by itself.',
    remedy:
      'Let the machine connect to port 443 of the host, or give the client the proxy that the network asks for. Where it happens now and then, try again after a pause.',
    retry: 'later',
    sources: [
      systemErrors,
      'https://github.com/google-gemini/gemini-cli/issues/1747',
      'https://github.com/googleapis/js-genai/blob/6e9b35c45/src/live.ts',
    ],
  },
  {
    id: 'handshake-reset',
    title: 'The connection was reset before it opened',
    hypothesis: 'connection',
    category: 'transport',
    codes: [1006],
    texts: [
      '',
      'socket hang up',
      'Client network socket disconnected before secure TLS connection was established',
    ],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: ['before_open', 'connection_reset'],
    supports: [],
    against: ['handshake_status'],
    confidence: 'medium',
    symptom: 'The socket never opens; the error names `ECONNRESET` or says "socket hang up".',
    cause:
      'Something took the connection and closed it without an answer: a firewall that inspects TLS, a proxy that takes no WebSockets, or a server that was restarting.',
    remedy:
      'Look at proxies and firewalls on the way: they have to let WebSockets to the host pass. Where it happens now and then, try again after a pause.',
    retry: 'later',
    sources: [systemErrors, 'https://github.com/websockets/ws/issues/1529'],
  },
  {
    id: 'certificate-refused',
    title: 'The TLS certificate was not accepted',
    hypothesis: 'connection',
    category: 'transport',
    codes: [1006],
    texts: [
      '',
      'self-signed certificate',
      'self-signed certificate in certificate chain',
      'unable to verify the first certificate',
      'unable to get local issuer certificate',
      'certificate has expired',
      "Hostname/IP does not match certificate's altnames<…>",
    ],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: ['before_open'],
    requiresOneOf: ['certificate_not_trusted', 'certificate_out_of_date', 'certificate_of_other_host'],
    supports: [],
    against: ['handshake_status'],
    confidence: 'high',
    symptom:
      'The socket never opens; the error speaks of a certificate, often a self-signed one in the chain.',
    cause:
      'The certificate does not come from Google: in companies a proxy opens TLS and signs with an authority of its own, which Node.js does not know.',
    remedy:
      'Set `NODE_EXTRA_CA_CERTS` to the file with the authority of the proxy, or start Node.js with `--use-system-ca`. Do not turn the check off.',
    remedyWhere: [
      {
        seen: 'certificate_out_of_date',
        remedy:
          'Check the clock of the machine, then the certificate of the proxy or server that the base URL leads to.',
      },
      {
        seen: 'certificate_of_other_host',
        remedy:
          'Check the host of the base URL: the certificate is for other names. Where the address is right, a proxy or a false entry in the name resolution answers in its place.',
      },
    ],
    retry: 'no',
    sources: [
      'https://nodejs.org/api/tls.html#x509-certificate-error-codes',
      'https://nodejs.org/api/cli.html#node_extra_ca_certsfile',
      'https://github.com/google-gemini/gemini-cli/issues/2300',
    ],
  },
  {
    id: 'handshake-wrong-protocol',
    title: 'What answered speaks another protocol',
    hypothesis: 'connection',
    category: 'transport',
    codes: [1006],
    texts: [
      '',
      '<…>wrong version number<…>',
      'Parse Error: Expected HTTP<…>',
      'Invalid Sec-WebSocket-Accept header',
    ],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: ['before_open', 'answer_not_understood'],
    supports: [],
    against: ['handshake_status'],
    confidence: 'high',
    symptom: 'The socket never opens; the error names `EPROTO` ("wrong version number") or a parse error.',
    cause:
      'The address begins with `https:` or `wss:` and the port there speaks plain HTTP, or the other way round; or something that is no WebSocket server answers.',
    remedy: 'Check scheme and port of the base URL, and of the proxy where there is one.',
    retry: 'no',
    sources: [
      'https://github.com/websockets/ws/issues/1882',
      'https://nodejs.org/api/errors.html#openssl-errors',
    ],
  },
  {
    id: 'handshake-rejected',
    title: 'The WebSocket handshake was refused',
    hypothesis: 'setup',
    category: 'setup',
    codes: [1006],
    texts: [''],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: ['before_open', 'handshake_status'],
    supports: [],
    against: [],
    confidence: 'medium',
    symptom:
      'The socket never opens; the upgrade is answered with an HTTP status such as 400, 401, 403, 404 or 429.',
    cause:
      'Mostly a wrong address or proxy (404), a bad credential (401) or a wrong host for Vertex AI (400).',
    remedy:
      'Check the base URL, the API version, the region and the credential. Log the answer to the upgrade.',
    retry: 'no',
    sources: [
      'https://github.com/maximhq/bifrost/issues/3736',
      'https://github.com/mastra-ai/mastra/issues/10256',
      'https://github.com/pydantic/pydantic-ai/blob/main/pydantic_ai_slim/pydantic_ai/realtime/google.py',
    ],
  },
  {
    id: 'handshake-failed',
    title: 'A socket that never opened',
    hypothesis: 'connection',
    category: 'transport',
    codes: [1006],
    texts: [''],
    apis: ['gemini', 'vertex'],
    observable: 'partly',
    requires: ['before_open'],
    supports: ['socket_error', 'no_close_frame'],
    against: [
      'name_not_resolved',
      'connection_refused',
      'no_route',
      'connection_timed_out',
      'connection_reset',
      'certificate_not_trusted',
      'certificate_out_of_date',
      'certificate_of_other_host',
      'answer_not_understood',
      'handshake_status',
    ],
    confidence: 'low',
    symptom: 'The socket never opens, and no error says why; browsers never say it.',
    cause:
      'The address, the name resolution, a proxy or the answer to the handshake: which of them cannot be told from here.',
    remedy:
      'Read the error. In a browser, look at the request in the network panel; elsewhere, open the address with `curl -v` from the same machine.',
    retry: 'later',
    sources: ['https://websockets.spec.whatwg.org/#feedback-from-the-protocol'],
  },
];
