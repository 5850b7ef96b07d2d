import type { ErrorSummary } from '../../session/events.ts';
import type { Signals, SignalTest } from './signal.ts';

/** What an error says of a connection that could not be made. */
type Failure = keyof typeof failures;

/**
 * Codes and texts of Node.js, OpenSSL, `ws` and undici. A host with several addresses reports one error for each; the one
 * that got furthest says most, so the order counts: that a machine has no way by IPv6 says nothing where IPv4 timed out.
 */
const failures = {
  certificate_out_of_date: /\b(?:CERT_(?:HAS_EXPIRED|NOT_YET_VALID)|certificate has expired)\b/,
  certificate_of_other_host: /\bERR_TLS_CERT_ALTNAME_INVALID\b/,
  certificate_not_trusted:
    /\b(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_[A-Z_]+|INVALID_(?:CA|PURPOSE)|self-signed certificate|unable to (?:verify the first|get local issuer) certificate)\b/,
  answer_not_understood:
    /\b(?:EPROTO|wrong version number|ERR_SSL_[A-Z0-9_]+|HPE_[A-Z_]+|Invalid (?:Sec-WebSocket-Accept|Upgrade) header)\b/,
  connection_reset: /\b(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|socket hang up)\b/,
  connection_refused: /\bECONNREFUSED\b/,
  connection_timed_out:
    /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(?:CONNECT|HEADERS)_TIMEOUT|Opening handshake has timed out)\b/,
  no_route: /\b(?:ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENETDOWN|connect (?:EACCES|EPERM))\b/,
  name_not_resolved: /\b(?:ENOTFOUND|EAI_[A-Z]+)\b/,
} as const;

/** Why no connection to the service could be made, as the error says it; at most one of them is seen. */
export const handshakeSignals = {
  name_not_resolved: {
    words: 'the host name was not found',
    test: says('name_not_resolved', 'The host name was not found'),
  },
  connection_refused: {
    words: 'the connection was refused',
    test: says('connection_refused', 'The connection was refused'),
  },
  no_route: {
    words: 'no way through the network led to the service',
    test: says('no_route', 'No way through the network led to the service'),
  },
  connection_timed_out: {
    words: 'connecting took too long',
    test: says('connection_timed_out', 'Connecting took too long'),
  },
  connection_reset: {
    words: 'the connection was reset',
    test: says('connection_reset', 'The connection was reset'),
  },
  certificate_not_trusted: {
    words: 'the certificate came from an issuer that the process does not trust',
    test: says(
      'certificate_not_trusted',
      'The certificate came from an issuer that the process does not trust',
    ),
  },
  certificate_out_of_date: {
    words: 'the certificate had expired, or was not valid yet',
    test: says('certificate_out_of_date', 'The certificate had expired, or was not valid yet'),
  },
  certificate_of_other_host: {
    words: 'the certificate was that of another host',
    test: says('certificate_of_other_host', 'The certificate was that of another host'),
  },
  answer_not_understood: {
    words: 'the answer was neither TLS nor that of a WebSocket server',
    test: says('answer_not_understood', 'The answer was neither TLS nor that of a WebSocket server'),
  },
  handshake_status: {
    words: 'the WebSocket handshake was refused with an HTTP status',
    test: ({ handshakeStatus: status }) =>
      status === undefined ? undefined : `The handshake was answered with HTTP status ${status}.`,
  },
} as const satisfies Signals;

function says(failure: Failure, sentence: string): SignalTest {
  return ({ error }) => {
    const found = error && failureOf(error);
    return found?.failure === failure ? `${sentence} (${found.code}).` : undefined;
  };
}

function failureOf({ name, message }: ErrorSummary): { failure: Failure; code: string } | undefined {
  const text = `${name} ${message}`;
  for (const failure of Object.keys(failures) as Failure[]) {
    const found = failures[failure].exec(text);
    if (found) return { failure, code: found[0] };
  }
  return undefined;
}
