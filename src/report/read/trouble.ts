/**
 * What went wrong although the session went on: silences that users report as "it hung", and turns that the model
 * refused or left empty. Pure.
 */
import type { LiveAttributes } from '../../conventions/attributes.ts';
import { type StallKind, stallKinds, type TurnOutcome } from '../../conventions/vocabulary.ts';
import type { LiveEvent } from './otlp.ts';
import type { SessionRef } from './sessions/closure-groups.ts';

export interface StallRow {
  /** What was waited for in vain. */
  readonly kind: StallKind;
  /** Id of the cause in docs/closures.md, or `unknown`. */
  readonly cause: string;
  readonly stalls: number;
  /** Those that what was overdue ended; the others lasted to the end of the session. */
  readonly recovered: number;
  /** Seconds of the longest. */
  readonly longest?: number;
  /** At most three. */
  readonly examples: readonly SessionRef[];
}

export interface TurnTroubleRow {
  /** `gemini.live.turn.outcome`, or what the service gave as `turnCompleteReason`. */
  readonly outcome: string;
  readonly turns: number;
  readonly examples: readonly SessionRef[];
}

const mostExamples = 3;
/** Values of the outcome that are told apart: far more than there are. */
const mostOutcomes = 100;

/** What a silence is found in. */
interface StalledSession extends SessionRef, Silent {}

interface Silent {
  readonly events: readonly LiveEvent[];
  readonly closure?: { readonly attributes: LiveAttributes };
}

/** Counts what went wrong, session by session and turn by turn. Thinned spans count for those they stand for. */
export interface Troubles {
  stalled(session: StalledSession, weight: number): void;
  /** `gemini.live.turn.outcome` and `.complete_reason`, empty where the span has none. */
  turn(outcome: string, completeReason: string, of: () => SessionRef, weight: number): void;
  /** The most frequent first. */
  finish(): { readonly stalls: readonly StallRow[]; readonly turnTroubles: readonly TurnTroubleRow[] };
}

export function createTroubles(): Troubles {
  const stalls = new Map<string, StallRow>();
  const turns = new Map<string, TurnTroubleRow>();
  return {
    stalled(session, weight) {
      for (const { kind, cause, recovered, seconds } of stallsOf(session)) {
        const key = `${kind} ${cause}`;
        const row = stalls.get(key);
        const longest = Math.max(row?.longest ?? 0, seconds ?? 0);
        stalls.set(key, {
          kind,
          cause,
          stalls: (row?.stalls ?? 0) + weight,
          recovered: (row?.recovered ?? 0) + (recovered ? weight : 0),
          ...(longest > 0 && { longest }),
          examples: withExample(row?.examples, session),
        });
      }
    },
    turn(ended, completeReason, of, weight) {
      const outcome = turnTrouble(ended, completeReason);
      if (outcome === undefined) return;
      const row = turns.get(outcome);
      if (row === undefined && turns.size >= mostOutcomes) return;
      turns.set(outcome, {
        outcome,
        turns: (row?.turns ?? 0) + weight,
        examples: withExample(row?.examples, of()),
      });
    },
    finish() {
      return {
        stalls: [...stalls.values()]
          .map((row) => ({ ...row, stalls: Math.round(row.stalls), recovered: Math.round(row.recovered) }))
          .sort((a, b) => b.stalls - a.stalls || (a.cause < b.cause ? -1 : 1)),
        turnTroubles: [...turns.values()]
          .map((row) => ({ ...row, turns: Math.round(row.turns) }))
          .sort((a, b) => b.turns - a.turns || (a.outcome < b.outcome ? -1 : 1)),
      };
    },
  };
}

interface FoundStall {
  readonly kind: StallKind;
  readonly cause: string;
  readonly recovered: boolean;
  readonly seconds: number | undefined;
}

/** By its events; a session without a span of its own tells the last one by its closure. */
export function stallsOf({ events, closure }: Silent): readonly FoundStall[] {
  const found: FoundStall[] = [];
  // From the last on: of each kind the end that comes next is at hand then.
  const ends = new Map<StallKind, LiveEvent>();
  for (const event of events.toReversed()) {
    const kind = stallKind(event.attributes['gemini.live.stall.kind']);
    if (kind === undefined) continue;
    if (event.name === 'stall_ended') ends.set(kind, event);
    if (event.name !== 'stall') continue;
    const end = ends.get(kind);
    found.push({
      kind,
      cause: event.attributes['gemini.live.stall.cause'] ?? 'unknown',
      recovered: end !== undefined,
      seconds: (end ?? event).attributes['gemini.live.stall.duration'],
    });
  }
  found.reverse();
  const kind = stallKind(closure?.attributes['gemini.live.closure.stall']);
  if (kind === undefined) return found;
  const seconds = closure?.attributes['gemini.live.closure.stall_duration'];
  const last = found.findLastIndex((stall) => stall.kind === kind && !stall.recovered);
  // The closure knows how long it lasted in the end.
  const cause = found[last]?.cause ?? 'unknown';
  const whole = { kind, cause, recovered: false, seconds };
  return last < 0 ? [...found, whole] : found.with(last, whole);
}

function stallKind(value: string | undefined): StallKind | undefined {
  return stallKinds.find((kind) => kind === value);
}

/** Outcomes that are nobody's trouble, or the closure's. */
const usual = new Set<string>(['complete', 'interrupted', 'closure', 'superseded'] satisfies TurnOutcome[]);
const harmless = new Set(['TURN_COMPLETE_REASON_UNSPECIFIED', 'NEED_MORE_INPUT']);

/** What is wrong with the turn: how it ended, in the service's own word where it gave one. */
function turnTrouble(outcome: string, reason: string): string | undefined {
  if (reason !== '' && !harmless.has(reason)) return reason;
  return outcome === '' || usual.has(outcome) ? undefined : outcome;
}

/** The first by their ids, so that the order in which they come does not matter. */
function withExample(
  examples: readonly SessionRef[] = [],
  { traceId, spanId, sessionId }: SessionRef,
): readonly SessionRef[] {
  if (examples.some((example) => example.traceId === traceId && example.spanId === spanId)) return examples;
  return [...examples, { traceId, spanId, ...(sessionId !== undefined && { sessionId }) }]
    .sort((a, b) => (a.traceId + a.spanId < b.traceId + b.spanId ? -1 : 1))
    .slice(0, mostExamples);
}
