/** What the command says before, during and after an experiment. */

import type { Contrast, ExperimentVerdict, Judgement } from '../../analysis/experiment/experiment.ts';
import { armsOf, experimentLimits } from '../../analysis/experiment/judge.ts';
import { counted } from '../../conventions/words.ts';
import type { Outcome, Tokens } from '../../experiment/converse.ts';
import type { Design } from '../../experiment/design.ts';
import type { Estimate } from '../../experiment/estimate.ts';
import { isTrial, type Result, type Run, trialsOf } from '../../experiment/run.ts';
import { usualPatience } from '../../experiment/time.ts';
import { wrap } from '../../report/render/text/cells.ts';

const columns = 100;

export interface Money {
  readonly amount: number | undefined;
  readonly currency: string;
  readonly dated: string;
}

export function planWords(
  design: Design,
  {
    model,
    endpoint,
    estimate,
    money,
    costsNothing,
  }: {
    readonly model: string;
    readonly endpoint: string;
    readonly estimate: Estimate;
    readonly money: Money | undefined;
    readonly costsNothing: boolean;
  },
): string {
  const { sessions, minutes, tokens } = estimate;
  const level = experimentLimits.level * 100;
  const price = costWords(tokens, money, costsNothing);
  return block([
    `Experiment ${design.factor}: ${design.control}, or ${design.treated}. A coin toss decides for each session; in all else they are alike.`,
    `Sessions of ${model} with ${endpoint}: at most ${sessions}, about ${minutes < 1 ? 'a minute' : `${Math.ceil(minutes)} minutes`}. ${price}`,
    `Stops as soon as a difference is shown, or that there is none above ${experimentLimits.margin * 100} points. Looking after every session is accounted for: a difference that is not there is named with a chance of at most ${level} %.`,
  ]);
}

export function costWords(tokens: Tokens, money: Money | undefined, costsNothing: boolean): string {
  return costsNothing
    ? 'It costs nothing.'
    : `About ${thousands(tokens.input)} tokens in and ${thousands(tokens.output)} out${moneyWords(money)}.`;
}

function moneyWords(money: Money | undefined): string {
  if (money === undefined) return '; what that costs, --prices FILE would tell';
  if (money.amount === undefined) return '; the file of prices does not have this model';
  return `, ${amountWords(money.amount, money)} by the prices of ${money.dated}`;
}

export function amountWords(amount: number, { currency }: Pick<Money, 'currency'>): string {
  return `${amount.toFixed(2)} ${currency}`;
}

/** For example `12 sessions: with 64 KB responses 6 of 7 end, with 2 KB responses 0 of 5`. */
export function progressWords(
  design: Design,
  results: readonly Result[],
  verdict: ExperimentVerdict,
): string {
  const trials = trialsOf(results, design);
  const [control, treated] = armsOf(trials);
  const settled = verdict === 'not_settled' ? '' : ', settled';
  return `${counted(trials.length, 'session')}: with ${design.treated} ${treated.failed} of ${treated.sessions} end, with ${design.control} ${control.failed} of ${control.sessions}${settled}`;
}

/** Of those that ended, the ones that nothing came from any more. */
export function silentOf(
  { results }: Run,
  design: Design,
): { readonly control: number; readonly treated: number } {
  const of = (arm: Result['arm']): number =>
    results.filter((one) => one.arm === arm && one.outcome.kind === 'silent' && isTrial(one.outcome, design))
      .length;
  return { control: of('control'), treated: of('treated') };
}

export function silentWords(silent: ReturnType<typeof silentOf>, contrast: Contrast): readonly string[] {
  const { control, treated } = silent;
  return control + treated === 0
    ? []
    : [
        `Some of them hung, and count as ended: nothing came for ${usualPatience / 1_000} s in ${treated} with ${contrast.treated}, in ${control} with ${contrast.control}.`,
      ];
}

export function pauseWords(seconds: number, outcome: Outcome): string {
  return `${outcomeWords(outcome)} Tries again in ${seconds} s.`;
}

export function outcomeWords(outcome: Outcome): string {
  if (outcome.kind !== 'ended') return 'The service does not answer.';
  const code = outcome.code === undefined ? '' : ` ${outcome.code}`;
  return `The service takes no session:${code} ${outcome.reason}`.trim().replace(/[.:]?$/, '.');
}

/** What there is to say of how it stopped. */
interface Stopped {
  readonly stop: Run['stop'];
  readonly results: readonly { readonly outcome: Outcome }[];
}

/** Why it stopped, how to go on from its `ledger`, and where the sessions are recorded. */
export function endWords(run: Stopped, ledger: string, telemetry: string): string {
  const stopped = stopWords(run, `npx live-otel experiment --resume ${ledger}`);
  return block([
    ...(stopped === undefined ? [] : [stopped]),
    `Every session is recorded: npx live-otel report ${telemetry}`,
  ]);
}

function stopWords({ stop, results }: Stopped, resume: string): string | undefined {
  switch (stop) {
    case 'settled':
      return undefined;
    case 'small':
      return 'It stopped there: to find a difference as small as is left would take very many sessions.';
    case 'sessions':
      return `That is as many sessions as were allowed. To go on: ${resume} --max-sessions ${results.length * 2}`;
    case 'budget':
      return `The budget is used up. To go on: ${resume} --budget MORE`;
    case 'interrupted':
      return `Interrupted; nothing is lost. To go on: ${resume}`;
    case 'refused': {
      const last = results.at(-1);
      return `${last ? `${outcomeWords(last.outcome)} ` : ''}Nothing is lost. To go on: ${resume}`;
    }
  }
}

export function markdownOf(contrast: Contrast, { control, treated }: Judgement, sentence: string): string {
  const row = (words: string, { failed, sessions }: Judgement['control']): string =>
    `| ${words} | ${sessions} | ${failed} |`;
  return [
    `**${sentence}**`,
    '',
    '| arm | sessions | ended |',
    '|---|---|---|',
    row(contrast.treated, treated),
    row(contrast.control, control),
    '',
    'By `live-otel experiment`: a coin toss for each session, a sequential test that may be looked at after each.',
    '',
  ].join('\n');
}

export function block(paragraphs: readonly string[]): string {
  return `${paragraphs.flatMap((text) => wrap(text, columns)).join('\n')}\n`;
}

function thousands(count: number): string {
  return count < 10_000 ? String(Math.ceil(count)) : `${Math.ceil(count / 1_000)},000`;
}
