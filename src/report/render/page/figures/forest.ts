/** The effects of the hypotheses as intervals on common axes. */

import type { Finding } from '../../../../analysis/scorecard/scorecard.ts';
import type { Effect } from '../../../../analysis/statistics/odds-ratio.ts';
import { effectWords, percent, ratio } from '../../../../analysis/words.ts';
import { type Chart, figure } from '../charts/draw.ts';
import { drawIntervals, type IntervalRow } from '../charts/intervals.ts';
import { at, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { effect } from '../show.ts';
import { table } from '../table.ts';
import { hypothesisTitle, measureTitles } from '../titles.ts';

type Judged = Located<Finding & { readonly effect: Effect }>;

const verdictNotes = {
  supported: 'supported',
  refuted: 'refuted',
  not_enough_data: 'not enough data',
} as const;

/** Ratios and shares have axes of their own. */
export function forest(findings: readonly Located<Finding>[]): Markup {
  const judged = findings.filter((finding): finding is Judged => finding.value.effect !== undefined);
  const ratios = judged.filter(({ value }) => value.effect.measure !== 'share');
  const shares = judged.filter(({ value }) => value.effect.measure === 'share');
  if (judged.length === 0) {
    return html`<p class="empty">No hypothesis could be compared yet, so there are no effects to draw.</p>`;
  }
  return html`${ratios.length > 0 && figure(ratioChart(ratios))}${shares.length > 0 && figure(shareChart(shares))}`;
}

function ratioChart(findings: readonly Judged[]): Chart {
  return {
    id: 'forest',
    title: 'How much more often the exposed ones ended',
    description: describe(findings),
    caption:
      'Effect with its 95 % interval, on a logarithmic axis. At 1 there is no difference; an interval that crosses 1 leaves it open. Filled: supported.',
    draw: (room) =>
      drawIntervals(findings.map(toRow), { kind: 'ratio', name: 'times as likely', format: tick }, room),
    table: effectTable(findings, 'Effect by hypothesis'),
  };
}

/** A power of ten. */
function tick(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 1 });
}

function shareChart(findings: readonly Judged[]): Chart {
  return {
    id: 'shares',
    title: 'Share of the unexpected ends',
    description: describe(findings),
    caption:
      'Where there is nobody to compare with, the share of the unexpected ends, with its 95 % interval. Filled: supported.',
    draw: (room) =>
      drawIntervals(
        findings.map(toRow),
        { kind: 'share', name: 'share of the unexpected ends', format: percent },
        room,
      ),
    table: effectTable(findings, 'Share by hypothesis'),
  };
}

function toRow({ value: { hypothesis, verdict, effect: found } }: Judged): IntervalRow {
  const { value, low, high, measure } = found;
  const format = measure === 'share' ? percent : ratio;
  const end = high === undefined ? ' and more' : ` to ${format(high)}`;
  return {
    label: hypothesisTitle(hypothesis),
    value,
    low,
    high,
    note: `${format(value)} (${format(low)}${end})`,
    strong: verdict === 'supported',
  };
}

function describe(findings: readonly Judged[]): string {
  return `${findings
    .map(
      ({ value }) =>
        `${hypothesisTitle(value.hypothesis)}: ${effectWords(value.effect, ' to ')}, ${verdictNotes[value.verdict]}`,
    )
    .join('. ')}.`;
}

function effectTable(findings: readonly Judged[], caption: string): Markup {
  return table(
    caption,
    [
      { title: 'Hypothesis', cell: ({ value }: Judged) => hypothesisTitle(value.hypothesis) },
      { title: 'Verdict', cell: ({ value }: Judged) => verdictNotes[value.verdict] },
      { title: 'Measure', cell: ({ value }: Judged) => measureTitles[value.effect.measure] },
      {
        title: 'Effect (95 % interval)',
        number: true,
        cell: (finding: Judged) => effect(at(finding, 'effect')),
      },
    ],
    findings,
  );
}
