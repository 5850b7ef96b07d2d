import { sizes } from '../../conventions/limits.ts';
import type { CredentialKind } from '../../conventions/vocabulary.ts';
import { bytes, count, milliseconds, seconds } from '../wording.ts';
import type { SignalTest, SignalTests } from './signal-test.ts';

const blockedMs = 1_000;
const silentMs = 60_000;
const noCloseFrame = 1_006;
/** Errors that say that the service was not reached. */
const unreachable = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN)\b/;

/** The service, the way in, and the line. */
export const transportTests = {
  vertex: ({ api }) => (api === 'vertex' ? 'The session was with Vertex AI.' : undefined),
  gemini: ({ api }) => (api === 'gemini' ? 'The session was with the Gemini API.' : undefined),
  ephemeral_token: credential('ephemeral_token', 'an ephemeral token'),
  api_key: credential('api_key', 'an API key'),
  oauth_token: credential('oauth', 'an OAuth token'),

  no_close_frame: ({ initiator, code, connectionAgeMs }) =>
    initiator === 'network' && (code === undefined || code === noCloseFrame)
      ? `The connection ended without a close frame after ${seconds(connectionAgeMs)}.`
      : undefined,
  socket_error: ({ error }) =>
    error && `The socket or connect() reported ${error.name}: ${error.message.replace(/\.$/, '')}.`,
  service_unreachable: ({ error }) => {
    const found = error && (unreachable.exec(error.name) ?? unreachable.exec(error.message));
    return found ? `The service was not reached (${found[0]}).` : undefined;
  },
  handshake_status: ({ handshakeStatus: status }) =>
    status === undefined ? undefined : `The handshake was answered with HTTP status ${status}.`,
  event_loop_blocked: ({ transport }) =>
    transport?.eventLoopDelayMs !== undefined && transport.eventLoopDelayMs >= blockedMs
      ? `The event loop was blocked for ${milliseconds(transport.eventLoopDelayMs)}.`
      : undefined,
  bytes_waiting: ({ transport }) =>
    transport?.bufferedBytes !== undefined && transport.bufferedBytes >= sizes.waiting
      ? `${bytes(transport.bufferedBytes)} were waiting in the socket.`
      : undefined,
  line_silent: ({ quietMs }) =>
    quietMs !== undefined && quietMs >= silentMs
      ? `No frame went either way for ${seconds(quietMs)}.`
      : undefined,
  service_silent: ({ lastReceived }) =>
    lastReceived !== undefined && lastReceived.agoMs >= silentMs
      ? `Nothing came from the service for ${seconds(lastReceived.agoMs)}.`
      : undefined,
  sends_failed: ({ sendErrors }) => (sendErrors > 0 ? `${count(sendErrors, 'send')} failed.` : undefined),
} as const satisfies SignalTests;

function credential(kind: CredentialKind, name: string): SignalTest {
  const sentence = `The connection was opened with ${name}.`;
  return (closure) => (closure.credential === kind ? sentence : undefined);
}
