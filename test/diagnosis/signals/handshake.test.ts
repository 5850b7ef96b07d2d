import { describe, expect, it } from 'vitest';
import { noOthers } from '../../../src/diagnosis/others.ts';
import { handshakeSignals } from '../../../src/diagnosis/signals/handshake.ts';
import { observe } from '../../../src/diagnosis/signals/observe.ts';
import { closureOf } from '../closures.ts';
import { checkSignals, type SignalCase } from './check-signals.ts';

const other = { error: { name: 'Error', message: 'Something else.' } };

checkSignals({
  name_not_resolved: {
    seen: { error: { name: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND example.com' } },
    sentence: 'The host name was not found (ENOTFOUND).',
    unseen: other,
  },
  connection_refused: {
    seen: { error: { name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:9' } },
    sentence: 'The connection was refused (ECONNREFUSED).',
    unseen: {},
  },
  no_route: {
    seen: { error: { name: 'ENETUNREACH', message: '' } },
    sentence: 'No way through the network led to the service (ENETUNREACH).',
    unseen: other,
  },
  connection_timed_out: {
    seen: { error: { name: 'Error', message: 'Opening handshake has timed out' } },
    sentence: 'Connecting took too long (Opening handshake has timed out).',
    unseen: other,
  },
  connection_reset: {
    seen: { error: { name: 'ECONNRESET', message: 'socket hang up' } },
    sentence: 'The connection was reset (ECONNRESET).',
    unseen: other,
  },
  certificate_not_trusted: {
    seen: {
      error: { name: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain' },
    },
    sentence:
      'The certificate came from an issuer that the process does not trust (SELF_SIGNED_CERT_IN_CHAIN).',
    unseen: { error: { name: 'CERT_HAS_EXPIRED', message: 'certificate has expired' } },
  },
  certificate_out_of_date: {
    seen: { error: { name: 'CERT_HAS_EXPIRED', message: 'certificate has expired' } },
    sentence: 'The certificate had expired, or was not valid yet (CERT_HAS_EXPIRED).',
    unseen: other,
  },
  certificate_of_other_host: {
    seen: {
      error: {
        name: 'ERR_TLS_CERT_ALTNAME_INVALID',
        message: "Hostname/IP does not match certificate's altnames: Host: a. is not in the cert's altnames",
      },
    },
    sentence: 'The certificate was that of another host (ERR_TLS_CERT_ALTNAME_INVALID).',
    unseen: other,
  },
  answer_not_understood: {
    seen: {
      error: { name: 'EPROTO', message: 'write EPROTO 80:error:0A00010B:SSL routines:wrong version number' },
    },
    sentence: 'The answer was neither TLS nor that of a WebSocket server (EPROTO).',
    unseen: other,
  },
  handshake_status: {
    seen: { handshakeStatus: 403 },
    sentence: 'The handshake was answered with HTTP status 403.',
    unseen: { phase: 'handshake' },
  },
} satisfies Record<keyof typeof handshakeSignals, SignalCase>);

describe('the errors of several addresses', () => {
  it.each([
    ['connect ENETUNREACH 2a00::1:443; connect ETIMEDOUT 142.250.1.95:443', ['connection_timed_out']],
    ['connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9', ['connection_refused']],
    ['connect ETIMEDOUT 10.0.0.1:443; connect ECONNREFUSED 10.0.0.2:443', ['connection_refused']],
  ])('%s are told by the one that got furthest', (message, expected) => {
    const seen = observe(closureOf({ error: { name: 'ENETUNREACH', message } }), noOthers);
    expect([...seen.keys()].filter((id) => id in handshakeSignals)).toEqual(expected);
  });
});
