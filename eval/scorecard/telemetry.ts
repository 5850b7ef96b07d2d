/** Synthetic spans into the counter that the report itself uses. */

import { halfOctave, inputStep, octave } from '../../src/analysis/risk/bins.ts';
import { createRiskCounter } from '../../src/analysis/risk/count.ts';
import {
  callColumn,
  closureColumn,
  column,
  responseColumn,
  rowLength,
} from '../../src/analysis/risk/record.ts';
import type { RiskTables } from '../../src/analysis/risk/tables.ts';
import type { Hypothesis } from '../../src/conventions/vocabulary.ts';

export interface Who {
  readonly model: string;
  readonly service: string;
  readonly sdk: string;
}

export interface CallSpan extends Who {
  readonly tool: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly pendingMs: number;
  readonly frames: number;
  readonly closed: boolean;
}

export interface ResponseSpan extends Who {
  readonly tool: string;
  readonly at: number;
  readonly bytes: number;
  readonly latencyMs: number;
  readonly encoding: string;
  readonly shape: string;
  readonly controlCharacters: boolean;
  readonly idMatch: string;
  readonly nameMatch: string;
  readonly frames: number;
  readonly closed: boolean;
}

export interface ClosureSpan extends Who {
  readonly startedAt: number;
  readonly at: number;
  readonly open: number;
  readonly connects: number;
  readonly expected: boolean;
  readonly code: number;
  readonly initiator: string;
  readonly cause: string;
  readonly hypothesis: Hypothesis;
  readonly confidence: string;
  readonly preceding: string;
}

export interface Recorder {
  call(span: CallSpan): void;
  response(span: ResponseSpan): void;
  /** The last of a session. */
  closure(span: ClosureSpan): void;
}

export interface CountingRecorder extends Recorder {
  tables(): RiskTables;
}

export function createRecorder(): CountingRecorder {
  const counter = createRiskCounter();
  const texts: string[] = [];
  const indices = new Map<string, number>();
  const text = (value: string): number => {
    const known = indices.get(value);
    if (known !== undefined) return known;
    texts.push(value);
    indices.set(value, texts.length - 1);
    return texts.length - 1;
  };
  // Read at once: one row does for all.
  const rows = new Float64Array(rowLength);
  const row = (
    who: Who,
    startedAt: number,
    endedAt: number,
    values: readonly (readonly [number, number])[],
  ) => {
    rows.fill(0);
    rows[column.startedAt] = startedAt;
    rows[column.endedAt] = endedAt;
    rows[column.weight] = 1;
    rows[column.model] = text(who.model);
    rows[column.service] = text(who.service);
    rows[column.sdk] = text(who.sdk);
    for (const [at, value] of values) rows[at] = value;
    return { rows, at: 0, texts };
  };
  return {
    call(span) {
      const at = callColumn;
      counter.toolCall(
        row(span, span.at, span.at + span.pendingMs, [
          [at.tool, text(span.tool)],
          [at.duration, octave(span.pendingMs)],
          [at.input, inputStep(span.frames)],
          [at.closed, Number(span.closed)],
        ]),
      );
    },
    response(span) {
      const at = responseColumn;
      counter.toolResponse(
        row(span, span.at, span.at, [
          [at.tool, text(span.tool)],
          [at.size, halfOctave(span.bytes)],
          [at.latency, octave(span.latencyMs)],
          [at.encoding, text(span.encoding)],
          [at.shape, text(span.shape)],
          [at.controlCharacters, Number(span.controlCharacters)],
          [at.idMatch, text(span.idMatch)],
          [at.nameMatch, text(span.nameMatch)],
          [at.pending, 1],
          [at.input, inputStep(span.frames)],
          [at.closed, Number(span.closed)],
        ]),
      );
    },
    closure(span) {
      const at = closureColumn;
      counter.connect(row(span, span.startedAt, span.startedAt, []));
      counter.ending(
        row(span, span.startedAt, span.at, [
          [at.provider, text('gcp.gemini')],
          [at.hasTools, 1],
          [at.openSessions, octave(span.open)],
          [at.connects, octave(span.connects)],
          [at.expected, Number(span.expected)],
          [at.code, span.code],
          [at.initiator, text(span.initiator)],
          [at.phase, text('active')],
          [at.cause, text(span.cause)],
          [at.hypothesis, text(span.hypothesis)],
          [at.confidence, text(span.confidence)],
          [at.preceding, text(span.preceding)],
          [at.age, (span.at - span.startedAt) / 1_000],
        ]),
        1,
      );
    },
    tables: () => counter.finish(),
  };
}
