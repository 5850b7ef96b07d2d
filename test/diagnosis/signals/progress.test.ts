import type { progressSignals } from '../../../src/diagnosis/signals/progress.ts';
import { checkSignals, type SignalCase } from './check-signals.ts';

checkSignals({
  before_open: {
    seen: { phase: 'handshake', connectionAgeMs: 300 },
    sentence: 'The socket had not opened when the end came 300 ms after connect().',
    unseen: { phase: 'setup' },
  },
  before_setup_complete: {
    seen: { phase: 'setup', connectionAgeMs: 400 },
    sentence: 'The setup was not complete when the end came 400 ms after connect().',
    unseen: { phase: 'active' },
  },
  active: {
    seen: { phase: 'after_go_away', activeMs: 589_700 },
    sentence: 'The end came 9 min 50 s after setupComplete.',
    unseen: { phase: 'setup' },
  },
  just_set_up: {
    seen: { activeMs: 4_990 },
    sentence: 'The setup had been complete for only 4.99 s.',
    unseen: { activeMs: 5_000 },
  },
  at_once: {
    seen: { connectionAgeMs: 2_000 },
    sentence: 'The session ended at once, 2.00 s after connect().',
    unseen: { connectionAgeMs: 2_001 },
  },
} satisfies Record<keyof typeof progressSignals, SignalCase>);
