import type { Category, Initiator } from '../conventions/vocabulary.ts';
import type { Cause } from './cause.ts';
import { type Fit, fit } from './fit.ts';
import type { ReasonMatch } from './match-reason.ts';
import type { SignalId } from './signals/signals.ts';
import { isOrdinary, requirements, weigh } from './weight.ts';

/**
 * What the parts of a score count. A specific text outweighs all else; short of that the signals decide, and among
 * equals the confidence of the cause and then {@link decisionOrder}. What a signal counts is multiplied by how much it
 * tells: 1 when one cause names it, near 0 when all do.
 */
export const points = {
  text: { specific: 20, worded: 8, shared: 4, generic: 2, any: 0 },
  /** Another text matched more of the reason. */
  shorterText: -4,
  required: 3,
  /** For the most telling of those of which one is required. */
  requiredOneOf: 1.5,
  supporting: 1,
  against: -2.5,
  confidence: { high: 1, medium: 0.5, low: -0.5 },
  otherApi: -2,
  /** A specific text with a code that the cause is not known with. */
  otherCode: -6,
  /** A required signal that was not seen, where the text is specific; otherwise that excludes the cause. */
  missing: -3,
  /** A required signal of which it is not known whether it was there, where others are known. */
  unknown: -1,
  /** For each step of the decision order. */
  order: 0.02,
} as const;

/** What is looked at first, where all else is equal. */
const decisionOrder: readonly Category[] = [
  'client',
  'process',
  'setup',
  'credentials',
  'quota',
  'lifetime',
  'tools',
  'input',
  'context',
  'transport',
  'server',
];

/** Signals that were seen; a map from each to its sentence will do. */
export type Signals = Pick<ReadonlySet<SignalId>, 'has' | 'size'>;

export interface RankInput {
  /** Close code; `undefined` where the session did not end, for causes that are stalls. */
  readonly code: number | undefined;
  /** Reason text; `undefined` where it is not known, which an empty one is not. */
  readonly reason: string | undefined;
  /** `undefined` where it is not known. */
  readonly api?: 'gemini' | 'vertex';
  /** `undefined` where it is not known. */
  readonly initiator?: Initiator;
  readonly seen: Signals;
  /** What not being in `seen` means. */
  readonly rest: 'absent' | 'unknown';
}

/** A cause that fits, and how well. */
export interface Candidate {
  readonly cause: Cause;
  /** That of the cause, given how far the session had come. */
  readonly hypothesis: Cause['hypothesis'];
  readonly category: Cause['category'];
  readonly score: number;
  readonly match: ReasonMatch;
  /**
   * What the text leaves no choice of: the `cause`, where no other has it or what the others take was looked for and not
   * seen; its `hypothesis`, where all that have it are of one.
   */
  readonly textDecides: 'cause' | 'hypothesis' | undefined;
  /** Required and supporting signals that were seen, most telling first. */
  readonly speakFor: readonly SignalId[];
  readonly speakAgainst: readonly SignalId[];
  /** Required signals that were not seen. */
  readonly missing: readonly SignalId[];
  /** One of these would have to be seen, and none was. */
  readonly missingOneOf: readonly SignalId[];
  readonly otherApi: boolean;
  readonly otherCode: boolean;
}

/** What does not depend on the session, per cause. */
interface Standing {
  /** From the confidence of the cause and the order of decision. */
  readonly prior: number;
  /** Required and supporting signals, each once, most telling first. */
  readonly signals: readonly SignalId[];
}

interface Index {
  readonly weights: ReadonlyMap<SignalId, number>;
  readonly standings: ReadonlyMap<Cause, Standing>;
}

const indexes = new WeakMap<readonly Cause[], Index>();

/** The causes that fit, best first. Deterministic: depends on nothing but its arguments. */
export function rank(input: RankInput, catalogue: readonly Cause[]): readonly Candidate[] {
  const index = indexOf(catalogue);
  const candidates: Candidate[] = [];
  const possible = fit(input.code, input.reason, catalogue).filter(
    (allowed) => !isOfOtherSide(allowed.cause, input.initiator) && !isRefuted(allowed, input),
  );
  for (const allowed of possible) {
    candidates.push({ ...judge(allowed, input, index), textDecides: decides(allowed, possible) });
  }
  return candidates.sort(
    (a, b) => b.score - a.score || reports(b) - reports(a) || (a.cause.id < b.cause.id ? -1 : 1),
  );
}

function decides({ cause, match, shorter }: Fit, possible: readonly Fit[]): Candidate['textDecides'] {
  if (match.text === 'specific') return 'cause';
  if (match.text === 'worded') return 'hypothesis';
  if (match.text !== 'shared' || match.length === 0 || shorter) return undefined;
  const sharing = possible.filter((other) => other.match.length === match.length);
  if (sharing.length === 1) return 'cause';
  return sharing.every((other) => other.cause.hypothesis === cause.hypothesis) ? 'hypothesis' : undefined;
}

