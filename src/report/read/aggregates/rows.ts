/** Rows of aggregates, a JSON object a line: which table it is of, and its fields. */
import { InputError } from '../sources.ts';

/** Raised by a change after which older rows cannot be read. */
export const aggregatesVersion = 1;

export const aggregateTables = [
  'totals',
  'tool_responses',
  'tool_calls',
  'endings',
  'ages',
  'time',
  'first_audio',
  'closure_groups',
  'sessions',
] as const;
export type AggregateTable = (typeof aggregateTables)[number];

export interface AggregateRow {
  readonly table: AggregateTable;
  /** The readers throw {@link InputError} where the field is not there or of another type. */
  text(field: string): string;
  /** Also of digits in a text, as some servers write long numbers. */
  number(field: string): number;
  flag(field: string): boolean;
  list(field: string): readonly unknown[];
  texts(field: string): Readonly<Record<string, string>>;
}

const run = 'Give --from-aggregates what the queries of docs/aggregates.md print.';

/**
 * @param where the file and the line, for the sentence
 *
 * Throws {@link InputError} for anything but a row of a table.
 */
export function parseRow(line: string, where: string): AggregateRow {
  const row = objectIn(line);
  if (!row) throw new InputError(`${where}: no JSON object. ${run}`);
  if ('resourceSpans' in row) {
    throw new InputError(`${where}: spans, which are read without --from-aggregates.`);
  }
  const table = aggregateTables.find((known) => known === row.table);
  if (!table) {
    throw new InputError(
      `${where}: no row of a known table, "table" is one of ${aggregateTables.join(', ')}. ${run}`,
    );
  }
  const read = <Type>(field: string, what: string, as: (value: unknown) => Type | undefined): Type => {
    const value = as(row[field]);
    if (value === undefined) {
      throw new InputError(`${where}: ${field} of ${table} is ${shown(row[field])}, not ${what}.`);
    }
    return value;
  };
  return {
    table,
    text: (field) => read(field, 'a text', asText),
    number: (field) => read(field, 'a number', asNumber),
    flag: (field) => read(field, 'true or false', asFlag),
    list: (field) => read(field, 'a list', (value) => (Array.isArray(value) ? value : undefined)),
    texts: (field) => read(field, 'an object of texts', asTexts),
  };
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function asFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 0 || value === 1 ? value === 1 : undefined;
}

function asTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  return isObject(value) && Object.values(value).every((item) => typeof item === 'string')
    ? (value as Readonly<Record<string, string>>)
    : undefined;
}

function shown(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value).slice(0, 60);
}
