/** `live-otel experiment --all`: a screening of what can be varied here, then an experiment on each that stands out. */
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Judgement } from '../../analysis/experiment/experiment.ts';
import { judgeTrials } from '../../analysis/experiment/judge.ts';
import { screen } from '../../analysis/experiment/screen.ts';
import { verdictWords } from '../../analysis/experiment/words.ts';
import { type ExperimentFactor, mainHypotheses } from '../../conventions/vocabulary.ts';
import { converse } from '../../experiment/converse.ts';
import { amongAll, combine, type Design, designOf } from '../../experiment/design.ts';
import { estimate } from '../../experiment/estimate.ts';
import type { ExperimentPlan, ScreeningPlan } from '../../experiment/ledger.ts';
import { type Run, trialsOf } from '../../experiment/run.ts';
import { drawRows, runScreening, type ScreeningSession, screenedTrials } from '../../experiment/screening.ts';
import { type Sessions, tokensOf } from '../../experiment/sessions.ts';
import { costOf } from '../../report/prices.ts';
import { createRandom } from '../../testing/random.ts';
import { readPrices } from '../prices.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import { askToBegin } from './ask.ts';
import { createLedgerFile, reopenLedgerFile as reopen, type reopenLedgerFile } from './ledger-file.ts';
import type { ExperimentOptions } from './options.ts';
import { planOf } from './plan.ts';
import { openService } from './service.ts';
import { add, interruptible, isSpent, runHere, type Stage } from './stage.ts';
import { pauseWords } from './words.ts';
import { type AllTold, allPlanWords, tellAll } from './words-all.ts';

/** Of sixteen sessions each. */
const blocks = 4;
/** Fewer show nothing. */
const fewestToConfirm = 36;

export async function runAll(
  options: ExperimentOptions,
  earlier: ReturnType<typeof reopenLedgerFile> | undefined,
): Promise<void> {
  const isSimulated = options.against === 'simulator';
  const factors = screened(earlier?.plan as ScreeningPlan | undefined) ?? factorsOf(options);
  if (options.maxSessions < blocks * 16 + fewestToConfirm) {
    throw new UsageError(
      `--all takes ${blocks * 16} sessions and those that confirm what stands out: --max-sessions ${blocks * 16 + fewestToConfirm} or more.`,
      2,
    );
  }
  const prices = options.prices === undefined ? undefined : await readPrices(options.prices);
  const parallel = options.parallel ?? (isSimulated ? 8 : 2);
  const combination = combine(factors, options);
  const everything = combination.treatments(new Set(factors));
  const cost = estimate(
    { ...combination, arms: { control: everything, treated: everything } },
    options.maxSessions,
    parallel,
    isSimulated ? options.timeScale : 1,
  );
  const amount = prices && costOf(cost.tokens, everything.model, prices);
  if (options.budget !== undefined && amount === undefined) {
    throw new UsageError(`--budget needs --prices with a price of ${everything.model}.`, 2);
  }
  process.stderr.write(
    allPlanWords(factors, { options, cost, blocks, prices, amount, model: everything.model }),
  );
  await askToBegin(options, prices);
  if (options.dryRun) return;
  await mkdir(options.out, { recursive: true });
  const plan = (earlier?.plan as ScreeningPlan | undefined) ?? {
    ...planOf('all', options),
    screening: { factors, rows: drawRows(factors, blocks, chance(options)) },
  };
  const telemetry = path.join(options.out, `${plan.id}.telemetry.jsonl`);
  const service = await openService(options, telemetry);
  const ledger = earlier ?? createLedgerFile(options.out, plan);
  const { rows } = plan.screening;
  const told = await interruptible(async (signal): Promise<AllTold> => {
    const progress = createProgress(process.stderr);
    let done = earlier?.results.length ?? 0;
    const screening: Sessions<ScreeningSession> = await runScreening({
      combination,
      rows,
      earlier: (earlier?.results ?? []) as Sessions<ScreeningSession>['results'],
      parallel,
      async converse({ row }, stop) {
        const treatment = combination.treatments(new Set(rows[row]));
        const live = await service.clientFor(treatment);
        return converse({ live, others: live, treatment, time: service.time, signal: stop });
      },
      time: service.time,
      signal,
      isSpent: (tokens) => isSpent(tokens, everything.model, options, prices),
      onBegin: ledger.tossed,
      onEnd(ended) {
        ledger.ended(ended);
        done += 1;
        if (done % 8 === 0) progress.say(`Screening: ${done} of ${rows.length} sessions.`);
      },
      onPause: (ms, outcome) => progress.say(pauseWords(ms / 1_000, outcome)),
    });
    progress.end();
    const found = screen(factors, screenedTrials(screening.results, rows, combination));
    const confirmations: { design: Design; run: Run; judgement: Judgement; sentence: string }[] = [];
    let stop = screening.stop;
    let spentBefore = tokensOf(screening.results);
    let left = options.maxSessions - screening.results.length;
    for (const { factor, standsOut } of found) {
      if (stop !== 'settled' || !standsOut || left < fewestToConfirm) continue;
      const design = designOf(factor, amongAll(factor, options));
      const own: ExperimentPlan = {
        ...withoutScreening(plan),
        id: `${plan.id}-${factor}`,
        options: amongAll(factor, plan.options),
        factor,
      };
      const before = ledgerOf(options, own);
      const stage: Stage = {
        design,
        options: { ...options, maxSessions: left },
        plan: own,
        ledger: before ?? createLedgerFile(options.out, own),
        service,
        prices,
        parallel,
        spentBefore,
      };
      const run = await runHere(stage, (before?.results ?? []) as Run['results'], signal);
      const judgement = judgeTrials(trialsOf(run.results, design));
      const { model } = design.arms.treated;
      confirmations.push({
        design,
        run,
        judgement,
        sentence: verdictWords(design, judgement, {
          ...(design.arms.control.model === model && { model }),
          where: service.where,
        }),
      });
      spentBefore = add(tokensOf(run.results), spentBefore);
      left -= run.results.length;
      // Settled or not, the next one has its turn as long as anything is left.
      if (run.stop === 'budget' || run.stop === 'refused' || run.stop === 'interrupted') stop = run.stop;
    }
    return { found, screening, confirmations, stop, left, tokens: spentBefore };
  });
  await service.close();
  await tellAll(told, {
    options,
    ledger: ledger.file,
    telemetry,
    where: service.where,
    model: everything.model,
  });
}

/** Of the seven those that nothing more has to be said for. */
function factorsOf({ other, iKnow }: ExperimentOptions): readonly ExperimentFactor[] {
  return mainHypotheses.filter(
    (factor) =>
      (factor !== 'internal_error' || other !== undefined) && (factor !== 'rate_limit' || iKnow === true),
  );
}

function screened(plan: ScreeningPlan | undefined): readonly ExperimentFactor[] | undefined {
  return plan?.screening.factors;
}

function withoutScreening({ screening: _, ...plan }: ScreeningPlan): Omit<ScreeningPlan, 'screening'> {
  return plan;
}

function ledgerOf({ out }: ExperimentOptions, { id }: ExperimentPlan) {
  const file = path.join(out, `${id}.ledger.jsonl`);
  return existsSync(file) ? reopen(file) : undefined;
}

function chance({ seed }: ExperimentOptions): () => number {
  const random = createRandom(seed ?? randomInt(2 ** 31));
  return () => random.next();
}
