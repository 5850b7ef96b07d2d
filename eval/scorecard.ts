/**
 * How often the report is right about many sessions:
 * `node eval/scorecard.ts [--part tuned|kept|changes|all] [--seeds N] [--visits N] [--only TEXT]… [--store DIR] [--results FILE] [--every N] [--json] [--sample] [--truth] [--write]`.
 * Exits with 1 where a goal is missed. `--sample` plays one small population of each family that is tuned on, and fails
 * only where it is clearly below the goals. `--truth` only plays, and says what is true of each population: nothing is
 * judged. `--store` keeps the telemetry, so that after a change of the report only
 * the report is run again. `--results` keeps what came out, a line each: a run that was broken off goes on from there,
 * several add up, and it has to be a new file after a change. `--write` puts the figures of both parts into docs/report.md.
 */
import { parseArgs } from 'node:util';
import { type ChangeResult, changeFamilies, judgeChange } from './scorecard/changes.ts';
import { populationOf } from './scorecard/families/family.ts';
import { keptFamilies } from './scorecard/families/kept.ts';
import { tunedFamilies } from './scorecard/families/tuned.ts';
import { judgePopulation, type Result } from './scorecard/judge.ts';
import { changesText, markdown, missesText, scoreText } from './scorecard/render.ts';
import { openResults } from './scorecard/results.ts';
import { misses } from './scorecard/score.ts';
import { truthText } from './scorecard/truth-text.ts';
import { writePage } from './scorecard/write-page.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    /** Populations of each family. */
    seeds: { type: 'string', default: '20' },
    /** Of a population, at most. */
    visits: { type: 'string', default: '1500' },
    /** Only families with one of these in their names. */
    only: { type: 'string', multiple: true, default: [''] },
    /** Keeps the telemetry there, and reads what an earlier run left: only the report is run again. */
    store: { type: 'string' },
    results: { type: 'string' },
    /** Each so many-th population is looked at again and again, and waited for: that takes long. */
    every: { type: 'string', default: '5' },
    sample: { type: 'boolean', default: false },
    truth: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const { part, only, json, sample, truth, write, store } = values;
const seeds = Number(values.seeds);
const every = Number(values.every);
if (!['tuned', 'kept', 'changes', 'all'].includes(part))
  throw new TypeError(`--part is ${part}: tuned, kept, changes or all is allowed.`);
const mostVisits = Number(values.visits);
for (const [option, value] of [
  ['seeds', seeds],
  ['visits', mostVisits],
  ['every', every],
] as const) {
  if (!Number.isInteger(value) || value < 1)
    throw new TypeError(`--${option} is ${values[option]}: a whole number from 1 on is allowed.`);
}

// The client library warns of what the simulated application does.
console.warn = () => {};

const parts = [
  { name: 'tuned', title: 'Tuned on', families: tunedFamilies, first: 1 },
  { name: 'kept', title: 'Kept apart', families: keptFamilies, first: 1_001 },
];
/** Of a goal, that a small sample may miss by chance. */
const slack = 0.1;
/** Visits of a population of it. */
const mostOfSample = 140;
const known = await openResults(values.results);
const results = new Map<string, readonly Result[]>();
for (const { name, title, families, first } of parts) {
  if (sample ? name !== 'tuned' : part !== 'all' && part !== name) continue;
  const own: Result[] = [];
  for (const family of families) {
    if (!only.some((text) => family.name.includes(text))) continue;
    console.error(`${new Date().toISOString().slice(11, 19)} ${title}: ${family.name}`);
    for (let seed = first; seed < first + (sample ? 1 : seeds); seed += 1) {
      const population = populationOf(family, seed, sample ? mostOfSample : mostVisits);
      if (truth) {
        console.log(await truthText(population, store));
        continue;
      }
      const thorough = !sample && (seed - first) % every === every - 1;
      const key = `${name} ${family.name} ${seed} ${population.visits}`;
      own.push(await known.of(key, () => judgePopulation(population, { thorough, store })));
    }
  }
  if (truth) continue;
  results.set(name, own);
  // What went wrong in the part that is kept apart is nobody's to look at.
  if (!json)
    console.log([...(name === 'tuned' ? [missesText(own), ''] : []), scoreText(title, own), ''].join('\n'));
}
const changes: ChangeResult[] = [];
if (!sample && !truth && (part === 'all' || part === 'changes')) {
  for (const family of changeFamilies) {
    if (!only.some((text) => family.name.includes(text))) continue;
    for (let seed = 1; seed <= Math.ceil(seeds / 3); seed += 1)
      changes.push(await judgeChange(family, seed, store));
  }
  if (!json) console.log(`Two periods compared\n${changesText(changes)}\n`);
}
if (json && !truth) console.log(JSON.stringify({ ...Object.fromEntries(results), changes }));
const missed = [...results.values()].flatMap((own) => misses(own, sample ? slack : 0));
for (const sentence of missed) console.error(sentence);
if (write && !truth)
  await writePage(markdown(results.get('tuned') ?? [], results.get('kept') ?? [], changes));
process.exitCode = missed.length === 0 ? 0 : 1;
