import { sizes } from '../../conventions/limits.ts';
import type { CredentialKind } from '../../conventions/vocabulary.ts';
import { bytes, counted, duration } from '../../conventions/words.ts';
import { errorText } from '../wording.ts';
import type { Signals, SignalTest } from './signal.ts';

const blockedMs = 1_000;
const silentMs = 60_000;
const noCloseFrame = 1_006;

/** The service, the way in, and the line. */
export const transportSignals = {
  vertex: {
    words: 'the session was with Vertex AI',
    test: ({ api }) => (api === 'vertex' ? 'The session was with Vertex AI.' : undefined),
  },
  gemini: {
    words: 'the session was with the Gemini API',
    test: ({ api }) => (api === 'gemini' ? 'The session was with the Gemini API.' : undefined),
  },
  ephemeral_token: {
    words: 'the credential was an ephemeral token',
    test: credential('ephemeral_token', 'an ephemeral token'),
  },
  api_key: { words: 'the credential was an API key', test: credential('api_key', 'an API key') },
  oauth_token: { words: 'the credential was an OAuth token', test: credential('oauth', 'an OAuth token') },
  no_close_frame: {
    words: 'no close frame came',
    test: ({ initiator, code, connectionAgeMs }) =>
      initiator === 'network' && (code === undefined || code === noCloseFrame)
        ? `The connection ended without a close frame after ${duration(connectionAgeMs)}.`
        : undefined,
  },
  socket_error: {
    words: 'the socket reported an error',
    test: ({ error }) => error && `The socket or connect() reported ${errorText(error)}.`,
  },
  event_loop_blocked: {
    words: 'the event loop was blocked',
    irregular: true,
    test: ({ transport }) =>
      transport?.eventLoopDelayMs !== undefined && transport.eventLoopDelayMs >= blockedMs
        ? `The event loop was blocked for ${duration(transport.eventLoopDelayMs)}.`
        : undefined,
  },
  bytes_waiting: {
    words: 'bytes were waiting in the socket',
    irregular: true,
    test: ({ transport }) =>
      transport?.bufferedBytes !== undefined && transport.bufferedBytes >= sizes.waiting
        ? `${bytes(transport.bufferedBytes)} were waiting in the socket.`
        : undefined,
  },
  /** No byte either way for 60 s or more. */
  line_silent: {
    words: 'no byte had crossed the socket for 60 s or more',
    test: ({ quietMs }) =>
      quietMs !== undefined && quietMs >= silentMs
        ? `No frame went either way for ${duration(quietMs)}.`
        : undefined,
  },
  /** No byte of the service for 60 s or more, whatever was sent. */
  service_silent: {
    words: 'no byte had come from the service for 60 s or more',
    test: ({ lastReceived }) =>
      lastReceived !== undefined && lastReceived.agoMs >= silentMs
        ? `Nothing came from the service for ${duration(lastReceived.agoMs)}.`
        : undefined,
  },
  sends_failed: {
    words: 'sends had failed',
    irregular: true,
    test: ({ sendErrors }) => (sendErrors > 0 ? `${counted(sendErrors, 'send')} failed.` : undefined),
  },
} as const satisfies Signals;

function credential(kind: CredentialKind, name: string): SignalTest {
  const sentence = `The connection was opened with ${name}.`;
  return (closure) => (closure.credential === kind ? sentence : undefined);
}
