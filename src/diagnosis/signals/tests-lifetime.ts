import type { Closure } from '../../session/model.ts';
import { seconds } from '../wording.ts';
import type { SignalTest, SignalTests } from './signal-test.ts';

/** Connection ages at which a limit of the service is known, in milliseconds. */
export const knownAges = {
  tenMinutes: { from: 540_000, to: 660_000 },
  fifteenMinutes: { from: 840_000, to: 960_000 },
  twoMinutes: { from: 85_000, to: 135_000 },
  /** Without a sign of the user and output of the model. */
  idle: { from: 140_000, to: 220_000 },
} as const;

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
  age_near_10_minutes: ageNear('tenMinutes', '10 minutes'),
  age_near_15_minutes: ageNear('fifteenMinutes', '15 minutes'),
  age_near_2_minutes: ageNear('twoMinutes', '2 minutes'),
  user_idle_150_s: (closure) => {
    const idleMs = idleTime(closure);
    return idleMs !== undefined && isNear('idle', idleMs)
      ? `For ${seconds(idleMs)} there was neither a sign of the user nor output of the model.`
      : undefined;
  },
} as const satisfies SignalTests;

export function isNear(limit: keyof typeof knownAges, ms: number): boolean {
  return ms >= knownAges[limit].from && ms <= knownAges[limit].to;
}

/** Since the last sign of the user or output of the model, else since the setup. */
function idleTime({ activeMs, msSinceUserActivity, lastOutputAgoMs }: Closure): number | undefined {
  if (activeMs === undefined) return undefined;
  return Math.min(activeMs, msSinceUserActivity ?? activeMs, lastOutputAgoMs ?? activeMs);
}

function ageNear(limit: keyof typeof knownAges, name: string): SignalTest {
  return ({ connectionAgeMs }) =>
    isNear(limit, connectionAgeMs)
      ? `The connection was ${seconds(connectionAgeMs)} old, near ${name}.`
      : undefined;
}
