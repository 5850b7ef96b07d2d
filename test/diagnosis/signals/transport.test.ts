import { describe, expect, it } from 'vitest';
import type { transportSignals } from '../../../src/diagnosis/signals/transport.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

checkSignals({
  vertex: { seen: { api: 'vertex' }, sentence: 'The session was with Vertex AI.', unseen: {} },
  gemini: { seen: {}, sentence: 'The session was with the Gemini API.', unseen: { api: 'vertex' } },
  ephemeral_token: {
    seen: { credential: 'ephemeral_token' },
    sentence: 'The connection was opened with an ephemeral token.',
    unseen: {},
  },
  api_key: {
    seen: {},
    sentence: 'The connection was opened with an API key.',
    unseen: { credential: undefined },
  },
  oauth_token: {
    seen: { credential: 'oauth' },
    sentence: 'The connection was opened with an OAuth token.',
    unseen: { credential: 'none' },
  },
  no_close_frame: {
    seen: { initiator: 'network', code: 1006 },
    sentence: 'The connection ended without a close frame after 1 min 00 s.',
    unseen: { initiator: 'network', code: 1011 },
  },
  socket_error: {
    seen: { error: { name: 'ECONNRESET', message: 'read ECONNRESET' } },
    sentence: 'The socket or connect() reported ECONNRESET: read ECONNRESET.',
    unseen: { initiator: 'network', code: 1006 },
  },
  event_loop_blocked: {
    seen: { transport: { eventLoopDelayMs: 1_000 } },
    sentence: 'The event loop was blocked for 1.00 s.',
    unseen: { transport: { eventLoopDelayMs: 999 } },
  },
  bytes_waiting: {
    seen: { transport: { bufferedBytes: 64_000 } },
    sentence: '62.5 KB were waiting in the socket.',
    unseen: { transport: { bufferedBytes: 63_999 } },
  },
  line_silent: {
    seen: { quietMs: 60_000 },
    sentence: 'No frame went either way for 1 min 00 s.',
    unseen: { quietMs: 59_999 },
  },
  service_silent: {
    seen: { lastReceived: { kind: 'turn_complete', bytes: 40, agoMs: 60_000 } },
    sentence: 'Nothing came from the service for 1 min 00 s.',
    unseen: { lastReceived: { kind: 'turn_complete', bytes: 40, agoMs: 59_999 } },
  },
  sends_failed: { seen: { sendErrors: 2 }, sentence: '2 sends failed.', unseen: {} },
} satisfies Record<keyof typeof transportSignals, SignalCase>);

describe('the end of the process', () => {
  it('is no missing close frame', () => {
    expect(sentenceOf('no_close_frame', { initiator: 'process', code: undefined })).toBe(undefined);
  });
});
