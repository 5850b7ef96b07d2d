/** What `live-otel experiment` does, from its arguments to its verdict. */
import { randomBytes, randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { judgeTrials } from '../../analysis/experiment/judge.ts';
import { verdictWords } from '../../analysis/experiment/words.ts';
import type { ExperimentFactor } from '../../conventions/vocabulary.ts';
import { converse, type Outcome, type Tokens } from '../../experiment/converse.ts';
import { type Design, DesignError, designOf } from '../../experiment/design.ts';
import { estimate } from '../../experiment/estimate.ts';
import type { Plan } from '../../experiment/ledger.ts';
import { isTrial, type Run, runExperiment, type Toss, tokensOf, trialsOf } from '../../experiment/run.ts';
import { costOf, type Prices } from '../../report/prices.ts';
import type { ExperimentOfSession } from '../../telemetry/backend.ts';
import { createRandom } from '../../testing/random.ts';
import { readPrices } from '../prices.ts';
import { createProgress } from '../progress.ts';
import { json, print } from '../report/output.ts';
import { UsageError } from '../usage-error.ts';
import { createLedgerFile, type LedgerFile, lastLedger, reopenLedgerFile } from './ledger-file.ts';
import type { ExperimentOptions } from './options.ts';
import { openService, type Service } from './service.ts';
import {
  amountWords,
  block,
  markdownOf,
  outcomeWords,
  pauseWords,
  planWords,
  progressWords,
  stopWords,
} from './words.ts';

export async function runCommand(
  factor: ExperimentFactor | undefined,
  given: ExperimentOptions,
): Promise<void> {
  const earlier = given.resume === undefined ? undefined : reopen(given);
  const options = earlier ? { ...given, ...earlier.plan.options, ...endpointOf(earlier.plan) } : given;
  const design = designed(earlier?.plan.factor ?? factor, options);
  const isSimulated = options.against === 'simulator';
  if (design.factor === 'rate_limit' && !isSimulated && !options.iKnow) {
    throw new UsageError(
      'This experiment uses up the quota of your project, for all who share it: add --i-know.',
      2,
    );
  }
  const prices = options.prices === undefined ? undefined : await readPrices(options.prices);
  const parallel = options.parallel ?? (isSimulated ? 8 : 2);
  await announce(design, options, prices, parallel);
  if (options.dryRun) return;
  await mkdir(options.out, { recursive: true });
  const plan = earlier?.plan ?? newPlan(design, options);
  const telemetry = path.join(options.out, `${plan.id}.telemetry.jsonl`);
  const service = await openService(options, telemetry);
  const ledger = earlier ?? createLedgerFile(options.out, plan);
  const run = await runHere(
    { design, options, plan, ledger, service, prices, parallel },
    earlier?.results ?? [],
  );
  await service.close();
  await tell(design, run, options, service, ledger, telemetry);
}

interface Stage {
  readonly design: Design;
  readonly options: ExperimentOptions;
  readonly plan: Plan;
  readonly ledger: LedgerFile;
  readonly service: Service;
  readonly prices: Prices | undefined;
  readonly parallel: number;
}

async function runHere(stage: Stage, earlier: Run['results']): Promise<Run> {
  const { design, options, ledger, service, prices, parallel } = stage;
  const progress = createProgress(process.stderr);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const { seed, maxSessions, budget } = options;
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
      signal: interruption.signal,
      isSpent: (tokens) => isSpent(tokens, design, budget, prices),
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
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
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

async function announce(
  design: Design,
  options: ExperimentOptions,
  prices: Prices | undefined,
  parallel: number,
): Promise<void> {
  const { against, budget } = options;
  const { model } = design.arms.treated;
  const costsNothing = against === 'simulator';
  const all = estimate(design, options.maxSessions, parallel, costsNothing ? options.timeScale : 1);
  const money = prices && {
    amount: costOf(all.tokens, model, prices),
    currency: prices.currency,
    dated: prices.dated,
  };
  if (budget !== undefined && money?.amount === undefined) {
    throw new UsageError(`--budget needs --prices with a price of ${model}.`, 2);
  }
  const endpoint = costsNothing
    ? `the simulator (script ${options.script})`
    : (against ?? 'the service of your key');
  process.stderr.write(planWords(design, { model, endpoint, estimate: all, money, costsNothing }));
  if (options.dryRun || options.yes || costsNothing) return;
  if (!process.stdin.isTTY) throw new UsageError('Nobody is there to be asked: add --yes to begin.', 2);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const limit =
    budget === undefined ? '' : ` It stops at ${amountWords(budget, prices ?? { currency: '' })}.`;
  const answer = await asking.question(`Begin?${limit} [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was done.', 1);
}

async function tell(
  design: Design,
  run: Run,
  options: ExperimentOptions,
  { where }: Service,
  { file }: LedgerFile,
  telemetry: string,
): Promise<void> {
  const trials = trialsOf(run.results, design);
  const judgement = judgeTrials(trials);
  const { control, treated } = design.arms;
  const model = control.model === treated.model ? control.model : undefined;
  const counted = judgement.control.sessions > 0 && judgement.treated.sessions > 0;
  const lastOutcome = run.results.at(-1)?.outcome;
  const sentence = counted
    ? verdictWords(design, judgement, { model, where })
    : `Nothing was learnt. ${lastOutcome?.kind === 'ended' ? outcomeWords(lastOutcome) : ''}`.trim();
  const resume = `npx live-otel experiment --resume ${file}`;
  if (options.format === 'json') {
    const { factor, control: controlWords, treated: treatedWords } = design;
    await print(
      json({
        version: 1,
        factor,
        arms: { control: controlWords, treated: treatedWords },
        model,
        where,
        stop: run.stop,
        ...judgement,
        tokens: tokensOf(run.results),
        sentence,
        ledger: file,
        telemetry,
      }),
    );
  } else if (options.format === 'markdown') await print(markdownOf(design, judgement, sentence));
  else await print(block([sentence]));
  const stopped = stopWords(run, resume);
  process.stderr.write(
    block([
      ...(stopped === undefined ? [] : [stopped]),
      `Every session is recorded: npx live-otel report ${process.env.LIVE_OTEL_FILE ?? telemetry}`,
    ]),
  );
  if (!counted) process.exitCode = 1;
}

function isSpent(
  tokens: Tokens,
  design: Design,
  budget: number | undefined,
  prices: Prices | undefined,
): boolean {
  if (budget === undefined || prices === undefined) return false;
  return (costOf(tokens, design.arms.treated.model, prices) ?? 0) >= budget;
}

function reopen({ resume, out }: ExperimentOptions): ReturnType<typeof reopenLedgerFile> {
  return reopenLedgerFile(typeof resume === 'string' ? resume : lastLedger(out));
}

function endpointOf({ against, script }: Plan): Partial<ExperimentOptions> {
  return { ...(against !== undefined && { against }), ...(script !== undefined && { script }) };
}

function newPlan(design: Design, options: ExperimentOptions): Plan {
  const { model, region, sdk, size, encoding, sessions, burst, silence, other, against, script } = options;
  const day = new Date().toISOString().slice(0, 16).replaceAll(/[-:T]/g, '');
  return {
    version: 1,
    id: `${design.factor}-${day}-${randomBytes(3).toString('hex')}`,
    factor: design.factor,
    options: { model, region, sdk, size, encoding, sessions, burst, silence, other },
    ...(against !== undefined && { against }),
    ...(against === 'simulator' && { script }),
  };
}

function designed(factor: ExperimentFactor | undefined, options: ExperimentOptions): Design {
  if (factor === undefined) {
    throw new UsageError('Say what is suspected, for example: live-otel experiment payload_size.', 2);
  }
  try {
    return designOf(factor, options);
  } catch (error) {
    if (error instanceof DesignError) throw new UsageError(error.message, 2);
    throw error;
  }
}
