import type { Cause } from './cause.ts';
import { isKnownText, type ReasonMatch } from './match-reason.ts';

/** A known text that is worded alike. That says nothing of its being the same. */
export interface NearText {
  /** As the catalogue has it. */
  readonly text: string;
  /** Causes that have it. */
  readonly causes: readonly Cause[];
  /** 0 to 1: how much of their wording the two share, where rare words count for more. */
  readonly likeness: number;
}

interface Known {
  readonly text: string;
  readonly causes: Cause[];
  readonly words: ReadonlySet<string>;
  weight: number;
}

interface Index {
  readonly byWord: ReadonlyMap<string, readonly Known[]>;
  readonly weights: ReadonlyMap<string, number>;
  readonly unseen: number;
}

const most = 3;
/** Less of it is a word or two that any text has. */
const least = 0.3;
const longest = 512;
const indexes = new WeakMap<readonly Cause[], Index>();

/** Known texts that are worded like this one, the likest first, three at most. Pure. */
export function nearTexts(reason: string, catalogue: readonly Cause[]): readonly NearText[] {
  const { byWord, weights, unseen } = indexOf(catalogue);
  const words = wordsOf(reason);
  const weightOf = (word: string): number => weights.get(word) ?? unseen;
  const own = [...words].reduce((sum, word) => sum + weightOf(word), 0);
  const shared = new Map<Known, number>();
  for (const word of words) {
    for (const known of byWord.get(word) ?? []) shared.set(known, (shared.get(known) ?? 0) + weightOf(word));
  }
  return [...shared]
    .map(([{ text, causes, weight }, common]) => ({ text, causes, likeness: (2 * common) / (own + weight) }))
    .filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most);
}

function indexOf(catalogue: readonly Cause[]): Index {
  const made = indexes.get(catalogue);
  if (made !== undefined) return made;
  const known = new Map<string, Known>();
  for (const cause of catalogue) {
    for (const text of cause.texts) {
      const words = wordsOf(text);
      const entry = known.get(text) ?? { text, causes: [], words, weight: 0 };
      entry.causes.push(cause);
      if (words.size > 0) known.set(text, entry);
    }
  }
  const byWord = new Map<string, Known[]>();
  for (const entry of known.values()) {
    for (const word of entry.words) byWord.set(word, [...(byWord.get(word) ?? []), entry]);
  }
  const rarity = (count: number): number => Math.log((known.size + 1) / count);
  const weights = new Map([...byWord].map(([word, { length }]) => [word, rarity(length)]));
  for (const entry of known.values()) {
    for (const word of entry.words) entry.weight += weights.get(word) ?? 0;
  }
  const index = { byWord, weights, unseen: rarity(1) };
  indexes.set(catalogue, index);
  return index;
}

/** Words of letters; what varies, such as numbers and names of models, is left out. */
function wordsOf(text: string): ReadonlySet<string> {
  const plain = text
    .slice(0, longest)
    .toLowerCase()
    .replace(/<[^<>]*>/g, ' ');
  return new Set(plain.match(/(?<![\w/.-])[a-z_]{2,}(?![\w/-])/g) ?? []);
}

/** What to say of a text that none of the candidates is known with: nothing where there is none. */
export function describeUnknownText(
  reason: string,
  candidates: readonly { readonly match: ReasonMatch }[],
  catalogue: readonly Cause[],
): readonly string[] {
  return candidates.some(({ match }) => isKnownText(match)) ? [] : describeNearTexts(reason, catalogue);
}

/** What to say of a text that no cause is known with: nothing where there is none. */
export function describeNearTexts(reason: string, catalogue: readonly Cause[]): readonly string[] {
  if (reason === '') return [];
  const near = nearTexts(reason, catalogue);
  if (near.length === 0) return ['No cause is known with this reason text.'];
  const said = near.map(({ text, causes }) => `"${text}" (${titles(causes)})`);
  return [
    `No cause is known with this reason text. Worded alike, and not known to be the same: ${said.join('; ')}.`,
  ];
}

function titles(causes: readonly Cause[]): string {
  const [first, ...more] = causes;
  return `${first?.title ?? ''}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}
