import { describe, expect, it } from 'vitest';
import type { lifetimeSignals } from '../../../src/diagnosis/signals/lifetime.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

const quiet = { activeMs: 200_000, msSinceUserActivity: 160_000, lastOutputAgoMs: 150_000 };

checkSignals({
  go_away_received: {
    seen: { goAway: { agoMs: 50_500, timeLeftMs: 50_000, deadlinePassed: true } },
    sentence: 'goAway came 50.5 s before the end and gave 50.0 s.',
    unseen: {},
  },
  go_away_deadline_passed: {
    seen: { goAway: { agoMs: 50_500, timeLeftMs: 50_000, deadlinePassed: true } },
    sentence: 'The 50.0 s that goAway gave had been over for 500 ms.',
    unseen: { goAway: { agoMs: 49_000, timeLeftMs: 50_000, deadlinePassed: false } },
  },
  no_go_away: {
    seen: {},
    sentence: 'No goAway came in the 1 min 00 s of the connection.',
    unseen: { goAway: { agoMs: 1, deadlinePassed: false } },
  },
  age_near_10_minutes: {
    seen: { connectionAgeMs: 540_000 },
    sentence: 'The connection was 9 min 00 s old, near 10 minutes.',
    unseen: { connectionAgeMs: 660_001 },
  },
  age_near_15_minutes: {
    seen: { connectionAgeMs: 960_000 },
    sentence: 'The connection was 16 min 00 s old, near 15 minutes.',
    unseen: { connectionAgeMs: 839_999 },
  },
  age_near_2_minutes: {
    seen: { connectionAgeMs: 95_000 },
    sentence: 'The connection was 1 min 35 s old, near 2 minutes.',
    unseen: { connectionAgeMs: 84_999 },
  },
  user_idle_150_s: {
    seen: quiet,
    sentence: 'For 2 min 30 s there was neither a sign of the user nor output of the model.',
    unseen: { ...quiet, lastOutputAgoMs: 139_999 },
  },
} satisfies Record<keyof typeof lifetimeSignals, SignalCase>);

describe('idleness', () => {
  it('counts from the setup where nothing happened since', () => {
    expect(
      sentenceOf('user_idle_150_s', {
        activeMs: 151_000,
        msSinceUserActivity: undefined,
        lastOutputAgoMs: undefined,
      }),
    ).toBe('For 2 min 31 s there was neither a sign of the user nor output of the model.');
  });

  it('is not seen before the setup is complete', () => {
    expect(sentenceOf('user_idle_150_s', { ...quiet, activeMs: undefined })).toBe(undefined);
  });
});

describe('goAway without timeLeft', () => {
  it('is told without it', () => {
    expect(sentenceOf('go_away_received', { goAway: { agoMs: 3_000, deadlinePassed: false } })).toBe(
      'goAway came 3.00 s before the end.',
    );
  });
});
