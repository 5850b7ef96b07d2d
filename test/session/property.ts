import type { SessionFact } from '../../src/session/facts.ts';
import { reduce } from '../../src/session/reduce.ts';
import { createSession, type SessionState } from '../../src/session/state.ts';
import type { TimedEvent } from './arbitraries.ts';
import { epoch } from './build.ts';

export const runs = { numRuns: 400 };

/** A session that keeps content and has had earlier connections. */
export function start(): SessionState {
  return createSession({
    startedAt: epoch,
    api: 'gemini',
    captureContent: true,
    isEarlierCall: (id) => id === 'earlier',
  });
}

export function run(events: readonly TimedEvent[], state = start()): SessionFact[] {
  return events.flatMap(({ event, now }) => [...reduce(state, event, now)]);
}
