/**
 * How far "accounts for" is off beyond chance: `node eval/model-error.ts --results FILE… [--family TEXT]… [--raw]`.
 * Reads what `eval/scorecard.ts --results` kept. Prints, with the allowance of the report taken out again, the standard
 * deviation of the model's error that lets 95 % of the intervals hold the truth, and how many hold it in each family
 * with what the other families ask for.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { limits } from '../src/analysis/scorecard/limits.ts';
import { calibrated, heldElsewhere, missOf, type Said } from './model-error/calibrate.ts';
import type { Result } from './scorecard/judge.ts';

const { values } = parseArgs({
  options: {
    results: { type: 'string', multiple: true, default: [] },
    /** Only families with one of these in their names. */
    family: { type: 'string', multiple: true, default: [''] },
    /** What was kept is of a report without an allowance. */
    raw: { type: 'boolean', default: false },
  },
});

const said: Said[] = [];
for (const file of values.results) {
  for (const line of (await readFile(file, 'utf8')).trimEnd().split('\n')) {
    const { family, deaths: ends, truths } = (JSON.parse(line) as { readonly result: Result }).result;
    if (!values.family.some((text) => family.includes(text))) continue;
    for (const { hypothesis, deaths, verdict, statement, said: share } of truths) {
      // What is counted by diagnosis is compared with nothing.
      if (verdict !== 'supported' || share === undefined || !statement.endsWith('This is a correlation.'))
        continue;
      const { value, low, high } = share;
      said.push({
        family,
        hypothesis,
        ends,
        truth: deaths,
        value: value * ends,
        low: low * ends,
        high: high * ends,
      });
    }
  }
}
const misses = said.map((one) => missOf(one, values.raw ? 0 : limits.modelError));
const held = misses.filter(({ needed }) => needed === 0).length;
const elsewhere = heldElsewhere(misses);
const widths = said.map(({ low, high, ends }) => (100 * (high - low)) / ends).sort((a, b) => a - b);
console.log(`${said.length} intervals of ${new Set(said.map(({ family }) => family)).size} families`);
console.log(`  held as they are: ${held}, median width ${widths[widths.length >> 1]?.toFixed(1)} %`);
console.log(`  deviation that lets 95 % hold: ${calibrated(misses).toFixed(3)} (log odds)`);
console.log(`  held by what the other families ask for: ${elsewhere.held} of ${elsewhere.of}`);
for (const [index, { needed, error }] of misses.entries()) {
  if (needed === 0) continue;
  const { family, hypothesis, truth, value, low, high, ends } = said[index] as Said;
  console.log(
    `  ${needed.toFixed(2)} ${error > 0 ? 'said too little' : 'said too much'}  ${hypothesis}: true ${truth}, said ${value.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)}) of ${ends}; ${family}`,
  );
}
