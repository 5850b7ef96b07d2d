/** The report of the first part of a population, as it was when no more had been written. */
import { readFile, writeFile } from 'node:fs/promises';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Report } from '../../src/report/report.ts';

/** Of a share of the telemetry, 0 to 1. */
export type ReportOfPart = (share: number) => Promise<Report>;

/** @param file of OTLP lines, in the order they were written; @param scratch is overwritten */
export async function partsOf(file: string, scratch: string): Promise<ReportOfPart> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return async (share) => {
    await writeFile(scratch, `${lines.slice(0, Math.ceil(lines.length * share)).join('\n')}\n`);
    return toReport(await collect([scratch]));
  };
}
