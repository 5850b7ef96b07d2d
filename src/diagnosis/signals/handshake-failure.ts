import type { ErrorSummary } from '../../session/events.ts';

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

/** What an error says of a connection that could not be made. */
export type HandshakeFailure = keyof typeof failures;

/** What an error says, and by which of its words; `undefined` where it says nothing of a connection. */
export function handshakeFailureOf({
  name,
  message,
}: ErrorSummary): { readonly failure: HandshakeFailure; readonly code: string } | undefined {
  const text = `${name} ${message}`;
  for (const failure of Object.keys(failures) as HandshakeFailure[]) {
    const found = failures[failure].exec(text);
    if (found) return { failure, code: found[0] };
  }
  return undefined;
}
