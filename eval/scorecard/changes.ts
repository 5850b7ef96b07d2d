/** Two periods, before and after a change: whether the comparison says what the service did. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toReport } from '../../src/report/assemble.ts';
import { type Change, compare } from '../../src/report/compare.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Report } from '../../src/report/report.ts';
import { badModel, largeResponse } from './causes/responses.ts';
import { hazard } from './causes/sessions.ts';
import { between, type Difference, populationOf, withTool } from './families/family.ts';
import type { Draws } from './world/draws.ts';
import { telemetryOf } from './world/store.ts';

/** What became of the chance that the same session ends, whatever traffic there is. */
export type TrueChange = 'improved' | 'worse' | 'same';

export interface ChangeFamily {
  readonly name: string;
  readonly truth: TrueChange;
  readonly before: (draws: Draws) => Difference;
  readonly after: (draws: Draws) => Difference;
}

export interface ChangeResult {
  readonly family: string;
  readonly truth: TrueChange;
  readonly said: Change;
  readonly answer: string;
}

const old = 'gemini-2.5-flash-native-audio-preview-09-2025';
const young = 'gemini-3.1-flash-live-preview';

/** Ends by any response, of two models, of five processes. */
const models = (chances: readonly [number, number], pods: readonly [number, number]): Difference => ({
  causes: [badModel({ model: old, chance: chances[0] }), badModel({ model: young, chance: chances[1] })],
  operations: {
    pods: 5,
    models: [
      [old, pods[0]],
      [young, pods[1]],
    ],
  },
});

const fatal = (draws: Draws, chance: number) =>
  largeResponse({ bytes: 8_192, chance: chance * between(draws, 0.9, 1.1) });

export const changeFamilies: readonly ChangeFamily[] = [
  {
    name: 'large responses are mended',
    truth: 'improved',
    before: (draws) => ({ causes: [fatal(draws, 0.5)] }),
    after: () => ({}),
  },
  {
    name: 'a fault that is new',
    truth: 'worse',
    before: () => ({}),
    after: () => ({ causes: [hazard({ hypothesis: 'internal_error', perHour: 10 })] }),
  },
  {
    name: 'nothing changed',
    truth: 'same',
    before: (draws) => ({ causes: [fatal(draws, 0.4)] }),
    after: (draws) => ({ causes: [fatal(draws, 0.4)] }),
  },
  {
    name: 'each model gets worse, traffic moves to the better one',
    truth: 'worse',
    before: () => models([0.1, 0.01], [4, 1]),
    after: () => models([0.17, 0.025], [1, 4]),
  },
  {
    name: 'each model gets better, traffic moves to the worse one',
    truth: 'improved',
    before: () => models([0.17, 0.025], [1, 4]),
    after: () => models([0.1, 0.01], [4, 1]),
  },
  {
    name: 'traffic moves to the better model, nothing else',
    truth: 'same',
    before: () => models([0.12, 0.02], [4, 1]),
    after: () => models([0.12, 0.02], [1, 4]),
  },
  {
    name: 'half as deadly, and three times the large tool',
    truth: 'improved',
    before: (draws) => ({
      causes: [fatal(draws, 0.4)],
      application: { tools: withTool('documents', { bytes: 9_000, weight: 1 }) },
    }),
    after: (draws) => ({
      causes: [fatal(draws, 0.2)],
      application: { tools: withTool('documents', { bytes: 9_000, weight: 3 }) },
    }),
  },
];

/** Of each period. */
const visits = 500;

/** The same service and users in both periods, on other days. */
export async function judgeChange(
  { name, truth, before, after }: ChangeFamily,
  seed: number,
  store: string | undefined,
): Promise<ChangeResult> {
  const directory = await mkdtemp(join(tmpdir(), 'live-otel-eval-'));
  const reportOf = async (make: (draws: Draws) => Difference, which: number): Promise<Report> => {
    const period = populationOf({ name, make }, seed);
    const { file } = await telemetryOf({ ...period, seed: period.seed + which, visits }, store ?? directory);
    return toReport(await collect([file]));
  };
  try {
    const { unexpected, answer } = compare(await reportOf(before, 0), await reportOf(after, 1));
    return { family: name, truth, said: unexpected.change, answer };
  } finally {
    await rm(directory, { recursive: true });
  }
}

export function isRight({ truth, said }: ChangeResult): boolean {
  return truth === 'same' ? said !== 'improved' && said !== 'worse' : said === truth;
}

/** A change is told where there is none, or the wrong way round. */
export function isOpposite({ truth, said }: ChangeResult): boolean {
  return (said === 'improved' || said === 'worse') && said !== truth;
}
