import { describe, expect, it } from 'vitest';
import type { resumptionSignals } from '../../../src/diagnosis/signals/resumption.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

const hour = 3_600_000;
const aged = (handleAgeMs: number) => ({
  phase: 'setup' as const,
  connectionAgeMs: 400,
  resumption: { resumed: true, handleAgeMs },
});

checkSignals({
  resumed: {
    seen: aged(60_400),
    sentence: 'The session was opened with a resumption handle, 1 min 00 s old at connect().',
    unseen: { resumption: { requested: true } },
  },
  not_resumed: {
    seen: { resumption: { requested: true } },
    sentence: 'The session was opened without a resumption handle and asked for one.',
    unseen: { resumption: { resumed: true } },
  },
  handle_expired: {
    seen: aged(2.5 * hour + 400),
    sentence: 'The handle was 2 h 30 min old at connect(), and handles are good for 2 h 00 min.',
    unseen: aged(2 * hour + 400),
  },
  handle_of_unknown_origin: {
    seen: { resumption: { resumed: true } },
    others: { handleOfUnknownOrigin: true },
    sentence: 'The handle was not issued to this process.',
    unseen: { resumption: { resumed: true } },
  },
  earlier_connection_open: {
    seen: {},
    others: { earlierConnectionOpen: true },
    sentence: 'Another connection of the conversation was open at connect(), 1 min 00 s before the end.',
    unseen: {},
  },
  handle_failed_before: {
    seen: {},
    others: { handleFailures: 2 },
    sentence: '2 connections had failed before with the same handle.',
    unseen: {},
  },
  client_content_after_resume: {
    seen: { activeMs: 300, input: { clientContentAfterResume: true } },
    sentence: 'Client content was sent within 5 s of the resumption, which was 300 ms before the end.',
    unseen: { resumption: { resumed: true } },
  },
  burst_after_resume: {
    seen: { activeMs: 300, input: { burstAfterResume: true } },
    sentence:
      '20 realtime frames or more were sent at once after the resumption, which was 300 ms before the end.',
    unseen: { resumption: { resumed: true } },
  },
} satisfies Record<keyof typeof resumptionSignals, SignalCase>);

describe('a handle', () => {
  it('is good for a day on Vertex AI', () => {
    expect([
      sentenceOf('handle_expired', { ...aged(23 * hour), api: 'vertex' }),
      sentenceOf('handle_expired', { ...aged(25 * hour), api: 'vertex' }),
    ]).toEqual([
      undefined,
      'The handle was 25 h 00 min old at connect(), and handles are good for 24 h 00 min.',
    ]);
  });

  it('that came during a long session has not expired', () => {
    expect(
      sentenceOf('handle_expired', {
        connectionAgeMs: 5 * hour,
        resumption: { resumed: true, handleAgeMs: 3 * hour },
      }),
    ).toBe(undefined);
  });
});
