import { readFile, writeFile } from 'node:fs/promises';
import type { ReasonVerdict } from './reasons.ts';
import { percent, usedHypotheses } from './render-text.ts';
import { goals, type Score } from './score.ts';
import { falsePerThousandMinutes, type SilenceScore, silenceGoals } from './silence/score.ts';

const page = new URL('../../docs/diagnosis.md', import.meta.url);
const begin = '<!-- begin: npm run eval:diagnosis -- --write -->';
const end = '<!-- end: npm run eval:diagnosis -- --write -->';

export interface Scores {
  readonly tune: Score;
  readonly kept: Score;
}

export interface Silences {
  readonly tune: SilenceScore;
  readonly kept: SilenceScore;
}

/** Rewrites the part of the page between the two comments, or adds it at the end. */
export async function writePage(
  scores: Scores,
  silences: Silences,
  reasons: readonly ReasonVerdict[],
): Promise<void> {
  const text = await readFile(page, 'utf8').catch(() => '# Diagnosis\n');
  const part = `${begin}\n${markdown(scores, silences, reasons)}\n${end}`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  const section = `${heading}\n\n${part}`;
  const next =
    from >= 0 && to > from
      ? text.slice(0, from) + part + text.slice(to + end.length)
      : text.includes(placeholder)
        ? text.replace(placeholder, section)
        : `${text.trimEnd()}\n\n${section}\n`;
  await writeFile(page, next);
}

/** Where the section goes at first. */
const placeholder = '<!-- Figures of the benchmark go here. -->';

const heading = `## How often it is right

Labelled scenarios, written from what is known of the closures and not from the rules, are played through the real
client library and a real socket against the simulator, in simulated time and with noise: other tools, other sessions,
audio, empty frames. Many come in pairs that differ in one thing only, and in some the right answer is that nothing can
be said. Three tenths, chosen by a hash of their names, were kept from those who tuned the rules.
It measures the rules against what is known, and what is known comes from reports: it says nothing of how often each
ending occurs, nor of endings that nobody has described.
\`npm run eval:diagnosis\` repeats it.`;

function markdown({ tune, kept }: Scores, silences: Silences, reasons: readonly ReasonVerdict[]): string {
  const complete = reasons.filter(({ missing }) => missing.length === 0).length;
  const row = (name: string, goal: string, value: (score: Score) => string): string =>
    `| ${name} | ${goal} | ${value(tune)} | ${value(kept)} |`;
  return [
    '| | goal | tuned on | kept apart |',
    '|---|---|---|---|',
    row('scenarios', '', ({ scenarios }) => String(scenarios)),
    row('hypothesis right', `≥ ${goals.hypothesisTop1 * 100} %`, ({ hypothesisTop1 }) =>
      percent(hypothesisTop1),
    ),
    row('hypothesis among the first three', '', ({ hypothesisTop3 }) => percent(hypothesisTop3)),
    row('cause right, where it can be observed', `≥ ${goals.causeTop1 * 100} %`, ({ causeTop1 }) =>
      percent(causeTop1),
    ),
    row('cause among the first three', '', ({ causeTop3 }) => percent(causeTop3)),
    row('abstained where that is right', '', ({ abstained }) => percent(abstained)),
    row(
      'confidence high or medium, hypothesis wrong',
      `≤ ${goals.confidentlyWrong * 100} %`,
      ({ confidentlyWrong }) => percent(confidentlyWrong),
    ),
    row(
      'time for a closure, median',
      `< ${goals.microseconds} µs`,
      ({ microseconds }) => `below ${bound(microseconds.median)} µs`,
    ),
    row('time, 99 of 100 closures', '', ({ microseconds }) => `below ${bound(microseconds.p99)} µs`),
    '',
    'How often the hypothesis is right, by the confidence that was stated:',
    '',
    '| confidence | goal | tuned on | kept apart |',
    '|---|---|---|---|',
    ...tune.calibration.map(({ confidence, right }, index) => {
      const goal = confidence === 'high' ? `≥ ${goals.highRight * 100} %` : '';
      return `| ${confidence} | ${goal} | ${percent(right)} | ${percent(kept.calibration[index]?.right ?? none)} |`;
    }),
    '',
    'Silences and healthy talk:',
    '',
    '| | goal | tuned on | kept apart |',
    '|---|---|---|---|',
    `| kinds of conversation | | ${silences.tune.kinds} | ${silences.kept.kinds} |`,
    `| silences told of before they were over | ≥ ${silenceGoals.found * 100} % | ${percent(silences.tune.found)} | ${percent(silences.kept.found)} |`,
    `| healthy minutes | | ${minutes(silences.tune)} | ${minutes(silences.kept)} |`,
    `| false stalls in 1,000 of them | ≤ ${silenceGoals.falsePerThousandMinutes} | ${falseShare(silences.tune)} | ${falseShare(silences.kept)} |`,
    '',
    `Reason texts alone (whole, cut, with other capitals): all known causes are among the candidates for ${complete} of ${reasons.length}.`,
    '',
    'What was said (columns) of what is true (rows), the part that was kept apart:',
    '',
    ...confusionTable(kept),
  ].join('\n');
}

const none = { right: 0, of: 0 };

function minutes({ healthyMinutes }: SilenceScore): string {
  return Math.round(healthyMinutes).toLocaleString('en');
}

function falseShare(score: SilenceScore): string {
  return `${falsePerThousandMinutes(score).toFixed(2)} (${score.falseStalls} in all)`;
}

/** Times differ from run to run; the page does not have to. */
function bound(microseconds: number): number {
  return Math.ceil(microseconds / 10) * 10;
}

function confusionTable({ confusion }: Score): readonly string[] {
  const used = usedHypotheses(confusion);
  const cells = (truth: string): readonly string[] => {
    const row = confusion.find((one) => one.truth === truth);
    return used.map((said) => String([...(row?.said ?? [])].find(([one]) => one === said)?.[1] ?? ''));
  };
  return [
    `| | ${used.map((one) => `\`${one}\``).join(' | ')} |`,
    `|---|${used.map(() => '---:|').join('')}`,
    ...used
      .filter((truth) => confusion.some((row) => row.truth === truth))
      .map((truth) => `| \`${truth}\` | ${cells(truth).join(' | ')} |`),
  ];
}
