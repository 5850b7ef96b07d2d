/**
 * How often the intervals of "accounts for" hold the truth, by the statistics alone: no client, service or telemetry.
 * `node eval/intervals.ts [--draws N] [--only TEXT]`. Exits with 1 where those of all rows together hold it in less than
 * 93 % or more than 97 %, or those of the sessions in less than 93 %: whole ends that are known for certain are held
 * always.
 */
import { parseArgs } from 'node:util';
import { countCases, drawCounts } from './intervals/counts.ts';
import { drawSessions, sessionCases } from './intervals/sessions.ts';
import { type Held, held, tally } from './intervals/tally.ts';
import { createDraws } from './scorecard/world/draws.ts';

const { values } = parseArgs({
  options: { draws: { type: 'string', default: '200' }, only: { type: 'string', default: '' } },
});
const count = Number(values.draws);
if (!Number.isInteger(count) || count < 1)
  throw new TypeError(`--draws is ${values.draws}: a whole number from 1 on is allowed.`);

const line = (name: string, one: Held): string =>
  `${name.padEnd(48)} named ${String(one.named).padStart(4)} of ${one.drawn}, held ${percent(one)}, said too much ${one.above}, too little ${one.below}, width ${((100 * one.width) / Math.max(1, one.named)).toFixed(1)} %`;
const percent = (one: Held): string => `${((100 * held(one)) / Math.max(1, one.named)).toFixed(1)} %`;

const rows = (
  title: string,
  cases: readonly { readonly name: string; draw(seed: number): ReturnType<typeof drawCounts> }[],
): Held => {
  let all = tally([]);
  for (const [index, one] of cases.entries()) {
    if (!one.name.includes(values.only)) continue;
    const found = tally(Array.from({ length: count }, (_, draw) => one.draw(10_000 * (index + 1) + draw)));
    console.log(line(one.name, found));
    all = tally([], all, found);
  }
  console.log(`${line(title, all)}\n`);
  return all;
};

const counts = rows(
  'Units at risk, all',
  countCases.map(({ name, rates }) => ({ name, draw: (seed) => drawCounts(rates, createDraws(seed)) })),
);
const sessions = rows(
  'Sessions, all',
  sessionCases.map((kind) => ({ name: kind.name, draw: (seed) => drawSessions(kind, seed).outcome() })),
);
const share = (one: Held): number => (one.named === 0 ? 0.95 : held(one) / one.named);
process.exitCode = share(counts) < 0.93 || share(counts) > 0.97 || share(sessions) < 0.93 ? 1 : 0;
