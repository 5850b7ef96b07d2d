import type { Cause } from './cause.ts';

/**
 * How well a code and a reason text fit a cause. `specific`: no other cause is known with this text. `shared`: two or
 * three have it. `generic`: more have it, as the default texts of the google.rpc statuses, or it is empty. `worded`: no
 * cause is known with it, and its words speak of this one. `any`: the cause comes with whatever text. `none`: it does
 * not fit.
 */
export type TextMatch = 'specific' | 'shared' | 'generic' | 'worded' | 'any' | 'none';

/** More causes than this with one text, and the text says nothing. */
const maxShared = 3;
/** Fewer letters than this could stand in any text. */
export const minPrefix = 10;
/** A reason is cut at 123 bytes, or up to three before that where a character would be cut in two. */
const cutAt = 120;
const ellipsis = /(?:…|\.\.\.)$/;
const utf8 = new TextEncoder();
/** No close frame carries more than 123 bytes; what is pasted by hand may be longer, and is not read further. */
const maxLength = 512;

/** A reason text made ready to be compared with. */
interface Pattern {
  /** What stands between the placeholders, in small letters. */
  readonly literals: readonly string[];
  readonly length: number;
  /** Has placeholders. */
  readonly wild: boolean;
  /** Begins with a placeholder. */
  readonly open: boolean;
  /** Causes that have the text. */
  readonly sharedBy: number;
}

/** The texts of one cause, prepared against those of all causes. */
export interface PreparedTexts {
  readonly patterns: readonly Pattern[];
  /** The least specific of them: what the cause stands on where the text is not known. */
  readonly atLeast: ReasonMatch;
}

/** A reason made ready by {@link readReason}. */
export interface Reason {
  readonly text: string;
  /** It breaks off: it has the length at which reasons are cut, or ends in an ellipsis. */
  readonly cut: boolean;
}

export interface ReasonMatch {
  readonly text: TextMatch;
  /** How many causes have the text that matched; 0 where none had to. */
  readonly sharedBy: number;
  /** Letters of the text that matched: where two texts with placeholders match, the longer says more. */
  readonly length: number;
}

/** Whether the text is known from a cause. */
export function isKnownText({ text }: ReasonMatch): boolean {
  return text === 'specific' || text === 'shared' || text === 'generic';
}

const noMatch: ReasonMatch = { text: 'none', sharedBy: 0, length: 0 };
const anyMatch: ReasonMatch = { text: 'any', sharedBy: 0, length: 0 };

/** Those of a cause that comes with any text. */
export const noTexts: PreparedTexts = { patterns: [], atLeast: anyMatch };

/** Prepares the texts of all causes once. */
export function prepareTexts(causes: readonly Cause[]): ReadonlyMap<Cause, PreparedTexts> {
  const sharing = new Map<string, number>();
  for (const { texts } of causes) {
    for (const text of new Set(texts.map(normalise))) sharing.set(text, (sharing.get(text) ?? 0) + 1);
  }
  const prepare = (text: string): Pattern => {
    const normalised = normalise(text);
    const pieces = normalised.split(/<[^<>]*>/);
    const literals = pieces.filter((piece) => piece !== '');
    return {
      literals,
      wild: pieces.length > 1,
      length: literals.reduce((sum, { length }) => sum + length, 0),
      open: pieces[0] === '',
      sharedBy: sharing.get(normalised) ?? 1,
    };
  };
  return new Map(
    causes.map((cause) => {
      const patterns = cause.texts.map(prepare);
      return [cause, { patterns, atLeast: leastSpecific(patterns) }];
    }),
  );
}

/** Small letters, single spaces. */
function normalise(text: string): string {
  return text.slice(0, maxLength).toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Makes a reason ready to be matched with many causes. */
export function readReason(reason: string): Reason {
  const text = normalise(reason);
  const whole = text.replace(ellipsis, '').trimEnd();
  return { text: whole, cut: whole.length < text.length || utf8.encode(text).length >= cutAt };
}

/** The first cause whose words the reason has; asked where no cause is known with the reason. */
export function matchWording(
  causes: readonly Cause[],
  { text }: Reason,
): { readonly cause: Cause; readonly match: ReasonMatch } | undefined {
  for (const cause of causes) {
    const found = cause.wording?.exec(text);
    if (found) return { cause, match: { text: 'worded', sharedBy: 0, length: found[0].length } };
  }
  return undefined;
}

/**
 * Matches a reason with the texts of a cause. A reason that breaks off matches by what is left, and one that goes on or
 * has something before it matches by what it holds. Takes time proportional to the texts.
 */
export function matchText({ patterns }: PreparedTexts, reason: Reason): ReasonMatch {
  if (patterns.length === 0) return anyMatch;
  let best = noMatch;
  for (const pattern of patterns) {
    const length = matchedLength(pattern, reason);
    if (length === undefined || (best !== noMatch && length <= best.length)) continue;
    best = { text: kindOf(pattern), sharedBy: length > 0 ? pattern.sharedBy : 0, length };
  }
  return best;
}

/**
 * Whether a cause is known with a code; without one, whether it is a stall. Codes of 4000 and more are private to
 * applications (RFC 6455, 7.4.2): one of them in the catalogue stands for all.
 */
export function matchCode({ codes }: Cause, code: number | undefined): boolean {
  if (code === undefined) return codes.length === 0;
  return codes.includes(code) || (code >= 4000 && codes.some((known) => known >= 4000));
}

function kindOf({ length, wild, sharedBy }: Pattern): TextMatch {
  if (length === 0 && wild) return 'any';
  if (length === 0 || sharedBy > maxShared) return 'generic';
  return sharedBy > 1 ? 'shared' : 'specific';
}

function leastSpecific(patterns: readonly Pattern[]): ReasonMatch {
  const matches = patterns.map((pattern) => ({
    text: kindOf(pattern),
    sharedBy: pattern.sharedBy,
    length: 0,
  }));
  const order: readonly TextMatch[] = ['any', 'generic', 'shared', 'specific'];
  const least = order.find((kind) => matches.some(({ text }) => text === kind));
  return matches.find(({ text }) => text === least) ?? anyMatch;
}

/** Letters that matched; `undefined` where it does not match. */
function matchedLength(
  { literals, length, wild, open }: Pattern,
  { text: reason, cut }: Reason,
): number | undefined {
  if (length === 0) return wild || reason === '' ? 0 : undefined;
  if (reason === '') return undefined;
  let [at, matched] = [0, 0];
  for (let index = 0; index < literals.length; index++) {
    const literal = literals[index] ?? '';
    const found = reason.indexOf(literal, at);
    if (found === -1) {
      const atStart = index === 0 && !open;
      const left = brokenOff(literal, atStart ? reason : reason.slice(at), atStart);
      return (cut || left > 0) && matched + left >= minPrefix ? matched + left : undefined;
    }
    at = found + literal.length;
    matched += literal.length;
  }
  return matched;
}

/** How much of a text stands at the end of what is left of the reason; all of what is left, at the start. */
function brokenOff(literal: string, rest: string, atStart: boolean): number {
  if (atStart) return literal.startsWith(rest) ? rest.length : 0;
  for (let size = Math.min(literal.length - 1, rest.length); size > 0; size--) {
    if (rest.endsWith(literal.slice(0, size))) return size;
  }
  return 0;
}
