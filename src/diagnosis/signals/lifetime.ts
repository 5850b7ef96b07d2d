import { lifetimes } from '../../conventions/lifetimes.ts';
import { duration } from '../../conventions/words.ts';
import type { Closure } from '../../session/model.ts';
import type { Signals, SignalTest } from './signal.ts';

/** What limits the life of a connection. */
export const lifetimeSignals = {
  go_away_received: {
    words: 'goAway had come',
    test: ({ goAway }) => {
      if (goAway === undefined) return undefined;
      const left = goAway.timeLeftMs === undefined ? '' : ` and gave ${duration(goAway.timeLeftMs)}`;
      return `goAway came ${duration(goAway.agoMs)} before the end${left}.`;
    },
  },
  go_away_deadline_passed: {
    words: 'the time that goAway left had run out',
    irregular: true,
    test: ({ goAway }) =>
      goAway?.deadlinePassed === true
        ? `The ${duration(goAway.timeLeftMs ?? 0)} that goAway gave had been over for ${duration(goAway.agoMs - (goAway.timeLeftMs ?? 0))}.`
        : undefined,
  },
  no_go_away: {
    words: 'no goAway had come',
    test: ({ goAway, connectionAgeMs }) =>
      goAway === undefined
        ? `No goAway came in the ${duration(connectionAgeMs)} of the connection.`
        : undefined,
  },
  /** See `lifetimes`, as the next three. */
  age_near_10_minutes: {
    words: `the connection was about ${lifetimes.tenMinutes.name} old`,
    test: ageNear('tenMinutes'),
  },
  age_near_15_minutes: {
    words: `the connection was about ${lifetimes.fifteenMinutes.name} old`,
    test: ageNear('fifteenMinutes'),
  },
  age_near_2_minutes: {
    words: `the connection was about ${lifetimes.twoMinutes.name} old`,
    test: ageNear('twoMinutes'),
  },
  /** No sign of the user and no output of the model. */
  user_idle_150_s: {
    words: `neither the user nor the model had said anything for about ${lifetimes.idle.name}`,
    test: (closure) => {
      const idleMs = idleTime(closure);
      return idleMs !== undefined && isNear('idle', idleMs)
        ? `For ${duration(idleMs)} there was neither a sign of the user nor output of the model.`
        : undefined;
    },
  },
} as const satisfies Signals;

export function isNear(limit: keyof typeof lifetimes, ms: number): boolean {
  const { from, to } = lifetimes[limit].fits;
  return ms >= from * 1_000 && ms <= to * 1_000;
}

/** Since the last sign of the user or output of the model, else since the setup. */
function idleTime({ activeMs, msSinceUserActivity, lastOutputAgoMs }: Closure): number | undefined {
  if (activeMs === undefined) return undefined;
  return Math.min(activeMs, msSinceUserActivity ?? activeMs, lastOutputAgoMs ?? activeMs);
}

function ageNear(limit: keyof typeof lifetimes): SignalTest {
  return ({ connectionAgeMs }) =>
    isNear(limit, connectionAgeMs)
      ? `The connection was ${duration(connectionAgeMs)} old, near ${lifetimes[limit].name}.`
      : undefined;
}
