/** Figures as text and as Markdown. */
import { type ChangeResult, isOpposite, isRight } from './changes.ts';
import type { Result } from './judge.ts';
import type { Promised } from './promise.ts';
import { byFamily, goals, percent, promisesKept, type Score, score } from './score.ts';

/** What went wrong, by family, for those who tune. */
export function missesText(results: readonly Result[]): string {
  return results
    .flatMap(({ family, seed, sessions, deaths, truths, accused, firstRemedy }) => {
      const lines = [
        ...accused.map(({ hypothesis, statement }) => `  !! accused ${hypothesis}: ${statement}`),
        ...truths.flatMap(
          ({ hypothesis, planted, suffices, verdict, statement, share, deaths: own, covered, bounded }) => {
            const truth = `${hypothesis} is true of ${(share * 100).toFixed(0)} % (${own})`;
            const refuted = verdict === 'refuted' && share >= 0.1 && own >= 5;
            return [
              ...(refuted ? [`  !! refuted: ${truth}. ${statement}`] : []),
              ...(planted && suffices && verdict === 'not_enough_data'
                ? [`  missed: ${truth}. ${statement}`]
                : []),
              ...((covered === false || bounded === false) && !refuted
                ? [`  interval: ${truth}. ${statement}`]
                : []),
            ];
          },
        ),
        ...(firstRemedy?.right === false ? [`  first remedy: said ${firstRemedy.said}`] : []),
      ];
      return lines.length === 0
        ? []
        : [`${family}, seed ${seed}: ${sessions} sessions, ${deaths} unexpected ends`, ...lines];
    })
    .join('\n');
}

export function scoreText(title: string, results: readonly Result[]): string {
  const one = score(results);
  return [
    `${title}: ${one.populations} populations, ${one.sessions} sessions`,
    ...rows.map(([name, , value]) => `  ${name.padEnd(62)} ${value(one)}`),
    '',
    ...byFamily(results).map(
      ({ family, populations, named, refuted, accused, covered, firstRemedy }) =>
        `  ${family.padEnd(50)} ${String(populations).padStart(3)}  named ${short(named)}  refuted ${short(refuted)}  accused ${short(accused)}  covered ${short(covered)}  remedy ${short(firstRemedy)}`,
    ),
  ].join('\n');
}

function short({ right, of }: { readonly right: number; readonly of: number }): string {
  return of === 0 ? '–'.padEnd(7) : `${right}/${of}`.padEnd(7);
}

function promiseText(promises: readonly Promised[]): string {
  const expected = promises.reduce((sum, { chance }) => sum + chance, 0);
  return `${percent(promisesKept(promises))} (${expected.toFixed(1)})`;
}

const promiseBands: readonly { readonly words: string; readonly of: (promised: Promised) => boolean }[] = [
  { words: 'up to half as many again', of: ({ sessions, after }) => sessions <= after / 2 },
  {
    words: 'up to twice as many again',
    of: ({ sessions, after }) => sessions > after / 2 && sessions <= 2 * after,
  },
  { words: 'more', of: ({ sessions, after }) => sessions > 2 * after },
];

const rows: readonly (readonly [string, string, (one: Score) => string])[] = [
  ['planted cause named, where the data suffices', `≥ ${goals.named * 100} %`, ({ named }) => percent(named)],
  ['the same, where it is the weaker of several', '', ({ weakerNamed }) => percent(weakerNamed)],
  ['named, where the data is short', '', ({ shortNamed }) => percent(shortNamed)],
  [
    'true of a tenth of the ends or more, and refuted',
    `≤ ${goals.refuted * 100} %`,
    ({ refuted }) => percent(refuted),
  ],
  [
    'populations with an innocent hypothesis named',
    `≤ ${goals.accused * 100} %`,
    ({ accused }) => percent(accused),
  ],
  ['nothing innocent named where nothing is planted', `≥ ${goals.none * 100} %`, ({ none }) => percent(none)],
  [
    'intervals of "accounts for" that hold the truth',
    `${goals.covered[0] * 100}–${goals.covered[1] * 100} %`,
    ({ covered }) => percent(covered),
  ],
  ['not supported, and true of more than it may account for', '', ({ aboveBound }) => percent(aboveBound)],
  [
    'first remedy is that of the main cause',
    `≥ ${goals.firstRemedy * 100} %`,
    ({ firstRemedy }) => percent(firstRemedy),
  ],
  [
    'looked at twenty times, an innocent one named at some look',
    '',
    ({ everAccused }) => percent(everAccused),
  ],
  ['the same, and said to hold all the same', '', ({ everAccusedForGood }) => percent(everAccusedForGood)],
  [
    '"N more sessions" that told (as many as were to by the chances stated)',
    '',
    ({ promises }) => promiseText(promises),
  ],
  ...promiseBands.map(
    ({ words, of }) =>
      [`of those: ${words}`, '', ({ promises }: Score) => promiseText(promises.filter(of))] as const,
  ),
  ['diagnoses of single closures that are wrong', '', ({ wrongDiagnoses }) => percent(wrongDiagnoses)],
  ['of those with medium or high confidence', '', ({ confidentlyWrong }) => percent(confidentlyWrong)],
];

export function changesText(results: readonly ChangeResult[]): string {
  return changeRows(results)
    .map(({ family, of, right, opposite, answer }) =>
      [
        `  ${family.padEnd(60)} right ${right}/${of}  opposite ${opposite}/${of}`,
        ...(opposite > 0 ? [`    ${answer}`] : []),
      ].join('\n'),
    )
    .join('\n');
}

interface ChangeRow {
  readonly family: string;
  readonly of: number;
  readonly right: number;
  readonly opposite: number;
  readonly answer: string;
}

function changeRows(results: readonly ChangeResult[]): readonly ChangeRow[] {
  return [...new Set(results.map(({ family }) => family))].map((family) => {
    const own = results.filter((one) => one.family === family);
    return {
      family,
      of: own.length,
      right: own.filter(isRight).length,
      opposite: own.filter(isOpposite).length,
      answer: own.find(isOpposite)?.answer ?? '',
    };
  });
}

export function markdown(
  tuned: readonly Result[],
  kept: readonly Result[],
  changes: readonly ChangeResult[],
): string {
  const [own, apart] = [score(tuned), score(kept)];
  return [
    '| | goal | tuned on | kept apart |',
    '|---|---|---|---|',
    `| populations (sessions) | | ${own.populations} (${own.sessions}) | ${apart.populations} (${apart.sessions}) |`,
    ...rows.map(([name, goal, value]) => `| ${name} | ${goal} | ${value(own)} | ${value(apart)} |`),
    '',
    'The part that was kept apart, by family:',
    '',
    '| | populations | named | refuted | with an innocent one | intervals | first remedy |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...byFamily(kept).map(
      ({ family, populations, named, refuted, accused, covered, firstRemedy }) =>
        `| ${family} | ${populations} | ${short(named)} | ${short(refuted)} | ${short(accused)} | ${short(covered)} | ${short(firstRemedy)} |`,
    ),
    '',
    'Two periods compared (`--compare`), by what changed between them. *Opposite*: a change where there is none, or the wrong way round.',
    '',
    '| | pairs | right | opposite |',
    '|---|---:|---:|---:|',
    ...changeRows(changes).map(
      ({ family, of, right, opposite }) => `| ${family} | ${of} | ${right} | ${opposite} |`,
    ),
  ].join('\n');
}
