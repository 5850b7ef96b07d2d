/** How often the report was right. */
import type { Judged, Result } from './judge.ts';
import type { Promised } from './promise.ts';

/** So many of so many. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

export interface Score {
  readonly populations: number;
  readonly sessions: number;
  /** Planted ones that were named, where the data suffices. */
  readonly named: Share;
  /** The same, of those that are not the largest of their population. */
  readonly weakerNamed: Share;
  /** Where the data is short. */
  readonly shortNamed: Share;
  /** True of a tenth of the ends and more, and refuted. */
  readonly refuted: Share;
  /** Populations in which an innocent one was named. */
  readonly accused: Share;
  /** Populations of nothing but the background in which nothing innocent was named. */
  readonly none: Share;
  /** Intervals of "accounts for" of supported ones that hold the truth. */
  readonly covered: Share;
  /** Of those that are not supported: the truth is above what it may account for at most. */
  readonly aboveBound: Share;
  /** Where one cause is the main one and the data suffices: the first remedy is its. */
  readonly firstRemedy: Share;
  /** Populations of the background alone that were looked at twenty times: an innocent one named at any look. */
  readonly everAccused: Share;
  /** The same, and said to hold for whoever looks again and again. */
  readonly everAccusedForGood: Share;
  /** Promises of "N more sessions", and what became of them. */
  readonly promises: readonly Promised[];
  /** The closures' own diagnoses that are wrong, and those of them with medium or high confidence. */
  readonly wrongDiagnoses: Share;
  readonly confidentlyWrong: Share;
}

export interface FamilyScore extends Score {
  readonly family: string;
}

export const goals = {
  named: 0.95,
  accused: 0.05,
  refuted: 0.01,
  none: 0.97,
  firstRemedy: 0.95,
  covered: [0.93, 0.97],
} as const;

/** Populations from which on a family has to meet the goal by itself. */
export const enoughOfFamily = 20;

export function score(results: readonly Result[]): Score {
  const truths = results.flatMap((result) => result.truths);
  const planted = truths.filter((truth) => truth.planted);
  const due = planted.filter(({ suffices }) => suffices);
  const weaker = results.flatMap((result) =>
    result.truths.slice(1).filter((one) => one.planted && one.suffices),
  );
  const bare = results.filter((result) => result.bare);
  const remedies = results.flatMap(({ firstRemedy }) => (firstRemedy ? [firstRemedy] : []));
  const diagnoses = results.map((result) => result.diagnoses);
  const looks = results.flatMap((result) => (result.looks ? [result.looks] : []));
  const told = sum(diagnoses, (one) => one.right + one.abstained + one.wrong);
  return {
    populations: results.length,
    sessions: sum(results, ({ sessions }) => sessions),
    named: share(due, isNamed),
    weakerNamed: share(weaker, isNamed),
    shortNamed: share(
      planted.filter(({ suffices, deaths }) => !suffices && deaths > 0),
      isNamed,
    ),
    refuted: share(
      truths.filter(({ share: of, deaths }) => of >= 0.1 && deaths >= 5),
      ({ verdict }) => verdict === 'refuted',
    ),
    accused: share(results, ({ accused }) => accused.length > 0),
    none: share(bare, ({ accused }) => accused.length === 0),
    covered: share(
      truths.filter(({ covered }) => covered !== undefined),
      ({ covered }) => covered === true,
    ),
    aboveBound: share(
      truths.filter(({ bounded }) => bounded !== undefined),
      ({ bounded }) => bounded === false,
    ),
    firstRemedy: share(remedies, ({ right }) => right),
    everAccused: share(looks, ({ accused }) => accused),
    everAccusedForGood: share(looks, ({ accusedForGood }) => accusedForGood),
    promises: results.flatMap(({ promised }) => promised),
    wrongDiagnoses: { right: sum(diagnoses, ({ wrong }) => wrong), of: told },
    confidentlyWrong: { right: sum(diagnoses, ({ confidentlyWrong }) => confidentlyWrong), of: told },
  };
}

export function byFamily(results: readonly Result[]): readonly FamilyScore[] {
  const names = [...new Set(results.map(({ family }) => family))];
  return names.map((family) => ({ family, ...score(results.filter((result) => result.family === family)) }));
}

function isNamed({ verdict }: Judged): boolean {
  return verdict === 'supported';
}

/** Those that came true. */
export function promisesKept(promises: readonly Promised[]): Share {
  return share(promises, ({ kept }) => kept);
}

function share<T>(items: readonly T[], isRight: (item: T) => boolean): Share {
  return { right: items.filter(isRight).length, of: items.length };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

export function ratio({ right, of }: Share): number {
  return of === 0 ? 0 : right / of;
}

/** Sentences on what is missed; none where all is met. `slack`: so far below the goal is still fine, for a small sample. */
export function misses(results: readonly Result[], slack = 0): readonly string[] {
  const { named, accused, refuted, none, firstRemedy, covered } = score(results);
  const below = (what: string, one: Share, goal: number): readonly string[] =>
    one.of > 0 && ratio(one) < goal - slack ? [`${what}: ${percent(one)}, the goal is ${goal * 100} %.`] : [];
  const above = (what: string, one: Share, goal: number): readonly string[] =>
    one.of > 0 && ratio(one) > goal + slack
      ? [`${what}: ${percent(one)}, the goal is at most ${goal * 100} %.`]
      : [];
  return [
    ...below('Named, where the data suffices', named, goals.named),
    ...above('With an innocent one named', accused, goals.accused),
    ...above('Refuted, and true', refuted, goals.refuted),
    ...below('Nothing named where nothing is planted', none, goals.none),
    ...below('First remedy right', firstRemedy, goals.firstRemedy),
    ...below('Intervals that hold the truth', covered, goals.covered[0]),
    ...(slack > 0 ? [] : above('Intervals that hold the truth', covered, goals.covered[1])),
    ...(slack > 0 ? [] : byFamily(results))
      .filter(({ populations }) => populations >= enoughOfFamily)
      .flatMap(({ family, accused: own }) => above(`Innocents in "${family}"`, own, goals.accused)),
  ];
}

export function percent(one: Share): string {
  return one.of === 0 ? '–' : `${(ratio(one) * 100).toFixed(1)} % (${one.right} of ${one.of})`;
}
