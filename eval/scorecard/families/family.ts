/** Kinds of populations, and populations of them. */
import type { Cause } from '../causes/cause.ts';
import {
  type Operations,
  type Population,
  plainApplication,
  plainOperations,
  plainTools,
  plainUsers,
} from '../population.ts';
import type { Draws } from '../world/draws.ts';
import { createDraws } from '../world/draws.ts';
import type { Tool } from '../world/tool.ts';
import type { UserHabits } from '../world/user.ts';
import type { Application } from '../world/visit.ts';

/** What sets a family apart from the plain population. */
export interface Difference {
  readonly causes?: readonly Cause[];
  readonly background?: Partial<Population['background']>;
  readonly users?: Partial<UserHabits>;
  readonly application?: Partial<Application>;
  readonly operations?: Partial<Operations>;
  readonly calls?: number;
  readonly parallel?: number;
  readonly cancels?: number;
  readonly favourite?: Population['favourite'];
  /** So many times as many visits as the others. */
  readonly size?: number;
  /** Sessions that a process has open, on average. */
  readonly load?: number;
}

export interface Family {
  readonly name: string;
  readonly make: (draws: Draws) => Difference;
}

/** One that a good part of the traffic uses. */
export const busyModel = 'gemini-2.5-flash-native-audio-preview-09-2025';

export const between = (draws: Draws, low: number, high: number): number => low + (high - low) * draws.next();

/** On a scale of factors. */
export const logBetween = (draws: Draws, low: number, high: number): number =>
  Math.exp(between(draws, Math.log(low), Math.log(high)));

const seconds = 3_600;

/** @param most visits at most: a shorter time with the same traffic */
export function populationOf(
  { name, make }: Family,
  seed: number,
  most: number = Number.POSITIVE_INFINITY,
): Population {
  const draws = createDraws(hash(name) + seed * 104_729);
  const visits = logBetween(draws, 120, 600);
  const load = logBetween(draws, 0.7, 5);
  const plain = {
    background: { faults: logBetween(draws, 0.15, 1.2), losses: logBetween(draws, 0.05, 0.4) },
    users: { ...plainUsers, users: Math.round(logBetween(draws, 25, 120)) },
    calls: between(draws, 0.35, 0.65),
    parallel: between(draws, 0.05, 0.3),
    pods: 2 + Math.floor(draws.next() * 3),
    answers: draws.chance(0.6) ? 'singly' : 'together',
  } as const;
  const difference = make(draws);
  const users = { ...plain.users, ...difference.users };
  const count = Math.min(most, Math.round(visits * (difference.size ?? 1)));
  const pods = difference.operations?.pods ?? plain.pods;
  return {
    family: name,
    seed: hash(name) + seed * 7_919,
    usersSeed: hash(name) + seed,
    visits: count,
    background: { ...plain.background, ...difference.background },
    causes: difference.causes ?? [],
    users,
    application: { ...plainApplication, answers: plain.answers, ...difference.application },
    calls: difference.calls ?? plain.calls,
    parallel: difference.parallel ?? plain.parallel,
    cancels: difference.cancels ?? 0,
    favourite: difference.favourite,
    operations: {
      ...plainOperations,
      hours: Math.max(0.2, (count * users.visit) / seconds / (pods * (difference.load ?? load))),
      ...difference.operations,
      pods,
    },
  };
}

/** The plain tools, one of them changed. */
export function withTool(name: string, change: Partial<Tool>): readonly Tool[] {
  return plainTools.map((tool) => (tool.name === name ? { ...tool, ...change } : tool));
}

export function withTools(change: Partial<Tool>): readonly Tool[] {
  return plainTools.map((tool) => ({ ...tool, ...change }));
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (value >>> 0) % 1_000_000;
}
