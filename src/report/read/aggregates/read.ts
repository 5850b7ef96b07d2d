/** Files of aggregates, as a database made them, to what the report is made from. */
import type { Readable } from 'node:stream';
import { lineChunks } from '../chunks.ts';
import type { Collected } from '../collected.ts';
import { findSources, InputError, openSource } from '../sources.ts';
import { createAggregateCollector } from './collector.ts';
import { parseRow } from './rows.ts';

export interface AggregateOptions {
  readonly stdin?: Readable | undefined;
}

/**
 * Reads what the queries in aggregates/ print, a JSON object a line: paths of files and directories, `-` for standard
 * input; plain, gzip or zstd. All of a period may be in one file or in one a table; periods that do not overlap add up.
 *
 * Throws `InputError` for what cannot be read or is no row of a table, and where tables are missing or do not fit
 * together: part of the aggregates would make another report, not a smaller one.
 */
export async function readAggregates(
  inputs: readonly string[],
  { stdin = process.stdin }: AggregateOptions = {},
): Promise<Collected> {
  const { sources, notes: leftOut } = await findSources(inputs);
  if (sources.length === 0) {
    throw new InputError(`No .jsonl or .json file, or one of them compressed, in ${inputs.join(', ')}.`);
  }
  const collector = createAggregateCollector();
  let lines = 0;
  for (const source of sources) {
    await using file = await openSource(source, stdin, () => undefined);
    let line = 0;
    for await (const { bytes } of lineChunks(file.reader, chunks)) {
      // A line that is not all there says nothing.
      if (file.cutOff) throw new InputError(`${source.name} breaks off: it is not all there.`);
      for (const text of linesIn(bytes)) {
        line += 1;
        if (text.trim() === '') continue;
        lines += 1;
        collector.add(parseRow(text, `${source.name}, line ${line}`));
      }
    }
  }
  const { input, ...collected } = collector.finish();
  return {
    input: { sources: sources.map(({ name }) => name), lines, broken: 0, brokenLines: [], ...input },
    ...collected,
    notes: [...leftOut, ...collected.notes],
  };
}

const chunks = { size: 2 ** 20, longest: 2 ** 26, free: [] };

function linesIn(bytes: Uint8Array): readonly string[] {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString().split('\n');
  // What follows the last line feed is no line.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
