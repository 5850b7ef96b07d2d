/** Rows of spans to risk tables, in bounded memory. */
import type { Confidence, Hypothesis } from '../../conventions/vocabulary.ts';
import { confidences, hypotheses } from '../../conventions/vocabulary.ts';
import { type AgeTable, createAgeTable } from './ages.ts';
import { hourOf } from './bins.ts';
import { type CellBounds, type Cells, type CountedCell, createCells } from './cells.ts';
import {
  callColumns,
  callLadder,
  endingColumns,
  endingLadder,
  responseColumns,
  responseLadder,
} from './ladders.ts';
import { callColumn, closureColumn, column, responseColumn } from './record.ts';
import type { Cell, EndingCell, RiskTables, ToolCallFactors, ToolResponseFactors } from './tables.ts';
import { createTimeTable, type TimeTable } from './time.ts';

/** Combinations told apart in a table, and names of a factor. */
const defaultBounds: CellBounds = { cells: 20_000, names: 300 };

/** A row of numbers, from `at` on, and the texts its indices lead to. */
export interface Row {
  readonly rows: Float64Array;
  readonly at: number;
  readonly texts: readonly string[];
}

export type CellTable = 'toolResponses' | 'toolCalls' | 'endings';

export interface RiskCounter {
  connect(row: Row): void;
  toolResponse(row: Row): void;
  toolCall(row: Row): void;
  /** @param weight negative to take back */
  ending(row: Row, weight: number): void;
  /** Units that are alike and were counted elsewhere, by the columns of the table. */
  counted(table: CellTable, values: readonly (number | string)[], units: number, closures: number): void;
  readonly ages: AgeTable;
  readonly time: TimeTable;
  finish(): RiskTables;
}

export function createRiskCounter(bounds: CellBounds = defaultBounds): RiskCounter {
  const responses = createCells(responseColumns, responseLadder, bounds);
  const calls = createCells(callColumns, callLadder, bounds);
  const endings = createCells(endingColumns, endingLadder, bounds);
  const ages = createAgeTable();
  const time = createTimeTable();
  const key: number[] = [];

  /** Fills the key with factors of every unit; then come those of the table. */
  const begin = (cells: Cells, { rows, at, texts }: Row, when: number): ((from: number) => void) => {
    const put = (from: number): void => {
      const value = rows[at + from] as number;
      const names = cells.names[key.length];
      key.push(names ? names.index(texts[value] as string) : value);
    };
    key.length = 0;
    put(column.model);
    put(column.service);
    put(column.sdk);
    key.push(hourOf(when));
    return put;
  };

  return {
    connect({ rows, at }) {
      time.add(rows[at + column.startedAt] as number, 'connects', rows[at + column.weight] as number);
    },
    toolResponse(row) {
      const { rows, at } = row;
      const when = rows[at + column.startedAt] as number;
      const weight = rows[at + column.weight] as number;
      const put = begin(responses, row, when);
      for (let from = responseColumn.tool; from <= responseColumn.input; from += 1) put(from);
      responses.add(key, weight, rows[at + responseColumn.closed] === 1 ? weight : 0);
      time.add(when, 'toolResponses', weight);
    },
    toolCall(row) {
      const { rows, at } = row;
      const weight = rows[at + column.weight] as number;
      const put = begin(calls, row, rows[at + column.startedAt] as number);
      for (let from = callColumn.tool; from <= callColumn.nonBlocking; from += 1) put(from);
      calls.add(key, weight, rows[at + callColumn.closed] === 1 ? weight : 0);
    },
    ending(row, weight) {
      const { rows, at, texts } = row;
      const when = rows[at + column.endedAt] as number;
      const put = begin(endings, row, when);
      for (let from = closureColumn.provider; from <= closureColumn.preceding; from += 1) put(from);
      endings.add(key, weight, 0);
      const expected = rows[at + closureColumn.expected] === 1;
      const ending = expected
        ? 'expected'
        : hypothesisOf(texts[rows[at + closureColumn.hypothesis] as number]);
      const age = rows[at + closureColumn.age] as number;
      if (age >= 0) ages.add(age, ending, weight);
      time.add(when, ending, weight);
    },
    counted(table, values, units, closures) {
      const cells = { toolResponses: responses, toolCalls: calls, endings }[table];
      const coded = values.map((value, index) =>
        typeof value === 'number' ? value : (cells.names[index]?.index(value) ?? 0),
      );
      cells.add(coded, units, closures);
    },
    ages,
    time,
    finish() {
      const [ofResponses, ofCalls, ofEndings] = [responses.finish(), calls.finish(), endings.finish()];
      return {
        toolResponses: ofResponses.cells.map(toResponseCell),
        toolCalls: ofCalls.cells.map(toCallCell),
        endings: ofEndings.cells.map(toEndingCell),
        ages: ages.finish(),
        ...time.finish(),
        coarsened: [...ofResponses.coarsened, ...ofCalls.coarsened, ...ofEndings.coarsened],
      };
    },
  };
}

export function hypothesisOf(text: string | undefined): Hypothesis {
  return hypotheses.find((hypothesis) => hypothesis === text) ?? 'not_established';
}

function confidenceOf(text: string): Confidence {
  return confidences.find((confidence) => confidence === text) ?? 'none';
}

function common([model, service, sdk, hour]: CountedCell['values']) {
  return { model: String(model), service: String(service), sdk: String(sdk), hour: Number(hour) };
}

function toResponseCell({ values, units, closures }: CountedCell): Cell<ToolResponseFactors> {
  const [tool, size, latency, encoding, shape, controlCharacters, idMatch, nameMatch, pending, input] =
    values.slice(4);
  const factors: ToolResponseFactors = {
    ...common(values),
    tool: String(tool),
    size: Number(size),
    latency: Number(latency),
    encoding: String(encoding),
    shape: String(shape),
    controlCharacters: controlCharacters === 1,
    idMatch: String(idMatch),
    nameMatch: String(nameMatch),
    pending: Number(pending),
    input: Number(input),
  };
  return { factors, units, closures };
}

function toCallCell({ values, units, closures }: CountedCell): Cell<ToolCallFactors> {
  const [tool, duration, pending, input, nonBlocking] = values.slice(4);
  const factors: ToolCallFactors = {
    ...common(values),
    tool: String(tool),
    duration: Number(duration),
    pending: Number(pending),
    input: Number(input),
    nonBlocking: nonBlocking === 1,
  };
  return { factors, units, closures };
}

function toEndingCell({ values, units }: CountedCell): EndingCell {
  const [provider, resumed, hasTools, openSessions, connects, ...ending] = values.slice(4);
  const [expected, code, initiator, phase, cause, hypothesis, confidence, preceding] = ending;
  return {
    factors: {
      ...common(values),
      provider: String(provider),
      resumed: resumed === 1,
      hasTools: hasTools === 1,
      openSessions: Number(openSessions),
      connects: Number(connects),
    },
    ending: {
      expected: expected === 1,
      code: Number(code),
      initiator: String(initiator),
      phase: String(phase),
      cause: String(cause),
      hypothesis: hypothesisOf(String(hypothesis)),
      confidence: confidenceOf(String(confidence)),
      preceding: String(preceding),
    },
    sessions: units,
  };
}
