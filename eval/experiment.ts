/**
 * How often an experiment is right: `node eval/experiment.ts [--runs N] [--sample] [--json]`. The real `@google/genai` and
 * the runner of the command against a scripted service in virtual time. Exits with 1 where a goal is missed.
 */
import { parseArgs } from 'node:util';
import { type MainHypothesis, mainHypotheses } from '../src/conventions/vocabulary.ts';
import { createRandom } from '../src/testing/random.ts';
import { playAll, playExperiment } from './experiment/play.ts';
import type { World } from './experiment/service.ts';

const { values } = parseArgs({
  options: {
    /** Of each row. */
    runs: { type: 'string', default: '200' },
    sample: { type: 'boolean', default: false },
    /** Without them, those of one factor; with them, those of --all alone. */
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const runs = values.sample ? 6 : Number(values.runs);
const goal = values.sample ? 0.6 : 0.98;
console.warn = () => {};

interface Row {
  readonly world: string;
  readonly asked: string;
  /** What would be right. */
  readonly right: 'named' | 'not accused';
  readonly share: number;
  readonly medianSessions: number;
  readonly verdicts: Readonly<Record<string, number>>;
}

type Background = World['background'];
const steady =
  (chance: number): Background =>
  () =>
    chance;
/** Good, then bad, then good again: an hour round. */
const drifting =
  (chance: number): Background =>
  (seconds) =>
    chance * (1 + Math.sin((2 * Math.PI * seconds) / 3_600));

async function row(
  world: string,
  asked: string,
  right: Row['right'],
  cast: (seed: number) => { readonly factor: MainHypothesis; readonly world: World },
  maxSessions?: number,
): Promise<Row> {
  const sessions: number[] = [];
  const verdicts: Record<string, number> = {};
  for (let run = 1; run <= runs; run += 1) {
    const seed = run + 1_000 * rows.length;
    const { factor, world: played } = cast(seed);
    const { verdict, sessions: taken } = await playExperiment(factor, played, seed, maxSessions);
    sessions.push(taken);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  const worse = verdicts.worse ?? 0;
  return {
    world,
    asked,
    right,
    share: (right === 'named' ? worse : runs - worse) / runs,
    medianSessions: sessions.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0,
    verdicts,
  };
}

/** As strong as it is worth asking: half of the sessions and more. */
const strength = (seed: number): number => 0.5 + 0.45 * createRandom(seed).next();
const quiet = (seed: number): number => 0.06 * createRandom(seed + 77).next();
/** Of sessions that end for no reason, whatever the arm. */
const often = (seed: number): number => 0.3 + 0.3 * createRandom(seed + 78).next();
const other = (seed: number, not: readonly MainHypothesis[]): MainHypothesis => {
  const left = mainHypotheses.filter((factor) => !not.includes(factor));
  return left[createRandom(seed + 5).integer(0, left.length - 1)] as MainHypothesis;
};

const two = (seed: number): readonly [MainHypothesis, MainHypothesis] => {
  const first = other(seed, []);
  return [first, other(seed + 13, [first])];
};
const both = (seed: number): World => {
  const [one, another] = two(seed);
  return {
    planted: { [one]: strength(seed), [another]: strength(seed + 1) },
    background: steady(quiet(seed)),
  };
};
const one = (seed: number): MainHypothesis => other(seed, []);
const planted = (seed: number, background: Background): World => ({
  planted: { [one(seed)]: strength(seed) },
  background,
});

const rows: Row[] = [];
if (values.all) {
  await allRows();
  report();
  process.exit();
}
for (const factor of mainHypotheses) {
  const world = (seed: number): World => ({
    planted: { [factor]: strength(seed) },
    background: steady(quiet(seed)),
  });
  rows.push(await row(factor, 'the same', 'named', (seed) => ({ factor, world: world(seed) })));
}
rows.push(
  await row('one of the seven', 'another', 'not accused', (seed) => ({
    factor: other(seed, [one(seed)]),
    world: planted(seed, steady(quiet(seed))),
  })),
);
rows.push(
  await row('two at once', 'one of them', 'named', (seed) => ({ factor: two(seed)[0], world: both(seed) })),
);
rows.push(
  await row('two at once', 'a third', 'not accused', (seed) => ({
    factor: other(seed, two(seed)),
    world: both(seed),
  })),
);
rows.push(
  await row('none, the service is quiet', 'any', 'not accused', (seed) => ({
    factor: one(seed),
    world: { planted: {}, background: steady(quiet(seed)) },
  })),
);
rows.push(
  await row('none, a third of sessions end', 'any', 'not accused', (seed) => ({
    factor: one(seed),
    world: { planted: {}, background: steady(0.33) },
  })),
);
rows.push(
  await row('none, rates drift from 0 to 60 %', 'any', 'not accused', (seed) => ({
    factor: one(seed),
    world: { planted: {}, background: drifting(0.3) },
  })),
);
rows.push(
  await row('one of the seven, rates drift from 0 to 16 %', 'the same', 'named', (seed) => ({
    factor: one(seed),
    world: planted(seed, drifting(0.08)),
  })),
);

rows.push(
  await row(
    'one of the seven, and 30 to 60 % end for nothing',
    'the same',
    'named',
    (seed) => ({ factor: one(seed), world: planted(seed, steady(often(seed))) }),
    1_000,
  ),
);
rows.push(
  await row('one of the seven, and 30 to 60 % end for nothing', 'another', 'not accused', (seed) => ({
    factor: other(seed, [one(seed)]),
    world: planted(seed, steady(often(seed))),
  })),
);

report();

/** `--all`: right is that all is named that is planted, and nothing else. */
async function allRows(): Promise<void> {
  const worlds: readonly (readonly [string, (seed: number) => World])[] = [
    ['one of the seven', (seed) => planted(seed, steady(quiet(seed)))],
    ['two at once', both],
    ['none, the service is quiet', (seed) => ({ planted: {}, background: steady(quiet(seed)) })],
    ['none, a third of sessions end', () => ({ planted: {}, background: steady(0.33) })],
    ['none, rates drift from 0 to 60 %', () => ({ planted: {}, background: drifting(0.3) })],
    ['one of the seven, rates drift from 0 to 16 %', (seed) => planted(seed, drifting(0.08))],
    ['one of the seven, and 15 to 30 % end for nothing', (seed) => planted(seed, steady(often(seed) / 2))],
  ];
  for (const [name, make] of worlds) {
    const taken: number[] = [];
    let allNamed = 0;
    let noneAccused = 0;
    for (let run = 1; run <= runs; run += 1) {
      const seed = run + 100_000 + 1_000 * rows.length;
      const world = make(seed);
      const there = Object.keys(world.planted);
      const { named, sessions } = await playAll(world, seed);
      taken.push(sessions);
      allNamed += Number(there.every((factor) => named.includes(factor as MainHypothesis)));
      noneAccused += Number(named.every((factor) => there.includes(factor)));
    }
    const medianSessions = taken.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
    const rest = { world: name, asked: '`--all`', medianSessions, verdicts: {} };
    if (name.startsWith('none')) rows.push({ ...rest, right: 'not accused', share: noneAccused / runs });
    else {
      rows.push({ ...rest, right: 'named', share: allNamed / runs });
      rows.push({ ...rest, asked: '`--all`, others', right: 'not accused', share: noneAccused / runs });
    }
  }
}

function report(): void {
  if (values.json) console.log(JSON.stringify({ runs, rows }));
  else {
    console.log('| planted | asked for | right is | right | sessions, median |\n|---|---|---|---|---|');
    for (const { world, asked, right, share, medianSessions } of rows) {
      console.log(`| ${world} | ${asked} | ${right} | ${(share * 100).toFixed(1)} % | ${medianSessions} |`);
    }
  }
  const missed = rows.filter(({ share }) => share < goal);
  for (const { world, asked, share, verdicts } of missed) {
    console.error(
      `${world}, asked for ${asked}: ${share * runs} of ${runs} right (${JSON.stringify(verdicts)}).`,
    );
  }
  process.exitCode = missed.length === 0 ? 0 : 1;
}
