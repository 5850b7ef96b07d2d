import { duration } from '../../conventions/words.ts';
import type { Signals } from './signal.ts';

const justSetUpMs = 5_000;
const atOnceMs = 2_000;

/** How far the session had come. */
export const progressSignals = {
  before_open: {
    words: 'the socket had not opened',
    test: ({ phase, connectionAgeMs }) =>
      phase === 'handshake'
        ? `The socket had not opened when the end came ${duration(connectionAgeMs)} after connect().`
        : undefined,
  },
  before_setup_complete: {
    words: 'the setup was not complete',
    test: ({ phase, connectionAgeMs }) =>
      phase === 'setup'
        ? `The setup was not complete when the end came ${duration(connectionAgeMs)} after connect().`
        : undefined,
  },
  active: {
    words: 'the setup was complete',
    test: ({ phase, activeMs }) =>
      (phase === 'active' || phase === 'after_go_away') && activeMs !== undefined
        ? `The end came ${duration(activeMs)} after setupComplete.`
        : undefined,
  },
  /** Less than 5 s after `setupComplete`. */
  just_set_up: {
    words: 'the setup had been complete for less than 5 s',
    test: ({ activeMs }) =>
      activeMs !== undefined && activeMs < justSetUpMs
        ? `The setup had been complete for only ${duration(activeMs)}.`
        : undefined,
  },
  /** Ended within 2 s of `connect()`. */
  at_once: {
    words: 'it ended within 2 s of connect()',
    test: ({ connectionAgeMs }) =>
      connectionAgeMs <= atOnceMs
        ? `The session ended at once, ${duration(connectionAgeMs)} after connect().`
        : undefined,
  },
} as const satisfies Signals;
