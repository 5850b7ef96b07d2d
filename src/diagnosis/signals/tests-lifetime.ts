import { lifetimes } from '../../conventions/limits.ts';
import type { Closure } from '../../session/model.ts';
import { seconds } from '../wording.ts';
import type { SignalTest, SignalTests } from './signal-test.ts';

/** What limits the life of a connection. */
export const lifetimeTests = {
  go_away_received: ({ goAway }) => {
    if (goAway === undefined) return undefined;
    const left = goAway.timeLeftMs === undefined ? '' : ` and gave ${seconds(goAway.timeLeftMs)}`;
    return `goAway came ${seconds(goAway.agoMs)} before the end${left}.`;
  },
  go_away_deadline_passed: ({ goAway }) =>
    goAway?.deadlinePassed === true
      ? `The ${seconds(goAway.timeLeftMs ?? 0)} that goAway gave had been over for ${seconds(goAway.agoMs - (goAway.timeLeftMs ?? 0))}.`
      : undefined,
  no_go_away: ({ goAway, connectionAgeMs }) =>
    goAway === undefined ? `No goAway came in the ${seconds(connectionAgeMs)} of the connection.` : undefined,
  age_near_10_minutes: ageNear('tenMinutes'),
  age_near_15_minutes: ageNear('fifteenMinutes'),
  age_near_2_minutes: ageNear('twoMinutes'),
  user_idle_150_s: (closure) => {
    const idleMs = idleTime(closure);
    return idleMs !== undefined && isNear('idle', idleMs)
      ? `For ${seconds(idleMs)} there was neither a sign of the user nor output of the model.`
      : undefined;
  },
} as const satisfies SignalTests;

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
      ? `The connection was ${seconds(connectionAgeMs)} old, near ${lifetimes[limit].name}.`
      : undefined;
}
