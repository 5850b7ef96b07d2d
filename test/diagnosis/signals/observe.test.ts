import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noOthers, type OtherSessions } from '../../../src/diagnosis/others.ts';
import { observe } from '../../../src/diagnosis/signals/observe.ts';
import { type SignalId, signalIds } from '../../../src/diagnosis/signals/signals.ts';
import type { Closure } from '../../../src/session/model.ts';
import { reduce } from '../../../src/session/reduce.ts';
import { createSession } from '../../../src/session/state.ts';
import { wholeSession } from '../../session/arbitraries.ts';
import { epoch } from '../../session/build.ts';
import { answered, closureOf, pending } from '../closures.ts';

const regular = 'None of 52 known irregularities was seen in what the application did.';

describe('observe', () => {
  it('says of a plain session what holds for it, in the order of the vocabulary', () => {
    expect([...observe(closureOf())]).toEqual([
      ['active', 'The end came 59.7 s after setupComplete.'],
      ['no_go_away', 'No goAway came in the 1 min 00 s of the connection.'],
      ['compression_configured', 'Context window compression was configured.'],
      [
        'last_sent_audio',
        'Audio was the last thing sent, 20 ms before the end; the session had 590 audio frames.',
      ],
      ['model_2_5_native_audio', 'The model was gemini-2.5-flash-native-audio-preview-12-2025.'],
      ['not_resumed', 'The session was opened without a resumption handle.'],
      ['gemini', 'The session was with the Gemini API.'],
      ['api_key', 'The connection was opened with an API key.'],
      ['only_session', 'No other session was open, and the process connected 1 time in the last minute.'],
      ['no_tool_activity', 'No tool was called in the session.'],
      ['client_regular', regular],
    ]);
  });

  it('repeats neither arguments nor results, nor text of the setup', () => {
    const secret = 'correct horse battery staple';
    const closure = closureOf({
      ...answered({}, { response: JSON.stringify({ secret }) }),
      ...pending({ arguments: JSON.stringify({ secret }) }),
      setup: { handleHash: secret },
      resumption: { resumed: true },
    });
    expect([...observe(closure).values()].filter((sentence) => sentence.includes(secret))).toEqual([]);
  });
});

describe('a regular client', () => {
  it('may answer tools', () => {
    expect(observe(closureOf(answered())).get('client_regular')).toBe(regular);
  });

  it('may speak while a function declared NON_BLOCKING runs', () => {
    const inputWhilePending = { frames: 9, audioFrames: 9 };
    expect([
      observe(closureOf(pending({ nonBlocking: true, inputWhilePending }))).get('client_regular'),
      observe(closureOf(pending({ inputWhilePending }))).get('client_regular'),
    ]).toEqual([regular, undefined]);
  });

  it('may write in client content, but for models that take it as history alone', () => {
    const input = { clientContentAfterFirstTurn: true };
    expect([
      observe(closureOf({ input })).get('client_regular'),
      observe(closureOf({ input, setup: { model: 'models/gemini-3.1-flash-live-preview' } })).get(
        'client_regular',
      ),
    ]).toEqual([regular, undefined]);
  });

  it.each(['emptyRealtimeInput', 'setupSentTwice', 'contentRolesMissing', 'burstAfterResume'] as const)(
    'is not one with %s',
    (fact) => {
      expect(observe(closureOf({ input: { [fact]: true } })).has('client_regular')).toBe(false);
    },
  );
});

const recent = fc.record(
  {
    at: fc.integer({ min: epoch - 60_000, max: epoch + 60_000 }),
    code: fc.constantFrom(1000, 1006, 1007, 1008, 1011),
    reason: fc.constantFrom('', 'Internal error occurred.'),
    expected: fc.boolean(),
    connectionAgeMs: fc.nat({ max: 1_000_000 }),
    conversationId: fc.constantFrom('a', 'b'),
    model: fc.constant('models/gemini-live-2.5-flash-preview'),
  },
  { requiredKeys: ['at', 'reason', 'expected', 'connectionAgeMs', 'conversationId'] },
);
const others: fc.Arbitrary<OtherSessions> = fc.oneof(
  fc.constant(noOthers),
  fc.record({
    recent: fc.array(recent, { maxLength: 64 }),
    handleOfUnknownOrigin: fc.boolean(),
    handleFailures: fc.nat({ max: 5 }),
    earlierConnectionOpen: fc.boolean(),
    conversationId: fc.constantFrom('a', 'b'),
  }),
);

/** The end of a session that ran in any order. */
const anyClosure = fc
  .tuple(
    wholeSession,
    fc.record({
      api: fc.constantFrom('gemini' as const, 'vertex' as const),
      resumedHandleAt: fc.integer({ min: epoch - 200_000_000, max: epoch }),
    }),
  )
  .map(([events, options]) => {
    const state = createSession({ startedAt: epoch, captureContent: true, ...options });
    return events
      .flatMap(({ event, now }) => [...reduce(state, event, now)])
      .find((fact): fact is { readonly type: 'closed'; readonly closure: Closure } => fact.type === 'closed')
      ?.closure;
  })
  .filter((closure) => closure !== undefined);

describe('any closure', () => {
  it('gives sentences, in the order of the vocabulary, and the same ones each time', () => {
    fc.assert(
      fc.property(anyClosure, others, (closure, around) => {
        const seen = observe(closure, around);
        const ids = [...seen.keys()];
        expect(signalIds.filter((id: SignalId) => seen.has(id))).toEqual(ids);
        for (const sentence of seen.values()) expect(sentence).toMatch(/^\S.*\.$/s);
        expect(observe(closure, around)).toEqual(seen);
      }),
    );
  });
});
