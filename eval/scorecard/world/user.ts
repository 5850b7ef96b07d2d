import type { Draws } from './draws.ts';

/** Somebody with habits. */
export interface User {
  readonly id: number;
  /** How often this one comes, against the others. */
  readonly weight: number;
  /** Seconds of a visit, on average. */
  readonly visit: number;
  /** Seconds between the end of a turn and the next words. */
  readonly pause: number;
  /** Seconds of waiting for an answer, after which one speaks again or hangs up. */
  readonly patience: number;
  readonly mic: 'open' | 'gated' | 'push' | 'text';
  /** Chance of speaking while tools work, of those whose microphone is open only while they speak. */
  readonly barges: number;
  /** Multiplies what befalls sessions at random: 1 on average. */
  readonly frailty: number;
  /** Multiplies how often the connection is lost. */
  readonly lossy: number;
  readonly oneWayMs: number;
  /** Tokens of the conversation that would be resumed. */
  tokens: number;
}

export interface UserHabits {
  readonly users: number;
  /** Spread of what befalls users: of the logarithm. */
  readonly frailty: number;
  /** Seconds of a visit. */
  readonly visit: number;
  /** Seconds on average between the end of a turn and the next words, beyond the first four. */
  readonly pause: number;
  /** Seconds until somebody who waits speaks again or hangs up. */
  readonly patience: number;
  /** Shares of microphones that stay open, are muted while a tool works, are open only while the user speaks, and of typing. */
  readonly mics: Readonly<Record<User['mic'], number>>;
  /** Chance of speaking while tools work, of those whose microphone is open only while they speak. */
  readonly barges: number;
  /** The first user does not give up. */
  readonly endless: boolean;
}

export function createUsers(
  { users, frailty, visit, pause, patience, mics, barges, endless }: UserHabits,
  draws: Draws,
): readonly User[] {
  return Array.from({ length: users }, (_, id) => ({
    id,
    weight: endless && id === 0 ? 0.8 : Math.exp(0.9 * draws.normal()),
    visit: endless && id === 0 ? 3_600 : visit * Math.exp(0.4 * draws.normal()),
    pause: 4 + draws.exponential(pause),
    patience,
    mic: draws.pick(Object.entries(mics) as [User['mic'], number][]),
    barges,
    frailty: Math.exp(frailty * draws.normal() - frailty ** 2 / 2),
    lossy: Math.exp(draws.normal() - 0.5),
    oneWayMs: 15 + draws.exponential(25),
    tokens: 0,
  }));
}
