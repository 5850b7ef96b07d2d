/** Scanned chunks, one after the other, to what the report is made from. Memory does not grow with them. */

import { createRiskCounter, type Row } from '../../analysis/risk/count.ts';
import { createFirstAudio } from '../../analysis/risk/first-audio.ts';
import {
  closureColumn,
  column,
  kind,
  rowLength,
  type ScannedChunk,
  sessionColumn,
  turnColumn,
} from '../../analysis/risk/record.ts';
import type { Collected } from './collected.ts';
import { textOf } from './json-cursor.ts';
import { createMemory } from './memory.ts';
import { text, value } from './row-values.ts';
import type { SessionRef } from './sessions/closure-groups.ts';
import { createClosureGroups } from './sessions/closure-groups.ts';
import { createSessionCount } from './sessions/count.ts';
import { createExperiments } from './sessions/experiments.ts';
import { createFrame } from './sessions/frame.ts';
import type { LiveSession } from './sessions/model.ts';
import type { RecentOptions } from './sessions/recent.ts';
import { createSilences } from './sessions/silences.ts';
import { createWholeSessions } from './sessions/whole.ts';
import { createTroubles } from './trouble.ts';

export interface CollectorOptions {
  /** Sessions kept whole. */
  readonly keepSessions: number;
  /** Only the one that was asked for is kept whole. */
  readonly onlyWanted: boolean;
  /** Spans, of which at least the last that many are recognized when they come again; 2 million unless told otherwise. */
  readonly rememberedSpans?: number;
  /** The same of sessions whose spans come one by one; half a million unless told otherwise. */
  readonly rememberedSessions?: number;
  readonly recent?: RecentOptions;
}

export interface Collector {
  /** The bytes are kept for a while, see `recent`. */
  add(chunk: ScannedChunk, bytes: Uint8Array): void;
  /** Whether the session of a chunk that holds no other is known. */
  knows(chunk: ScannedChunk): boolean;
  finish(): Omit<Collected, 'input'>;
}

/** Values of the cause that are told apart: far more than there are. */
const mostCauses = 500;

