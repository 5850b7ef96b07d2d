import { type HandshakeFailure, handshakeFailureOf } from './handshake-failure.ts';
import type { Signal, Signals } from './signal.ts';

/** Why no connection to the service could be made, as the error says it; at most one of them is seen. */
export const handshakeSignals = {
  name_not_resolved: said('name_not_resolved', 'the host name was not found'),
  connection_refused: said('connection_refused', 'the connection was refused'),
  no_route: said('no_route', 'no way through the network led to the service'),
  connection_timed_out: said('connection_timed_out', 'connecting took too long'),
  connection_reset: said('connection_reset', 'the connection was reset'),
  certificate_not_trusted: said(
    'certificate_not_trusted',
    'the certificate came from an issuer that the process does not trust',
  ),
  certificate_out_of_date: said(
    'certificate_out_of_date',
    'the certificate had expired, or was not valid yet',
  ),
  certificate_of_other_host: said('certificate_of_other_host', 'the certificate was that of another host'),
  answer_not_understood: said(
    'answer_not_understood',
    'the answer was neither TLS nor that of a WebSocket server',
  ),
  handshake_status: {
    words: 'the WebSocket handshake was refused with an HTTP status',
    test: ({ handshakeStatus: status }) =>
      status === undefined ? undefined : `The handshake was answered with HTTP status ${status}.`,
  },
} as const satisfies Signals;

function said(failure: HandshakeFailure, words: string): Signal {
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return {
    words,
    test: ({ error }) => {
      const found = error && handshakeFailureOf(error);
      return found?.failure === failure ? `${sentence} (${found.code}).` : undefined;
    },
  };
}
