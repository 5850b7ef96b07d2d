/** The scorecard and what it rests on, as Markdown. Pure. */

import type { Dose, Finding, Scorecard } from '../../../analysis/scorecard/scorecard.ts';
import { hypothesisTitles, proportion, pValue, testWords, verdictTitles } from '../../../analysis/words.ts';
import { count } from '../../../conventions/words.ts';
import { countedCell, effectOf, ranked, shareCell, statements } from '../scorecard-rows.ts';
import { doseRange } from '../text/dose.ts';
import { code, prose } from './escape.ts';
import { type Column, table } from './table.ts';

const columns: readonly Column<Finding>[] = [
  { title: 'hypothesis', value: ({ hypothesis }) => hypothesisTitles[hypothesis] },
  {
    title: 'what the data say',
    value: ({ verdict }) => (verdict === 'supported' ? '**supported**' : verdictTitles[verdict]),
  },
  { title: 'of the unexpected ends', align: 'right', value: (finding) => shareCell(finding) ?? '–' },
  {
    title: 'effect (95 % interval)',
    value: (finding) => effectOf(finding, { dash: '–', times: ' times the' }) ?? '–',
  },
  { title: 'counted', value: (finding) => prose(countedCell(finding)) },
];

export function scorecardTable(scorecard: Scorecard): readonly string[] {
  return table(columns, ranked(scorecard));
}

/** The supported ones in full, the others in a sentence. */
export function evidence(scorecard: Scorecard): readonly string[] {
  const supported = ranked(scorecard).filter(({ verdict }) => verdict === 'supported');
  return [
    ...supported.flatMap(findingLines),
    ...others(scorecard, 'refuted'),
    ...others(scorecard, 'not_enough_data'),
    prose(scorecard.correction),
    '',
  ];
}

function findingLines(finding: Finding): readonly string[] {
  const { hypothesis, statement, comparisons, dose, experiment, caveats } = finding;
  const [first] = comparisons;
  return [
    `### Supported: ${hypothesisTitles[hypothesis]}`,
    '',
    prose(statement),
    '',
    ...(dose ? doseLines(dose) : []),
    ...(first ? [`- test: ${prose(testWords(first))}`] : []),
    ...caveats.map((caveat) => `- but: ${prose(caveat)}`),
    `- to settle it: ${prose(experiment.text)}${experiment.command === undefined ? '' : ` ${code(experiment.command)}`}`,
    '',
  ];
}

function doseLines(dose: Dose): readonly string[] {
  const doseColumns: readonly Column<Dose['bins'][number]>[] = [
    { title: prose(dose.quantity), value: (bin) => doseRange(bin, dose.unit) },
    {
      title: 'ended',
      align: 'right',
      value: ({ closures, units }) => `${count(closures)} of ${count(units)}`,
    },
    { title: 'share (95 % interval)', value: ({ share }) => (share ? proportion(share) : '–') },
  ];
  const bins = dose.bins.filter(({ units }) => units > 0);
  const trend = dose.trendP === undefined ? [] : [`Trend: ${prose(pValue(dose.trendP))}.`, ''];
  return [...table(doseColumns, bins), '', ...trend];
}

function others({ findings }: Scorecard, verdict: Finding['verdict']): readonly string[] {
  const said = statements(findings.filter((finding) => finding.verdict === verdict));
  if (said.length === 0) return [];
  return [
    `### ${verdictTitles[verdict].replace(/^./, (letter) => letter.toUpperCase())}`,
    '',
    ...said.map(({ titles, statement }) => `- ${titles.join(', ')}: ${prose(statement)}`),
    '',
  ];
}