export function createCollector(options: CollectorOptions): Collector {
  const { rememberedSpans = 2 ** 21, rememberedSessions = 2 ** 19 } = options;
  const seen = createMemory(rememberedSpans, false);
  const sessions = createSessionCount(rememberedSessions);
  const whole = createWholeSessions(options);
  const risk = createRiskCounter();
  const frame = createFrame();
  const groups = createClosureGroups();
  const firstAudio = createFirstAudio();
  const experiments = createExperiments();
  const troubles = createTroubles();
  const silences = createSilences(troubles);
  const examples = new Map<string, { readonly session: number; readonly traceId: string }>();
  const counts = { turns: 0, toolCalls: 0, toolResponses: 0 };
  let sampled = false;

  const isAgain = (row: Row): boolean => {
    if (value(row, column.kind) === kind.log) return false;
    const id = value(row, column.span);
    if (seen.get(id) !== undefined) return true;
    seen.set(id, 1);
    return false;
  };

  const count = (row: Row, which: number, bytes: Uint8Array): void => {
    const weight = value(row, column.weight);
    sessions.see(value(row, column.root), weight);
    if (which === kind.session) {
      const told = text(row, sessionColumn.experiment);
      if (told !== '') experiments.add(told);
    } else if (which === kind.connect) risk.connect(row);
    else if (which === kind.turn) {
      counts.turns += weight;
      const seconds = value(row, turnColumn.firstAudio);
      if (seconds >= 0) firstAudio.of(text(row, turnColumn.trigger))?.add(seconds, weight);
      troubles.turn(
        text(row, turnColumn.outcome),
        text(row, turnColumn.completeReason),
        () => referenceOf(row, bytes),
        weight,
      );
    } else if (which === kind.toolCall) {
      counts.toolCalls += weight;
      risk.toolCall(row);
    } else if (which === kind.toolResponse) {
      counts.toolResponses += weight;
      risk.toolResponse(row);
    }
  };

  const close = (row: Row, bytes: Uint8Array): void => {
    const isLog = value(row, column.kind) === kind.log;
    const session = value(row, column.session);
    const identity = { span: value(row, column.span), root: value(row, column.root), session, isLog };
    const { change, isKnown } = sessions.close(identity, value(row, column.weight));
    const expected = value(row, closureColumn.expected) === 1;
    const cause = text(row, closureColumn.cause) || 'unknown';
    const preceding = text(row, closureColumn.preceding) || 'none';
    const facts = {
      code: value(row, closureColumn.code),
      reason: text(row, closureColumn.reason),
      initiator: text(row, closureColumn.initiator) || 'unknown',
      expected,
      preceding,
    };
    groups.add(facts, change, session, () => referenceOf(row, bytes));
    if (change !== 0) risk.ending(row, change);
    const example = examples.get(cause);
    if (example ? session < example.session : examples.size < mostCauses) {
      examples.set(cause, { session, traceId: referenceOf(row, bytes).traceId });
    }
    // A log record says less than the span it stands for.
    if (isLog && isKnown) return;
    frame.closure(row);
    const stalled = value(row, closureColumn.stalled);
    if (stalled >= 0) {
      const attributes = {
        'gemini.live.closure.stall': text(row, closureColumn.stall),
        'gemini.live.closure.stall_duration': stalled,
      };
      silences.closure(session, { ...referenceOf(row, bytes), attributes }, value(row, column.weight));
    }
    whole.close(row, {
      expected,
      cause,
      preceding,
      toolCalls: value(row, closureColumn.toolCalls),
      turns: value(row, closureColumn.turns),
    });
  };

  return {
    add(chunk, bytes) {
      const { rows, texts } = chunk;
      whole.begin(chunk, bytes);
      for (let at = 0; at < rows.length; at += rowLength) {
        const row: Row = { rows, at, texts };
        if (isAgain(row)) continue;
        if (value(row, column.weight) !== 1) sampled = true;
        const which = value(row, column.kind);
        if (which === kind.closure || which === kind.log) close(row, bytes);
        else {
          count(row, which, bytes);
          if (which === kind.session) silences.session(row, bytes);
          frame.span(row);
          whole.add(row);
        }
      }
    },
    knows: ({ rows, count: rowCount }) => rowCount > 0 && sessions.knows(rows[column.root] as number),
    finish() {
      const kept = whole.finish(sessions.hasClosure);
      const grouped = groups.finish();
      silences.finish();
      // What nothing leads to a session was not counted as one.
      const strays = kept.sessions.filter(({ spanId, closure }) => spanId === '' && !closure).length;
      return {
        counts: {
          sessions: Math.round(sessions.open + sessions.ended) + strays,
          withClosure: Math.round(sessions.ended),
          turns: Math.round(counts.turns),
          toolCalls: Math.round(counts.toolCalls),
          toolResponses: Math.round(counts.toolResponses),
        },
        tables: risk.finish(),
        frame: frame.finish(),
        closureGroups: grouped.rows,
        firstAudio: firstAudio.finish(),
        experiments: experiments.finish(),
        ...troubles.finish(),
        examples: examplesOf(examples, kept.sessions),
        sampled,
        sessions: kept.sessions,
        notes: [
          ...grouped.notes,
          ...kept.notes,
          ...(seen.forgot ? [forgotSentence(rememberedSpans, 'spans', 'a span')] : []),
          ...(sessions.forgot ? [forgotSentence(rememberedSessions, 'sessions', 'a session')] : []),
        ],
      };
    },
  };
}

function referenceOf(row: Row, bytes: Uint8Array): SessionRef {
  const idAt = (from: number, digits: number): string =>
    from < 0 ? '' : textOf(bytes, from, from + digits).toLowerCase();
  const from = value(row, column.idFrom);
  return {
    traceId: idAt(value(row, column.traceAt), 32),
    // A log record is not a child of the session's span.
    spanId: value(row, column.kind) === kind.log ? '' : idAt(value(row, column.parentAt), 16),
    ...(from >= 0 && { sessionId: textOf(bytes, from, value(row, column.idTo)) }),
  };
}

/** The examples that can be opened in the report itself come before those that cannot. */
function examplesOf(
  found: ReadonlyMap<string, { readonly traceId: string }>,
  sessions: readonly LiveSession[],
): Readonly<Record<string, string>> {
  const all = new Map([...found].map(([cause, { traceId }]) => [cause, traceId]));
  for (const { closure, traceId } of sessions.toReversed()) {
    const cause = closure?.attributes['gemini.live.closure.cause'];
    if (cause !== undefined && cause !== '') all.set(cause, traceId);
  }
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function forgotSentence(most: number, what: string, who: string): string {
  return `The last ${most.toLocaleString('en')} ${what} are remembered: ${who} that comes again after more than that counts again.`;
}