/** Among equals, what was reported more often comes first; a text of its own is not made better by that. */
function reports({ cause: { sources, unlinkedSources = 0 }, match }: Candidate): number {
  return match.text === 'specific' ? 0 : sources.length + unlinkedSources;
}

/** How much a signal tells: 1 when one cause of the catalogue names it, 0 when all do. */
export function weightOf(signal: SignalId, catalogue: readonly Cause[]): number {
  return indexOf(catalogue).weights.get(signal) ?? 1;
}

/**
 * Whether a candidate may be named as the cause: it can be told from its neighbours, and it stands on something. A text
 * that many share, or any text, has to come with more than what sessions that go well show too; where the cause needs no
 * signal, such a text is what it is known by.
 */
export function isEstablished({ cause, match, speakFor }: Candidate): boolean {
  if (cause.observable === 'no') return false;
  if (match.text === 'specific' || match.text === 'shared') return true;
  const required = requirements(cause);
  return required.length === 0 || speakFor.some((signal) => required.includes(signal) && !isOrdinary(signal));
}

/** What kind of cause it is: some are of another once the setup was complete, or where something was not seen. */
export function kindOf(
  cause: Cause,
  { seen, rest }: Pick<RankInput, 'seen' | 'rest'>,
): Pick<Cause, 'hypothesis' | 'category'> {
  const { onceActive, otherwise } = cause;
  if (otherwise !== undefined && rest === 'absent' && !otherwise.unless.some((signal) => seen.has(signal))) {
    return otherwise;
  }
  return onceActive !== undefined && seen.has('active') ? onceActive : cause;
}

/** Ends that are made on this side, where it is known that this one was not. */
function isOfOtherSide({ hypothesis, observable }: Cause, initiator: Initiator | undefined): boolean {
  switch (hypothesis) {
    case 'process':
      return initiator !== 'process';
    case 'client':
      return initiator !== undefined && initiator !== 'client' && observable !== 'no';
    default:
      return false;
  }
}

/** Something that has to be seen was not, and the text does not decide. */
function isRefuted({ cause, match, shorter }: Fit, { reason, seen, rest }: RankInput): boolean {
  if (rest === 'unknown' || (reason !== undefined && match.text === 'specific' && !shorter)) return false;
  const { requires, requiresOneOf } = cause;
  return (
    requires.some((signal) => !seen.has(signal)) ||
    requiresOneOf?.some((signal) => seen.has(signal)) === false
  );
}

function judge(
  { cause, match, otherCode, shorter }: Fit,
  { reason, seen, rest, api }: RankInput,
  { weights, standings }: Index,
): Omit<Candidate, 'textDecides'> {
  const { prior, signals } = standings.get(cause) ?? { prior: 0, signals: [] };
  const weight = (signal: SignalId): number => (seen.has(signal) ? (weights.get(signal) ?? 1) : 0);
  const missing = cause.requires.filter((signal) => !seen.has(signal));
  const oneOf = Math.max(0, ...(cause.requiresOneOf ?? []).map(weight));
  const missingOneOf = cause.requiresOneOf?.some((signal) => seen.has(signal))
    ? []
    : (cause.requiresOneOf ?? []);
  const unmet = missing.length + (missingOneOf.length > 0 ? 1 : 0);
  const speakAgainst = cause.against.filter((signal) => seen.has(signal));
  const otherApi = api !== undefined && !cause.apis.includes(api);
  const score =
    prior +
    (reason === undefined || match.text === 'none' ? 0 : points.text[match.text]) +
    points.required * cause.requires.reduce((sum, signal) => sum + weight(signal), 0) +
    points.requiredOneOf * oneOf +
    points.supporting * cause.supports.reduce((sum, signal) => sum + weight(signal), 0) +
    points.against * speakAgainst.length +
    (shorter ? points.shorterText : 0) +
    (otherApi ? points.otherApi : 0) +
    (otherCode ? points.otherCode : 0) +
    (rest === 'absent' ? points.missing : seen.size > 0 ? points.unknown : 0) * unmet;
  const { hypothesis, category } = kindOf(cause, { seen, rest });
  return {
    cause,
    hypothesis,
    category,
    score,
    match,
    speakFor: signals.filter((signal) => seen.has(signal)),
    speakAgainst,
    missing,
    missingOneOf,
    otherApi,
    otherCode,
  };
}

function indexOf(catalogue: readonly Cause[]): Index {
  const known = indexes.get(catalogue);
  if (known !== undefined) return known;
  const weights = weigh(catalogue);
  const standings = catalogue.map((cause): readonly [Cause, Standing] => {
    const signals = [...new Set([...requirements(cause), ...cause.supports])];
    const step = decisionOrder.length - decisionOrder.indexOf(cause.category);
    return [
      cause,
      {
        prior: points.confidence[cause.confidence] + points.order * step,
        signals: signals.sort((a, b) => (weights.get(b) ?? 1) - (weights.get(a) ?? 1)),
      },
    ];
  });
  const index = { weights, standings: new Map(standings) };
  indexes.set(catalogue, index);
  return index;
}
