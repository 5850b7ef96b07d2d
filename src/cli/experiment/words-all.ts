/** What `--all` says before it begins, and when it is over. */
import type { Judgement } from '../../analysis/experiment/experiment.ts';
import type { ScreenedFactor } from '../../analysis/experiment/screen.ts';
import type { ExperimentFactor } from '../../conventions/vocabulary.ts';
import { counted } from '../../conventions/words.ts';
import type { Tokens } from '../../experiment/converse.ts';
import { combine, type Design } from '../../experiment/design.ts';
import type { Estimate } from '../../experiment/estimate.ts';
import type { Run } from '../../experiment/run.ts';
import type { ScreeningSession } from '../../experiment/screening.ts';
import type { Sessions, Stop } from '../../experiment/sessions.ts';
import type { Prices } from '../../report/prices.ts';
import { json, print } from '../report/output.ts';
import type { ExperimentOptions } from './options.ts';
import { block, costWords, endWords } from './words.ts';

export interface AllTold {
  /** Those with the largest effect first. */
  readonly found: readonly ScreenedFactor[];
  readonly screening: Sessions<ScreeningSession>;
  readonly confirmations: readonly {
    readonly design: Design;
    readonly run: Run;
    readonly judgement: Judgement;
    readonly sentence: string;
  }[];
  readonly stop: Stop;
  /** Sessions that are left of those that were allowed. */
  readonly left: number;
  readonly tokens: Tokens;
}

export function allPlanWords(
  factors: readonly ExperimentFactor[],
  more: {
    readonly options: ExperimentOptions;
    readonly cost: Estimate;
    readonly blocks: number;
    readonly prices: Prices | undefined;
    readonly amount: number | undefined;
    readonly model: string;
  },
): string {
  const { options, cost, blocks, prices, amount, model } = more;
  const { against, script, other, iKnow } = options;
  const isSimulated = against === 'simulator';
  const missing = [
    ...(other === undefined ? ['internal_error (it needs --other MODEL)'] : []),
    ...(iKnow ? [] : ['rate_limit (it uses up a quota: --i-know)']),
  ];
  const endpoint = isSimulated ? `the simulator (script ${script})` : (against ?? 'the service of your key');
  const money = prices && { amount, currency: prices.currency, dated: prices.dated };
  return block([
    `All at once: ${factors.join(', ')}.${missing.length === 0 ? '' : ` Left out: ${missing.join(' and ')}.`}`,
    `First ${blocks * 16} sessions of ${model} with ${endpoint}, each with half of these in all combinations that matter; then an experiment on each that stands out. At most ${cost.sessions} sessions in all, about ${counted(Math.ceil(cost.minutes), 'minute')}. ${costWords(cost.tokens, money, isSimulated)}`,
    'Only an experiment names a cause: what merely stands out is accused of nothing.',
  ]);
}

export async function tellAll(
  told: AllTold,
  setting: {
    readonly options: ExperimentOptions;
    readonly ledger: string;
    readonly telemetry: string;
    readonly where: string;
    readonly model: string;
  },
): Promise<void> {
  const { options, ledger, telemetry, where, model } = setting;
  const { found, confirmations, screening, stop, tokens } = told;
  const sentence = conclusion(told);
  if (options.format === 'json') {
    await print(
      json({
        version: 1,
        factor: 'all',
        model,
        where,
        stop,
        screening: { sessions: screening.results.length, factors: found },
        confirmations: confirmations.map(({ design, judgement, sentence: own, run }) => ({
          factor: design.factor,
          arms: { control: design.control, treated: design.treated },
          stop: run.stop,
          ...judgement,
          sentence: own,
        })),
        confirmed: confirmed(told),
        tokens,
        sentence,
        ledger,
        telemetry,
      }),
    );
  } else if (options.format === 'markdown') await print(markdown(told, options, sentence));
  else {
    await print(
      block([
        ...found.map((one) => `${lineOf(one, options)}.`),
        ...confirmations.map(({ sentence: own }) => own),
        sentence,
      ]),
    );
  }
  const { results } = confirmations.at(-1)?.run ?? screening;
  process.stderr.write(endWords({ stop, results }, ledger, process.env.LIVE_OTEL_FILE ?? telemetry));
}

function confirmed({ confirmations }: AllTold): readonly ExperimentFactor[] {
  return confirmations
    .filter(({ judgement }) => judgement.verdict === 'worse')
    .map(({ design }) => design.factor);
}

function conclusion(told: AllTold): string {
  const { found, screening, stop } = told;
  const named = confirmed(told);
  if (stop === 'refused' || stop === 'interrupted' || stop === 'budget') return 'It is not over.';
  const outstanding = found.filter(({ standsOut }) => standsOut).map(({ factor }) => factor);
  if (named.length > 0) {
    const open = outstanding.filter((factor) => !named.includes(factor));
    return `Shown by experiment: ${named.join(' and ')}.${open.length === 0 ? '' : ` Not shown: ${open.join(' and ')}.`}`;
  }
  if (outstanding.length > 0)
    return `What stood out was not shown by experiment: ${outstanding.join(' and ')}.`;
  const failed = screening.results.filter(({ outcome }) => outcome.kind !== 'completed').length;
  return `Nothing stands out: with and without each, about as many of the ${counted(screening.results.length, 'session')} end (${failed} in all). None of these makes a large difference; a small one would not have shown.`;
}

function lineOf({ factor, treated, control, standsOut }: ScreenedFactor, options: ExperimentOptions): string {
  const words = combine([factor], options).words(factor);
  return `${standsOut ? 'Stands out: ' : ''}${factor}: with ${words.treated} ${treated.failed} of ${treated.sessions} end, with ${words.control} ${control.failed} of ${control.sessions}`;
}

function markdown(told: AllTold, options: ExperimentOptions, sentence: string): string {
  return [
    `**${sentence}**`,
    '',
    ...told.confirmations.flatMap(({ sentence: own }) => [`- ${own}`]),
    '',
    '| factor | with it | without | stands out |',
    '|---|---|---|---|',
    ...told.found.map(
      ({ factor, treated, control, standsOut }) =>
        `| ${factor}: ${combine([factor], options).words(factor).treated} | ${treated.failed} of ${treated.sessions} end | ${control.failed} of ${control.sessions} | ${standsOut ? 'yes' : 'no'} |`,
    ),
    '',
    'By `live-otel experiment --all`: a fractional factorial that screens, and an experiment with a coin on each that stands out.',
    '',
  ].join('\n');
}
