import type { Hypothesis } from '../../src/conventions/vocabulary.ts';
import { hypotheses } from '../../src/conventions/vocabulary.ts';
import type { Verdict } from './judge.ts';
import type { ReasonVerdict } from './reasons.ts';
import type { ConfusionRow, Score, Share, Spread } from './score.ts';
import { ratio } from './score.ts';
import type { KindScore, SilenceScore } from './silence/score.ts';
import { falsePerThousandMinutes } from './silence/score.ts';

export function percent(share: Share): string {
  return `${(ratio(share) * 100).toFixed(1)} % (${share.right} of ${share.of})`;
}

export function scoreText(title: string, score: Score): string {
  return [
    `${title}: ${score.scenarios} scenarios`,
    `  hypothesis, first             ${percent(score.hypothesisTop1)}`,
    `  hypothesis, among three       ${percent(score.hypothesisTop3)}`,
    `  cause, first                  ${percent(score.causeTop1)}`,
    `  cause, among three            ${percent(score.causeTop3)}`,
    `  abstained where that is right ${percent(score.abstained)}`,
    `  confident and wrong           ${percent(score.confidentlyWrong)}`,
    ...score.calibration.map(
      ({ confidence, right }) => `  ${`right where ${confidence} is said`.padEnd(29)} ${percent(right)}`,
    ),
    `  time, text seen before        ${spreadText(score.microseconds)}`,
    `  time, new text                ${spreadText(score.microseconds.fresh)}`,
  ].join('\n');
}

export function silenceText(title: string, score: SilenceScore): string {
  return [
    `${title}: ${score.kinds} kinds of conversation, in ${Math.round(score.healthyMinutes)} healthy minutes`,
    `  silences told of              ${percent(score.found)}, half of them within ${(score.medianMs / 1_000).toFixed(1)} s`,
    `  false stalls                  ${score.falseStalls}, ${falsePerThousandMinutes(score).toFixed(2)} in 1,000 minutes`,
  ].join('\n');
}

/** Kinds with a silence that nobody was told of, or with a false stall. */
export function silenceMissesText(scores: readonly KindScore[]): string {
  return scores
    .filter(({ silences, falseStalls }) => silences.right < silences.of || falseStalls.length > 0)
    .map(
      ({ name, part, silences, falseStalls }) =>
        `${name} (${part}): ${silences.right} of ${silences.of} silences; false: ${falseStalls.map(({ kind }) => kind).join(' ') || 'none'}`,
    )
    .join('\n');
}

function spreadText({ median, p99, slowest }: Spread): string {
  return `median ${median.toFixed(1)} µs, 99 % ${p99.toFixed(1)} µs, slowest ${slowest.toFixed(1)} µs`;
}

export function confusionText(confusion: readonly ConfusionRow[]): string {
  const used = usedHypotheses(confusion);
  const width = 16;
  const head = ['true \\ said', ...used].map((cell) => cell.padEnd(width)).join('');
  const rows = used.flatMap((truth) => {
    const row = confusion.find((one) => one.truth === truth);
    if (row === undefined) return [];
    return [
      [truth, ...used.map((said) => String(row.said.get(said) ?? '·'))]
        .map((cell) => cell.padEnd(width))
        .join(''),
    ];
  });
  return [head, ...rows].map((line) => line.trimEnd()).join('\n');
}

export function usedHypotheses(confusion: readonly ConfusionRow[]): readonly Hypothesis[] {
  return hypotheses.filter((one) => confusion.some(({ truth, said }) => truth === one || said.has(one)));
}

export function missesText(verdicts: readonly Verdict[]): string {
  const misses = verdicts.filter(({ hypothesisRight, causeRight }) => !hypothesisRight || !causeRight);
  return misses.map(missText).join('\n');
}

function missText({ scenario, ending, hypotheses: allowed, confidentlyWrong }: Verdict): string {
  const { closure, diagnosis } = ending;
  const { cause, hypothesis, confidence, evidence, context, rivals } = diagnosis;
  return [
    `${confidentlyWrong ? '!! ' : ''}${scenario.name}`,
    `  closed ${closure?.code ?? '-'} "${closure?.reason.slice(0, 60) ?? ''}" at ${((closure?.connectionAgeMs ?? 0) / 1_000).toFixed(1)} s`,
    `  said   ${cause} (${hypothesis}, ${confidence}); rivals ${rivals.map((rival) => rival.cause).join(', ') || 'none'}`,
    `  true   ${scenario.truth.join(' or ')} (${allowed.join(' or ')})`,
    `  saw    ${[...evidence, ...context].slice(0, 6).join(' ')}`,
  ].join('\n');
}

export function reasonsText(verdicts: readonly ReasonVerdict[]): string {
  const misses = verdicts.filter(({ missing }) => missing.length > 0);
  return [
    `Reason texts alone: ${verdicts.length - misses.length} of ${verdicts.length} complete`,
    ...misses.map(
      ({ code, text, form, missing }) =>
        `  ${code} "${text.slice(0, 60)}" (${form}): without ${missing.join(', ')}`,
    ),
  ].join('\n');
}
