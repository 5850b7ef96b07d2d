/** The files in aggregates/: a query each, to be read and run by hand or all at once. */
import { queries } from './queries.ts';

export interface AggregateFile {
  readonly name: string;
  readonly text: string;
}

/** Attributes are texts: their numbers are read to the last bit. Counts are numbers in JSON, not texts. */
const settings = 'precise_float_parsing = 1, output_format_json_quote_64bit_integers = 0';

export function aggregateFiles(): readonly AggregateFile[] {
  return Object.entries(queries).map(([table, { says, sql }]) => ({
    name: `${table}.sql`,
    text: `-- ${says}\n-- Made by tools/generate-aggregates.ts; docs/aggregates.md says how to run it.\n${sql}\nSETTINGS ${settings}\nFORMAT JSONEachRow;\n`,
  }));
}
