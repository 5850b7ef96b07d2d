/** An experiment on one factor, as the command runs it: its ledger is kept, its progress is said. */
import { randomInt } from 'node:crypto';
import { converse, type Outcome, type Tokens } from '../../experiment/converse.ts';
import type { Design } from '../../experiment/design.ts';
import type { ExperimentPlan } from '../../experiment/ledger.ts';
import { isTrial, type Run, runExperiment, type Toss } from '../../experiment/run.ts';
import { costOf, type Prices } from '../../report/prices.ts';
import type { ExperimentOfSession } from '../../telemetry/backend.ts';
import { createRandom } from '../../testing/random.ts';
import { createProgress } from '../progress.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { ExperimentOptions } from './options.ts';
import type { Service } from './service.ts';
import { pauseWords, progressWords } from './words.ts';

export interface Stage {
  readonly design: Design;
  readonly options: ExperimentOptions;
  readonly plan: ExperimentPlan;
  readonly ledger: LedgerFile;
  readonly service: Service;
  readonly prices: Prices | undefined;
  readonly parallel: number;
  /** By what belongs to it and came before. */
  readonly spentBefore?: Tokens;
}

/** Runs until it is over, or until Ctrl-C aborts the signal. */
export async function interruptible<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await run(interruption.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

export async function runHere(stage: Stage, earlier: Run['results'], signal: AbortSignal): Promise<Run> {
  const { design, options, ledger, service, prices, parallel, spentBefore } = stage;
  const progress = createProgress(process.stderr);
  const { seed, maxSessions } = options;
  const random = seed === undefined ? undefined : createRandom(seed + earlier.length);
  const results = [...earlier];
  let lastSaid: string | undefined;
  try {
    return await runExperiment({
      design,
      maxSessions,
      parallel,
      earlier,
      coin: () => (random ? random.next() < 0.5 : randomInt(2) === 1),
      converse: (toss, signal) => play(stage, toss, signal),
      time: service.time,
      signal,
      isSpent: (tokens) => isSpent(add(tokens, spentBefore), design.arms.treated.model, options, prices),
      onToss: ledger.tossed,
      onResult: (result, verdict) => {
        ledger.ended(result);
        results.push(result);
        results.sort((a, b) => a.session - b.session);
        const said = progressWords(design, results, verdict);
        if (said !== lastSaid) progress.say(said);
        lastSaid = said;
      },
      onPause: (ms, outcome) => progress.say(pauseWords(ms / 1_000, outcome)),
    });
  } finally {
    progress.end();
  }
}

async function play({ design, plan, service }: Stage, toss: Toss, signal: AbortSignal): Promise<Outcome> {
  const treatment = design.arms[toss.arm];
  const experiment: ExperimentOfSession = {
    id: plan.id,
    factor: design.factor,
    arm: toss.arm,
    condition: design[toss.arm],
    session: toss.session,
    differsFrom: design.differsFrom,
  };
  return converse({
    live: await service.clientFor(treatment, experiment),
    others: await service.clientFor(treatment),
    treatment,
    time: service.time,
    signal,
    onEnd: (outcome) => {
      // What counts for neither arm here shall not count in the report either.
      if (outcome.kind !== 'ended') experiment.outcome = isTrial(outcome, design) ? outcome.kind : 'stopped';
    },
  });
}

export function isSpent(
  tokens: Tokens,
  model: string,
  { budget }: Pick<ExperimentOptions, 'budget'>,
  prices: Prices | undefined,
): boolean {
  if (budget === undefined || prices === undefined) return false;
  return (costOf(tokens, model, prices) ?? 0) >= budget;
}

export function add(tokens: Tokens, { input, output }: Tokens = { input: 0, output: 0 }): Tokens {
  return { input: tokens.input + input, output: tokens.output + output };
}
