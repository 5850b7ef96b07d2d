import { seconds } from '../wording.ts';
import type { SignalTests } from './signal-test.ts';

const justSetUpMs = 5_000;
const atOnceMs = 2_000;

/** How far the session had come. */
export const progressTests = {
  before_open: ({ phase, connectionAgeMs }) =>
    phase === 'handshake'
      ? `The socket had not opened when the end came ${seconds(connectionAgeMs)} after connect().`
      : undefined,
  before_setup_complete: ({ phase, connectionAgeMs }) =>
    phase === 'setup'
      ? `The setup was not complete when the end came ${seconds(connectionAgeMs)} after connect().`
      : undefined,
  active: ({ phase, activeMs }) =>
    (phase === 'active' || phase === 'after_go_away') && activeMs !== undefined
      ? `The end came ${seconds(activeMs)} after setupComplete.`
      : undefined,
  just_set_up: ({ activeMs }) =>
    activeMs !== undefined && activeMs < justSetUpMs
      ? `The setup had been complete for only ${seconds(activeMs)}.`
      : undefined,
  at_once: ({ connectionAgeMs }) =>
    connectionAgeMs <= atOnceMs
      ? `The session ended at once, ${seconds(connectionAgeMs)} after connect().`
      : undefined,
} as const satisfies SignalTests;
