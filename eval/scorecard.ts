/**
 * How often the scorecard is right: `node bench/scorecard.ts [--part tune|kept|all] [--count N] [--only TEXT] [--json] [--write]`.
 * Exits with 1 where a goal is missed. `--write` puts the figures of both parts into docs/report.md.
 */
/**
 * How often the scorecard is right: `node eval/scorecard.ts [--part tune|kept|all] [--count N] [--only TEXT] [--json] [--write]`.
 * Exits with 1 where a goal is missed. `--write` puts the figures of both parts into docs/report.md.
 */
import { parseArgs } from 'node:util';
import { populations } from './scorecard/families.ts';
import { keptFamilies } from './scorecard/kept.ts';
import { markdown, missesText, scoreText } from './scorecard/render.ts';
import { judgePopulation, meetsGoals, type Result, type Score, score } from './scorecard/score.ts';
import { tunedFamilies } from './scorecard/tune.ts';
import { writePage } from './scorecard/write-page.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    /** Populations of each part. */
    count: { type: 'string', default: '300' },
    /** Only those with this in their names. */
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const { part, only, json, write } = values;
const count = Number(values.count);
if (!['tune', 'kept', 'all'].includes(part))
  throw new TypeError(`--part is ${part}: tune, kept or all is allowed.`);
if (!Number.isInteger(count) || count < 1)
  throw new TypeError(`--count is ${values.count}: a whole number from 1 on is allowed.`);

const parts = [
  { name: 'tune', title: 'Tuned on', families: tunedFamilies, seed: 1 },
  { name: 'kept', title: 'Kept apart', families: keptFamilies, seed: 2 },
];
const scores: Score[] = [];
for (const { name, title, families, seed } of parts) {
  if (part !== 'all' && part !== name) continue;
  const results: Result[] = [];
  for (const population of populations(families, count, seed)) {
    if (population.name.includes(only)) results.push(await judgePopulation(population));
  }
  const one = score(results);
  scores.push(one);
  if (!json) console.log(`${missesText(results)}\n\n${scoreText(title, one)}\n`);
}
if (json) console.log(JSON.stringify(scores));
const [tuned, kept] = scores;
if (write && tuned && kept) await writePage(markdown(tuned, kept));
process.exitCode = scores.every(meetsGoals) ? 0 : 1;
