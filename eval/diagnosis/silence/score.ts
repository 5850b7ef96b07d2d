import { createRandom } from '../../../src/testing/random.ts';
import { type Part, partOf, seedOf } from '../part.ts';
import type { Share } from '../score.ts';
import { healthyKinds, type Kind } from './healthy.ts';
import { playWire, type Told } from './play.ts';
import { silentKinds } from './silent.ts';
import { type Span, Wire } from './wire.ts';

/** What came of all conversations of one kind. */
export interface KindScore {
  readonly name: string;
  readonly part: Part;
  /** Conversations with a silence, and how many of these were told of before they were over. */
  readonly silences: Share;
  readonly healthyMinutes: number;
  /** Told of where nothing was wrong. */
  readonly falseStalls: readonly Told[];
  /** Milliseconds from the beginning of a silence until it was told of. */
  readonly foundAfter: readonly number[];
}

export const silenceGoals = { found: 0.95, falsePerThousandMinutes: 1 } as const;

const conversations = { silent: 15, healthy: 40 } as const;

/** Plays every kind of conversation, many times each. The parts are of kinds: nobody tuned a rule with those kept apart. */
export function scoreSilences(seed: number): readonly KindScore[] {
  return [
    ...silentKinds.map((kind) => scoreKind(kind, conversations.silent, seed)),
    ...healthyKinds.map((kind) => scoreKind(kind, conversations.healthy, seed)),
  ];
}

function scoreKind({ name, play }: Kind, times: number, seed: number): KindScore {
  let found = 0;
  let silences = 0;
  let healthyMs = 0;
  const falseStalls: Told[] = [];
  const foundAfter: number[] = [];
  for (let index = 0; index < times; index++) {
    const wire = new Wire(createRandom(seedOf(`${name} ${index}`, seed)));
    play(wire);
    const told = playWire(wire);
    healthyMs += wire.now - lengthOf(wire.silences);
    for (const silence of wire.silences) {
      silences++;
      const first = told.find(({ at }) => isIn(silence, at));
      if (first === undefined) continue;
      found++;
      foundAfter.push(first.at - silence.from);
    }
    falseStalls.push(...told.filter(({ at }) => !wire.silences.some((silence) => isIn(silence, at))));
  }
  return {
    name,
    part: partOf(name),
    silences: { right: found, of: silences },
    healthyMinutes: healthyMs / 60_000,
    falseStalls,
    foundAfter,
  };
}

function isIn({ from, to }: Span, at: number): boolean {
  return at >= from && at <= to;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

export interface SilenceScore {
  readonly kinds: number;
  readonly found: Share;
  readonly healthyMinutes: number;
  readonly falseStalls: number;
  readonly medianMs: number;
}

export function sumUp(scores: readonly KindScore[]): SilenceScore {
  const after = scores.flatMap(({ foundAfter }) => foundAfter).sort((a, b) => a - b);
  const sum = (value: (one: KindScore) => number): number => scores.reduce((all, one) => all + value(one), 0);
  return {
    kinds: scores.length,
    found: { right: sum(({ silences }) => silences.right), of: sum(({ silences }) => silences.of) },
    healthyMinutes: sum(({ healthyMinutes }) => healthyMinutes),
    falseStalls: sum(({ falseStalls }) => falseStalls.length),
    medianMs: after[Math.floor(after.length / 2)] ?? 0,
  };
}

export function falsePerThousandMinutes({ falseStalls, healthyMinutes }: SilenceScore): number {
  return (falseStalls * 1_000) / Math.max(1, healthyMinutes);
}

export function meetsSilenceGoals(score: SilenceScore): boolean {
  const { right, of } = score.found;
  return (
    right >= of * silenceGoals.found && falsePerThousandMinutes(score) <= silenceGoals.falsePerThousandMinutes
  );
}
