/**
 * Every number of the report that its JSON holds enough for, recomputed by Python's statsmodels: `node eval/recompute.ts`.
 * Plays a few populations, and hands the JSON of their reports and of one comparison to `eval/recompute/recompute.py`.
 * Needs Python 3 with statsmodels. Exits with 1 where a number differs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toReport } from '../src/report/assemble.ts';
import { compare } from '../src/report/compare.ts';
import { collect } from '../src/report/read/collect.ts';
import type { Report } from '../src/report/report.ts';
import { populationOf } from './scorecard/families/family.ts';
import { tunedFamilies } from './scorecard/families/tuned.ts';
import { play } from './scorecard/world/play.ts';

const families = ['nothing, parallel calls', 'the larger the likelier', 'many sessions of a process'];
const script = fileURLToPath(new URL('recompute/recompute.py', import.meta.url));

// The client library warns of what the simulated application does.
console.warn = () => {};

const directory = await mkdtemp(join(tmpdir(), 'live-otel-recompute-'));
try {
  const reports: Report[] = [];
  let differ = false;
  const recompute = (...files: readonly string[]): void => {
    const { status, error } = spawnSync('python3', [script, ...files], { stdio: 'inherit' });
    if (error) throw error;
    differ ||= status !== 0;
  };
  for (const family of tunedFamilies.filter(({ name }) => families.includes(name))) {
    const spans = join(directory, 'sessions.jsonl');
    await play({ ...populationOf(family, 1), visits: 200 }, spans);
    const report = toReport(await collect([spans]));
    reports.push(report);
    console.log(`${family.name}: ${report.totals.sessions} sessions`);
    const file = join(directory, 'report.json');
    await writeFile(file, JSON.stringify(report));
    const [before] = reports;
    const comparison = join(directory, 'comparison.json');
    if (before) await writeFile(comparison, JSON.stringify(compare(before, report)));
    recompute(file, comparison);
  }
  process.exitCode = differ ? 1 : 0;
} finally {
  await rm(directory, { recursive: true });
}
