/** What `live-otel experiment` does, from its arguments to its verdict. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { judgeTrials } from '../../analysis/experiment/judge.ts';
import { verdictWords } from '../../analysis/experiment/words.ts';
import type { ExperimentFactor } from '../../conventions/vocabulary.ts';
import { type Design, DesignError, designOf } from '../../experiment/design.ts';
import { estimate } from '../../experiment/estimate.ts';
import type { ExperimentPlan, Plan } from '../../experiment/ledger.ts';
import { type Run, trialsOf } from '../../experiment/run.ts';
import { tokensOf } from '../../experiment/sessions.ts';
import { costOf, type Prices } from '../../report/prices.ts';
import { readPrices } from '../prices.ts';
import { json, print } from '../report/output.ts';
import { UsageError } from '../usage-error.ts';
import { askToBegin } from './ask.ts';
import { createLedgerFile, type LedgerFile, lastLedger, reopenLedgerFile } from './ledger-file.ts';
import type { ExperimentOptions } from './options.ts';
import { planOf } from './plan.ts';
import { openService, type Service } from './service.ts';
import { interruptible, runHere } from './stage.ts';
import { block, endWords, markdownOf, outcomeWords, planWords, silentOf, silentWords } from './words.ts';

export async function runCommand(
  factor: ExperimentFactor | undefined,
  given: ExperimentOptions,
): Promise<void> {
  const reopened = given.resume === undefined ? undefined : reopen(given);
  const options = reopened ? { ...given, ...reopened.plan.options, ...endpointOf(reopened.plan) } : given;
  if (given.all || (reopened && 'screening' in reopened.plan)) {
    const { runAll } = await import('./all.ts');
    return runAll(options, reopened);
  }
  const earlier = reopened as (typeof reopened & { readonly plan: ExperimentPlan }) | undefined;
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
  const results = (earlier?.results ?? []) as Run['results'];
  const run = await interruptible((signal) =>
    runHere({ design, options, plan, ledger, service, prices, parallel }, results, signal),
  );
  await service.close();
  await tell(design, run, options, service, ledger, telemetry);
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
  await askToBegin(options, prices);
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
    : `Nothing was learnt. ${lastOutcome === undefined || lastOutcome.kind === 'stopped' ? '' : outcomeWords(lastOutcome)}`.trim();
  const silent = silentOf(run, design);
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
        silent,
        tokens: tokensOf(run.results),
        sentence,
        ledger: file,
        telemetry,
      }),
    );
  } else if (options.format === 'markdown') await print(markdownOf(design, judgement, sentence));
  else await print(block([sentence, ...silentWords(silent, design)]));
  process.stderr.write(endWords(run, file, process.env.LIVE_OTEL_FILE ?? telemetry));
  if (!counted) process.exitCode = 1;
}

function reopen({ resume, out }: ExperimentOptions): ReturnType<typeof reopenLedgerFile> {
  return reopenLedgerFile(typeof resume === 'string' ? resume : lastLedger(out));
}

function endpointOf({ against, script }: Plan): Partial<ExperimentOptions> {
  return { ...(against !== undefined && { against }), ...(script !== undefined && { script }) };
}

function newPlan(design: Design, options: ExperimentOptions): ExperimentPlan {
  return { ...planOf(design.factor, options), factor: design.factor };
}

function designed(factor: ExperimentFactor | undefined, options: ExperimentOptions): Design {
  if (factor === undefined) {
    throw new UsageError(
      'Say what is suspected, for example: live-otel experiment payload_size; or --all.',
      2,
    );
  }
  try {
    return designOf(factor, options);
  } catch (error) {
    if (error instanceof DesignError) throw new UsageError(error.message, 2);
    throw error;
  }
}
