import type { Cause } from './cause.ts';
import {
  matchCode,
  matchText,
  matchWording,
  minPrefix,
  noTexts,
  type PreparedTexts,
  prepareTexts,
  type ReasonMatch,
  readReason,
} from './match-reason.ts';

/** A cause that a code and a text allow, whatever was seen. */
export interface Fit {
  readonly cause: Cause;
  readonly match: ReasonMatch;
  /** The text is this cause's alone, but the code is none that it is known with. */
  readonly otherCode: boolean;
  /** Another text matched more of the reason. */
  readonly shorter: boolean;
}

interface Prepared {
  readonly texts: ReadonlyMap<Cause, PreparedTexts>;
  /** What fits the codes and reasons asked for last: sessions end with few different ones. */
  readonly remembered: Map<string, readonly Fit[]>;
}

const maxRemembered = 256;
/** Longer texts than any close frame carries are not worth remembering. */
const maxRememberedLength = 128;

const prepared = new WeakMap<readonly Cause[], Prepared>();

/**
 * The causes that a code and a text allow, in the order of the catalogue. Without a code, those that leave the connection
 * open; without a text, those that are known with the code.
 */
export function fit(
  code: number | undefined,
  reason: string | undefined,
  catalogue: readonly Cause[],
): readonly Fit[] {
  const { texts, remembered } = prepare(catalogue);
  const key = reason === undefined ? `${code}` : `${code} ${reason}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = compare(code, reason, catalogue, texts);
  if (remembered.size >= maxRemembered) remembered.clear();
  if (key.length <= maxRememberedLength + 5) remembered.set(key, found);
  return found;
}

function compare(
  code: number | undefined,
  reason: string | undefined,
  catalogue: readonly Cause[],
  texts: Prepared['texts'],
): readonly Fit[] {
  const read = reason === undefined ? undefined : readReason(reason);
  const found = catalogue.flatMap((cause): readonly Omit<Fit, 'shorter'>[] => {
    if (cause.wording !== undefined) return [];
    const codeFits = matchCode(cause, code);
    if (!codeFits && (code === undefined || cause.codes.length === 0)) return [];
    const own = texts.get(cause) ?? noTexts;
    const match = read === undefined ? own.atLeast : matchText(own, read);
    if (match.text === 'none') return [];
    if (!codeFits && (match.text !== 'specific' || match.length < minPrefix)) return [];
    return [{ cause, match, otherCode: !codeFits }];
  });
  if (read !== undefined && found.every(({ match }) => match.text === 'any')) {
    const worded = matchWording(
      catalogue.filter((cause) => matchCode(cause, code)),
      read,
    );
    if (worded !== undefined) found.push({ ...worded, otherCode: false });
  }
  const longest = Math.max(0, ...found.map(({ match }) => match.length));
  return found.map((entry) => ({
    ...entry,
    shorter: entry.match.length > 0 && entry.match.length < longest,
  }));
}

function prepare(catalogue: readonly Cause[]): Prepared {
  const known = prepared.get(catalogue);
  if (known !== undefined) return known;
  const made = { texts: prepareTexts(catalogue), remembered: new Map() };
  prepared.set(catalogue, made);
  return made;
}
