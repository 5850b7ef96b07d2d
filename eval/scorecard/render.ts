/** Figures as text and as Markdown. */
import { goals, type Result, ratio, type Score, type Share } from './score.ts';

export function percent(share: Share): string {
  return share.of === 0 ? '–' : `${(ratio(share) * 100).toFixed(1)} % (${share.right} of ${share.of})`;
}

/** What went wrong, for those who tune. */
export function missesText(results: readonly Result[]): string {
  return results
    .flatMap(({ population, card, closures, planted, accused }) => {
      const missed = planted.filter(({ suffices, verdict }) => suffices && verdict !== 'supported');
      if (missed.length === 0 && accused.length === 0) return [];
      const { name, sessions, background, mislabelled, planted: plants, confounders } = population;
      const told = [...accused, ...missed.map(({ plant }) => plant.hypothesis)].map((hypothesis) => {
        const finding = card.findings.find((one) => one.hypothesis === hypothesis);
        const [first] = finding?.comparisons ?? [];
        return `  ${finding?.verdict} ${hypothesis}: ${finding?.statement} [${first?.test}, p ${first?.p?.toPrecision(2)}, corrected ${first?.adjustedP?.toPrecision(2)}]`;
      });
      return [
        `${accused.length > 0 ? '!! ' : ''}${name}: ${sessions} sessions, ${closures} unexpected ends, background ${background.toFixed(3)}, wrong diagnoses ${mislabelled.toFixed(2)} ${JSON.stringify(plants)} ${JSON.stringify(confounders)}`,
        ...told,
      ];
    })
    .join('\n');
}

export function scoreText(title: string, one: Score): string {
  const { short } = one;
  return [
    `${title}: ${one.populations} populations`,
    `  planted one named, where the data suffices   ${percent(one.named)}`,
    `  refuted all the same                         ${percent(one.refuted)}`,
    `  where it does not: named, open, refuted      ${short.named}, ${short.open}, ${short.refuted}`,
    `  populations with an innocent one named       ${percent(one.accused)}`,
    `  innocent ones named                          ${percent(one.accusedOfAll)}`,
    `  nothing named where nothing was planted      ${percent(one.none)}`,
    ...one.families.map(
      ({ family, populations, named, shortNamed, accused }) =>
        `  ${family.padEnd(28)} ${String(populations).padStart(4)}  named ${percent(named).padEnd(20)} short ${percent(shortNamed).padEnd(20)} accused ${accused.right}`,
    ),
  ].join('\n');
}

export function markdown(tuned: Score, kept: Score): string {
  const row = (name: string, goal: string, value: (one: Score) => string): string =>
    `| ${name} | ${goal} | ${value(tuned)} | ${value(kept)} |`;
  return [
    '| | goal | tuned on | kept apart |',
    '|---|---|---|---|',
    row('populations', '', ({ populations }) => String(populations)),
    row('planted cause named, where the data suffices', `≥ ${goals.named * 100} %`, ({ named }) =>
      percent(named),
    ),
    row('planted cause refuted, although the data suffices', '', ({ refuted }) => percent(refuted)),
    row(
      'populations in which an innocent explanation was named',
      `≤ ${goals.accused * 100} %`,
      ({ accused }) => percent(accused),
    ),
    row('innocent explanations named, of all', '', ({ accusedOfAll }) => percent(accusedOfAll)),
    row('nothing named where nothing was planted', '', ({ none }) => percent(none)),
    row(
      'where the data is short: named, not enough data, refuted',
      '',
      ({ short }) => `${short.named}, ${short.open}, ${short.refuted}`,
    ),
    '',
    'The part that was kept apart, by what was planted:',
    '',
    '| | populations | named, where the data suffices | named, where it is short | with an innocent one named |',
    '|---|---:|---:|---:|---:|',
    ...kept.families.map(
      ({ family, populations, named, shortNamed, accused }) =>
        `| ${family} | ${populations} | ${percent(named)} | ${percent(shortNamed)} | ${accused.right} |`,
    ),
  ].join('\n');
}
