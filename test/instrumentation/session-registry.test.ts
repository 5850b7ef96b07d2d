import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionRegistry } from '../../src/instrumentation/session-registry.ts';

const minute = 60_000;
const spanContext = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 1 };
const origin = { conversationId: 'a', conversationStartedAt: 0, spanContext, receivedAt: 0 };

type Ending = Parameters<SessionRegistry<object>['closed']>[1];

const failure: Ending = {
  at: 0,
  code: 1011,
  reason: 'Internal error encountered.',
  expected: false,
  initiator: 'server',
  phase: 'active',
  connectionAgeMs: 1_500,
  pendingToolCalls: [],
  activeMs: 1_000,
};

/** A registry in which a session was resumed from handle `h` and ended so. */
function afterResuming(ending: Partial<Ending>): SessionRegistry<string> {
  const registry = new SessionRegistry<string>();
  registry.opened('first', { at: 0, conversationId: 'a', handleHash: 'h' });
  registry.closed('first', { ...failure, ...ending });
  registry.opened('next', { at: 1, conversationId: 'a', handleHash: 'h' });
  return registry;
}

it('does not count a session whose socket is closed while its last frames are read', () => {
  const registry = new SessionRegistry<string>();
  registry.opened('first', { at: 0, conversationId: 'a' });
  registry.over('first');
  registry.over('first');
  registry.opened('next', { at: 1, conversationId: 'a', handleHash: 'h' });
  expect(registry.facts(1)).toEqual({ sessionsOpen: 1, connectsLastMinute: 2 });
  expect(registry.others('next', 1).earlierConnectionOpen).toBe(false);
  // The page may be left meanwhile.
  expect(registry.openSessions).toEqual(['first', 'next']);
  registry.closed('first', failure);
  expect(registry.facts(1).sessionsOpen).toBe(1);
  registry.opened('third', { at: 2, conversationId: 'a', handleHash: 'h' });
  expect(registry.others('third', 2).earlierConnectionOpen).toBe(true);
});

describe('what other sessions show', () => {
  it('is nothing for the only session', () => {
    const registry = new SessionRegistry<string>();
    registry.opened('only', { at: 0, conversationId: 'a' });
    expect(registry.others('only', 5)).toEqual({
      recent: [],
      handleOfUnknownOrigin: false,
      handleFailures: 0,
      earlierConnectionOpen: false,
      conversationId: 'a',
    });
  });

  it('holds the closures of the last ten minutes, oldest first', () => {
    const registry = new SessionRegistry<string>();
    registry.opened('own', { at: 0, conversationId: 'own' });
    for (const [name, at] of [
      ['old', 0],
      ['second', 5 * minute],
      ['third', 9 * minute],
    ] as const) {
      registry.opened(name, { at, conversationId: name, ...(name === 'third' && { model: 'gemini-x' }) });
      registry.closed(name, { ...failure, at });
    }
    const recent = { code: 1011, reason: failure.reason, expected: false, connectionAgeMs: 1_500 };
    expect(registry.others('own', 11 * minute).recent).toEqual([
      { ...recent, at: 5 * minute, conversationId: 'second' },
      { ...recent, at: 9 * minute, conversationId: 'third', model: 'gemini-x' },
    ]);
  });

  it('leaves the code out where there was none', () => {
    const registry = new SessionRegistry<string>();
    registry.opened('own', { at: 0, conversationId: 'own' });
    registry.opened('other', { at: 0, conversationId: 'other' });
    const { code: _, ...withoutCode } = failure;
    registry.closed('other', withoutCode);
    expect(Object.keys(registry.others('own', 0).recent[0] ?? {})).toEqual([
      'at',
      'reason',
      'expected',
      'connectionAgeMs',
      'conversationId',
    ]);
  });

  it('counts a session that ended once, however often it is said', () => {
    const registry = new SessionRegistry<string>();
    registry.opened('own', { at: 0, conversationId: 'own' });
    registry.opened('other', { at: 0, conversationId: 'other' });
    registry.closed('other', failure);
    registry.closed('other', failure);
    expect(registry.others('own', 0).recent).toHaveLength(1);
  });
});

