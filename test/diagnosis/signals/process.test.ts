import { describe, expect, it } from 'vitest';
import type { RecentClosure } from '../../../src/diagnosis/others.ts';
import type { processSignals } from '../../../src/diagnosis/signals/process.ts';
import { answered, end, pending, plainSetup } from '../closures.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

const earlier = (fields: Partial<RecentClosure> = {}): RecentClosure => ({
  at: end - 3_000,
  code: 1011,
  reason: 'Internal error encountered.',
  expected: false,
  connectionAgeMs: 30_000,
  conversationId: 'other',
  model: plainSetup.model ?? '',
  ...fields,
});
/** Connections of the same conversation that lasted 300 ms each, every second, up to the end. */
const failures = (count: number): readonly RecentClosure[] =>
  Array.from({ length: count }, (_, index) =>
    earlier({ at: end - (count - index) * 1_000, connectionAgeMs: 300, conversationId: 'own' }),
  );

checkSignals({
  many_sessions_open: {
    seen: { process: { sessionsOpen: 4, connectsLastMinute: 1 } },
    sentence: '4 sessions were open in the process.',
    unseen: { process: { sessionsOpen: 3, connectsLastMinute: 1 } },
  },
  many_connects: {
    seen: { process: { sessionsOpen: 1, connectsLastMinute: 10 } },
    sentence: 'The process connected 10 times in the last minute.',
    unseen: { process: { sessionsOpen: 1, connectsLastMinute: 9 } },
  },
  closures_clustered: {
    seen: {},
    others: { recent: [earlier({ at: end - 5_000, conversationId: 'a' }), earlier({ conversationId: 'b' })] },
    sentence: '3 sessions of the process ended unexpectedly within 5 s.',
    unseen: {},
    unseenOthers: {
      recent: [earlier({ at: end - 5_001, conversationId: 'a' }), earlier({ conversationId: 'b' })],
    },
  },
  same_age_before: {
    seen: { connectionAgeMs: 125_900 },
    others: { recent: [earlier({ connectionAgeMs: 125_500 })] },
    sentence: 'An earlier session ended with the same code and text at 125.5 s, this one at 125.9 s.',
    unseen: { connectionAgeMs: 125_900 },
    unseenOthers: { recent: [earlier({ connectionAgeMs: 123_899 })] },
  },
  only_session: {
    seen: { process: { sessionsOpen: 1, connectsLastMinute: 1 } },
    sentence: 'No other session was open, and the process connected 1 time in the last minute.',
    unseen: { process: { sessionsOpen: 2, connectsLastMinute: 1 } },
  },
  model_failing: {
    seen: { setup: { model: 'models/m' } },
    others: {
      recent: ['a', 'b', 'c'].map((conversationId) =>
        earlier({ conversationId, model: 'm', at: end - 60_000 }),
      ),
    },
    sentence: `3 other sessions with m ended with code 1011 since ${new Date(end - 60_000).toISOString().slice(11, 16)} UTC, and none went well: it looks like an incident of the service.`,
    unseen: { setup: { model: 'models/m' } },
    unseenOthers: {
      recent: ['a', 'b', 'c']
        .map((conversationId) => earlier({ conversationId, model: 'm', at: end - 60_000 }))
        .concat(earlier({ conversationId: 'd', model: 'm', expected: true })),
    },
  },
  reconnect_storm: {
    seen: { connectionAgeMs: 400 },
    others: { recent: failures(2), conversationId: 'own' },
    sentence: '3 connections failed one after the other, each within 5 s of connect().',
    unseen: { connectionAgeMs: 400 },
    unseenOthers: { recent: failures(1), conversationId: 'own' },
  },
  no_tool_activity: {
    seen: {},
    sentence: 'No tool was called in the session.',
    unseen: pending({}),
  },
} satisfies Record<keyof typeof processSignals, SignalCase>);

describe('the same age', () => {
  it.each([
    ['10 minutes', 590_000],
    ['15 minutes', 900_000],
    ['150 s', 150_000],
    ['a rejection', 400],
  ])('says nothing at %s', (_, connectionAgeMs) => {
    expect(
      sentenceOf('same_age_before', { connectionAgeMs }, { recent: [earlier({ connectionAgeMs })] }),
    ).toBe(undefined);
  });

  it('says nothing at 2 minutes with video', () => {
    expect(
      sentenceOf(
        'same_age_before',
        { connectionAgeMs: 100_000, sentVideoFrames: 90 },
        { recent: [earlier({ connectionAgeMs: 100_000 })] },
      ),
    ).toBe(undefined);
  });

  it('says nothing where the text differs', () => {
    expect(
      sentenceOf(
        'same_age_before',
        { connectionAgeMs: 30_000 },
        { recent: [earlier({ connectionAgeMs: 30_000, reason: 'Another text.' })] },
      ),
    ).toBe(undefined);
  });
});

describe('a reconnect storm', () => {
  const young = { connectionAgeMs: 400 };

  it('is seen without handles, by the same end of the same model', () => {
    const recent = failures(3).map((each, index) => ({ ...each, conversationId: `c${index}` }));
    expect(sentenceOf('reconnect_storm', young, { recent })).toBe(
      '4 connections failed one after the other, each within 5 s of connect().',
    );
  });

  it('is not made of connections that were open at the same time', () => {
    const recent = failures(3).map((each) => ({ ...each, at: end - 100 }));
    expect(sentenceOf('reconnect_storm', young, { recent, conversationId: 'own' })).toBe(undefined);
  });

  it('ends at a connection that lasted', () => {
    const recent = [
      ...failures(3).slice(0, 2),
      earlier({ at: end - 900, connectionAgeMs: 5_000, conversationId: 'own' }),
    ];
    expect(sentenceOf('reconnect_storm', young, { recent, conversationId: 'own' })).toBe(undefined);
  });
});

describe('sessions of one conversation', () => {
  it('are one in a cluster', () => {
    const recent = [earlier({ conversationId: 'a' }), earlier({ conversationId: 'a' })];
    expect(sentenceOf('closures_clustered', {}, { recent })).toBe(undefined);
  });
});

describe('tool activity', () => {
  it('is over after 10 s', () => {
    const fields = answered({ sentAt: end - 10_001 });
    expect([
      sentenceOf('no_tool_activity', answered({ sentAt: end - 10_000 })),
      sentenceOf('no_tool_activity', fields),
    ]).toEqual([undefined, 'The last tool activity was 10.0 s before the end.']);
  });
});
