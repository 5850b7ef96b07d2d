/**
 * What went wrong although the session went on: silences that users report as "it hung", and turns that the model
 * refused or left empty. Pure.
 */
import { type StallKind, stallKinds, type TurnOutcome } from '../conventions/vocabulary.ts';
import type { SessionRef } from './read/sessions/closure-groups.ts';
import type { LiveSession, Part } from './read/sessions/model.ts';

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

/** The most frequent first. */
export function stallRows(sessions: readonly LiveSession[]): readonly StallRow[] {
  const rows = new Map<string, StallRow>();
  for (const session of sessions) {
    for (const { kind, cause, recovered, seconds } of stallsOf(session)) {
      const key = `${kind} ${cause}`;
      const row = rows.get(key);
      const longest = Math.max(row?.longest ?? 0, seconds ?? 0);
      rows.set(key, {
        kind,
        cause,
        stalls: (row?.stalls ?? 0) + 1,
        recovered: (row?.recovered ?? 0) + Number(recovered),
        ...(longest > 0 && { longest }),
        examples: withExample(row?.examples, session),
      });
    }
  }
  return [...rows.values()].sort((a, b) => b.stalls - a.stalls || (a.cause < b.cause ? -1 : 1));
}

interface FoundStall {
  readonly kind: StallKind;
  readonly cause: string;
  readonly recovered: boolean;
  readonly seconds: number | undefined;
}

/** By its events; a session without a span of its own tells the last one by its closure. */
export function stallsOf({ events, closure }: LiveSession): readonly FoundStall[] {
  const found = events.flatMap((event, index): readonly FoundStall[] => {
    const kind = stallKind(event.attributes['gemini.live.stall.kind']);
    if (event.name !== 'stall' || kind === undefined) return [];
    const end = events
      .slice(index + 1)
      .find((later) => later.name === 'stall_ended' && later.attributes['gemini.live.stall.kind'] === kind);
    return [
      {
        kind,
        cause: event.attributes['gemini.live.stall.cause'] ?? 'unknown',
        recovered: end !== undefined,
        seconds: (end ?? event).attributes['gemini.live.stall.duration'],
      },
    ];
  });
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

export function turnTroubleRows(sessions: readonly LiveSession[]): readonly TurnTroubleRow[] {
  const rows = new Map<string, TurnTroubleRow>();
  for (const session of sessions) {
    for (const turn of session.turns) {
      const outcome = turnTrouble(turn);
      if (outcome === undefined) continue;
      const row = rows.get(outcome);
      rows.set(outcome, {
        outcome,
        turns: (row?.turns ?? 0) + 1,
        examples: withExample(row?.examples, session),
      });
    }
  }
  return [...rows.values()].sort((a, b) => b.turns - a.turns || (a.outcome < b.outcome ? -1 : 1));
}

/** What is wrong with the turn: how it ended, in the service's own word where it gave one. */
export function turnTrouble({ attributes }: Part): string | undefined {
  const reason = attributes['gemini.live.turn.complete_reason'];
  if (reason !== undefined && reason !== '' && !harmless.has(reason)) return reason;
  const outcome: string | undefined = attributes['gemini.live.turn.outcome'];
  return outcome === undefined || usual.has(outcome) ? undefined : outcome;
}

function withExample(examples: readonly SessionRef[] = [], session: LiveSession): readonly SessionRef[] {
  const { traceId, spanId, sessionId } = session;
  const isThere = examples.some((example) => example.traceId === traceId && example.spanId === spanId);
  if (isThere || examples.length >= mostExamples) return examples;
  return [...examples, { traceId, spanId, ...(sessionId !== undefined && { sessionId }) }];
}
