/** Somebody who runs the report every day: what it would have said at each look. */
import { readFile, writeFile } from 'node:fs/promises';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Named } from './causes/cause.ts';

export interface Looks {
  /** At one look or more an innocent explanation was named. */
  readonly accused: boolean;
  /** The same, and the report said that it holds for those who look again and again. */
  readonly accusedForGood: boolean;
}

const looks = 8;

/** @param file of OTLP lines, in the order they were written; @param scratch is overwritten */
export async function lookOften(file: string, scratch: string, allowed: ReadonlySet<Named>): Promise<Looks> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const wrong: boolean[] = [];
  for (let look = 1; look <= looks; look += 1) {
    const so = lines.slice(0, Math.ceil((lines.length * look) / looks));
    await writeFile(scratch, `${so.join('\n')}\n`);
    const { scorecard } = toReport(await collect([scratch]));
    for (const { verdict, hypothesis, holdsUnderRepeatedLooks } of scorecard.findings) {
      if (verdict === 'supported' && !allowed.has(hypothesis)) wrong.push(holdsUnderRepeatedLooks === true);
    }
  }
  return { accused: wrong.length > 0, accusedForGood: wrong.some((holds) => holds) };
}
