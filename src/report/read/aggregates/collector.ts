/** Rows of aggregates to what the report is made from, in any order and in bounded memory. */

import type { CellColumn } from '../../../analysis/risk/cells.ts';
import { type CellTable, createRiskCounter, hypothesisOf } from '../../../analysis/risk/count.ts';
import { createFirstAudio } from '../../../analysis/risk/first-audio.ts';
import { callColumns, endingColumns, responseColumns } from '../../../analysis/risk/ladders.ts';
import { distributionBins } from '../../../analysis/risk/quantiles.ts';
import type { CountedEvent } from '../../../analysis/risk/time.ts';
import type { Collected } from '../collected.ts';
import type { LiveSpan } from '../otlp.ts';
import type { SessionRef } from '../sessions/closure-groups.ts';
import { createClosureGroups } from '../sessions/closure-groups.ts';
import { buildSessions, type LiveSession } from '../sessions/model.ts';
import { byTelling } from '../sessions/telling.ts';
import { InputError } from '../sources.ts';
import { createTroubles } from '../trouble.ts';
import { closureOf } from './closures.ts';
import { type AggregateRow, type AggregateTable, asNumber, asText } from './rows.ts';
import { compareSums, createTotals } from './totals.ts';

export interface AggregateCollector {
  /** Throws {@link InputError} for a row with other fields than its table has. */
  add(row: AggregateRow): void;
  /** Throws {@link InputError} where tables are missing or do not fit together. */
  finish(): Omit<Collected, 'input'> & { readonly input: Pick<Collected['input'], 'spans' | 'from' | 'to'> };
}

const mostSessions = 200;

const notes = [
  'Made from aggregates: of sessions only closures are shown. Stalls that ended, turns that came to nothing, and closures that are known from log records alone are not counted.',
  'What happened within sessions is not compared: aggregates hold no session as a whole. Read the spans themselves for that.',
];

export function createAggregateCollector(): AggregateCollector {
  const totals = createTotals();
  const risk = createRiskCounter();
  const firstAudio = createFirstAudio();
  const groups = createClosureGroups();
  const closures: LiveSpan[] = [];
  const sums = new Map<AggregateTable, number>();

  /** Says how many units the row stands for. */
  const cell = (row: AggregateRow, table: CellTable, columns: readonly CellColumn[]): number => {
    const values = columns.map(({ name, type }) => (type === 'name' ? row.text(name) : row.number(name)));
    const units = row.number('units');
    risk.counted(table, values, units, table === 'endings' ? 0 : row.number('closures'));
    return units;
  };

  const group = (row: AggregateRow): number => {
    const units = row.number('units');
    const facts = {
      code: row.number('code'),
      reason: row.text('reason'),
      initiator: row.text('initiator'),
      expected: row.flag('expected'),
      preceding: row.text('preceding'),
    };
    const examples = row.list('examples').map(exampleOf);
    if (examples.length === 0) throw new InputError('A row of closure_groups has no examples.');
    for (const [index, { draw, reference }] of examples.entries()) {
      groups.add(facts, index === 0 ? units : 0, draw, () => reference);
    }
    return units;
  };

  const count: Readonly<Record<AggregateTable, (row: AggregateRow) => number>> = {
    totals(row) {
      totals.add(row);
      return 1;
    },
    tool_responses: (row) => cell(row, 'toolResponses', responseColumns),
    tool_calls: (row) => cell(row, 'toolCalls', callColumns),
    endings: (row) => cell(row, 'endings', endingColumns),
    ages(row) {
      const units = row.number('units');
      const ending = row.text('ending');
      risk.ages.add(row.number('age'), ending === 'expected' ? ending : hypothesisOf(ending), units);
      return units;
    },
    time(row) {
      const units = row.number('units');
      risk.time.add(row.number('at'), eventOf(row.text('event')), units);
      return units;
    },
    first_audio(row) {
      const units = row.number('units');
      const bin = Math.min(Math.max(Math.floor(row.number('bin')), 0), distributionBins.count - 1);
      firstAudio.of(row.text('trigger'))?.addToBin(bin, units);
      return units;
    },
    closure_groups: group,
    sessions(row) {
      closures.push(closureOf(row));
      return 1;
    },
  };

  return {
    add(row) {
      sums.set(row.table, (sums.get(row.table) ?? 0) + count[row.table](row));
    },
    finish() {
      const { counts, sampled, time } = totals.finish();
      const differences = compareSums(sums, counts);
      if (closures.length === 0 && counts.ended > 0) {
        throw new InputError(
          'There are no rows of sessions: run sessions.sql over the same period as totals.sql.',
        );
      }
      const sessions = byTelling(buildSessions(closures));
      const grouped = groups.finish();
      return {
        input: { spans: counts.spans, ...time },
        counts: {
          sessions: Math.round(counts.open + counts.ended),
          withClosure: Math.round(counts.ended),
          turns: Math.round(counts.turns),
          toolCalls: Math.round(counts.tool_calls),
          toolResponses: Math.round(counts.tool_responses),
        },
        tables: risk.finish(),
        frame: { sessions: [], outside: [], missingResponses: 0, thinned: false },
        closureGroups: grouped.rows,
        firstAudio: firstAudio.finish(),
        ...troublesOf(sessions),
        examples: examplesOf(sessions),
        sampled,
        sessions: sessions.slice(0, mostSessions),
        notes: [...notes, ...differences, ...grouped.notes],
      };
    },
  };
}

/** As far as closures tell them. */
function troublesOf(sessions: readonly LiveSession[]): Pick<Collected, 'stalls' | 'turnTroubles'> {
  const troubles = createTroubles();
  for (const session of sessions) troubles.stalled(session, 1);
  return troubles.finish();
}

function eventOf(text: string): CountedEvent {
  return text === 'connects' || text === 'toolResponses' || text === 'expected' ? text : hypothesisOf(text);
}

/** `[draw, trace, the session's span, the session's id]`, as the query lists them. */
function exampleOf(value: unknown): { readonly draw: number; readonly reference: SessionRef } {
  const [draw, traceId, spanId, sessionId] = Array.isArray(value) ? value : [];
  const number = asNumber(draw);
  const [trace, span, session] = [asText(traceId), asText(spanId), asText(sessionId)];
  if (number === undefined || trace === undefined || span === undefined || session === undefined) {
    throw new InputError(
      `An example of closure_groups is ${JSON.stringify(value)}, not [draw, trace id, span id, session id].`,
    );
  }
  return {
    draw: number,
    reference: { traceId: trace, spanId: span, ...(session !== '' && { sessionId: session }) },
  };
}

/** Of each cause the one that tells most. */
function examplesOf(sessions: readonly LiveSession[]): Readonly<Record<string, string>> {
  const found = new Map(
    sessions
      .toReversed()
      .map(({ closure, traceId }) => [
        closure?.attributes['gemini.live.closure.cause'] || 'unknown',
        traceId,
      ]),
  );
  return Object.fromEntries([...found].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
