/** Spans through a database's aggregates to what the report is made from. */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { readAggregates } from '../../../src/report/read/aggregates/read.ts';
import type { Collected } from '../../../src/report/read/collected.ts';
import { aggregateFiles } from '../../../tools/aggregates/files.ts';
import type { Engine } from './engine.ts';
import { rowsOf } from './exporter.ts';

const table = await readFile(new URL('otel-traces.sql', import.meta.url), 'utf8');

export interface Period {
  /** As ClickHouse reads it, UTC. */
  readonly from: string;
  readonly to: string;
}

const always: Period = { from: '2000-01-01 00:00:00', to: '2100-01-01 00:00:00' };

/** The table again, with the spans of these lines. */
export async function load(engine: Engine, lines: readonly string[]): Promise<void> {
  await engine.run('DROP TABLE IF EXISTS otel_traces');
  await engine.run(table);
  const rows = lines.flatMap(rowsOf);
  if (rows.length > 0) await engine.run(`INSERT INTO otel_traces FORMAT JSONEachRow\n${rows.join('\n')}`);
}

/** What the queries of aggregates/ print, in the order of the files. */
export async function printed(engine: Engine, { from, to } = always): Promise<string> {
  await engine.run(`SET param_from = '${from}'`);
  await engine.run(`SET param_to = '${to}'`);
  const outputs: string[] = [];
  for (const { text } of aggregateFiles()) outputs.push(await engine.run(text));
  return outputs.join('\n');
}

export function readPrinted(text: string): Promise<Collected> {
  return readAggregates(['-'], { stdin: Readable.from([Buffer.from(text)]) });
}