describe('a resumption handle', () => {
  it.each<[string, Partial<Ending>, number]>([
    ['counts as failed after a session that it opened failed at once', {}, 1],
    ['counts as failed after a setup that the service refused', { phase: 'setup' }, 1],
    ['does not count as failed after an end that was asked for', { expected: true, initiator: 'client' }, 0],
    ['does not count as failed after an exception of the process', { initiator: 'process' }, 0],
    [
      'does not count as failed where the service never saw it',
      { phase: 'handshake', initiator: 'network' },
      0,
    ],
    ['does not count as failed after a session of minutes', { activeMs: minute }, 0],
  ])('%s', (_, ending, failures) => {
    expect(afterResuming(ending).others('next', 2).handleFailures).toBe(failures);
  });

  it('is of unknown origin where this process was not given it', () => {
    const registry = new SessionRegistry<string>();
    registry.rememberHandle('known', origin);
    registry.opened('stranger', { at: 0, conversationId: 'b', handleHash: 'unknown' });
    registry.opened('own', { at: 0, conversationId: 'a', handleHash: 'known' });
    expect(['stranger', 'own'].map((name) => registry.others(name, 0).handleOfUnknownOrigin)).toEqual([
      true,
      false,
    ]);
  });
});

describe('an earlier connection of the conversation', () => {
  it.each([
    ['is open', false, true],
    ['was closed before', true, false],
  ])('%s', (_, closedBefore, expected) => {
    const registry = new SessionRegistry<string>();
    registry.opened('earlier', { at: 0, conversationId: 'a' });
    registry.opened('another', { at: 0, conversationId: 'b' });
    if (closedBefore) registry.closed('earlier', failure);
    registry.opened('own', { at: 1, conversationId: 'a' });
    // What counts is how it was when this one was made.
    registry.closed('earlier', failure);
    expect(registry.others('own', 2).earlierConnectionOpen).toBe(expected);
  });
});

describe('whatever the sessions do', () => {
  const step = fc.record({
    session: fc.nat({ max: 200 }),
    open: fc.boolean(),
    later: fc.nat({ max: 2 * minute }),
    handle: fc.option(fc.constantFrom('h1', 'h2', 'h3'), { nil: undefined }),
    expected: fc.boolean(),
  });

  it('at most 64 closures are kept, none of this session, none older than ten minutes, oldest first', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const registry = new SessionRegistry<number>();
        registry.opened(-1, { at: 0, conversationId: 'own', handleHash: 'h1' });
        let now = 0;
        let failures = 0;
        const handles = new Map<number, string | undefined>();
        for (const { session, open, later, handle, expected } of steps) {
          now += later;
          if (open && !handles.has(session)) {
            handles.set(session, handle);
            registry.opened(session, {
              at: now,
              conversationId: String(session),
              ...(handle !== undefined && { handleHash: handle }),
            });
          } else if (!open && handles.has(session)) {
            if (handles.get(session) === 'h1' && !expected) failures += 1;
            handles.delete(session);
            registry.closed(session, { ...failure, at: now, expected });
          }
        }
        const { recent, handleFailures } = registry.others(-1, now);
        const times = recent.map(({ at }) => at);
        expect(recent.length).toBeLessThanOrEqual(64);
        expect(times).toEqual([...times].sort((left, right) => left - right));
        expect(times.filter((at) => at < now - 10 * minute)).toEqual([]);
        expect(recent.filter(({ conversationId }) => conversationId === 'own')).toEqual([]);
        expect(handleFailures).toBe(failures);
        expect(registry.facts(now).sessionsOpen).toBe(handles.size + 1);
      }),
      { numRuns: 100 },
    );
  });

  it('failures are remembered of the last 4,096 handles', () => {
    const registry = new SessionRegistry<number>();
    for (let index = 0; index <= 4_096; index += 1) {
      registry.opened(index, { at: 0, conversationId: 'a', handleHash: `h${index}` });
      registry.closed(index, failure);
    }
    const failuresOf = (handleHash: string, session: number): number => {
      registry.opened(session, { at: 0, conversationId: 'a', handleHash });
      return registry.others(session, 0).handleFailures;
    };
    expect([failuresOf('h0', 10_000), failuresOf('h1', 10_001)]).toEqual([0, 1]);
  });
});
