/** What a code, a text and perhaps some signals can mean. Pure. */

import type { Category, Confidence, Hypothesis, Retry } from '../../conventions/vocabulary.ts';
import type { Cause } from '../../diagnosis/cause.ts';
import { isKnownText, type TextMatch } from '../../diagnosis/match-reason.ts';
import { nearTexts } from '../../diagnosis/near-texts.ts';
import { type Candidate, points, rank, weightOf } from '../../diagnosis/rank.ts';
import { remedyOf } from '../../diagnosis/remedy.ts';
import { whyRetry } from '../../diagnosis/retry.ts';
import { type SignalId, signalWords } from '../../diagnosis/signals/signals.ts';
import { requirements } from '../../diagnosis/weight.ts';

export interface Question {
  /** Close code; without it and without a text, it is about a session that fell silent and did not close. */
  readonly code?: number;
  /** Reason text, whole or in part; `undefined` where it is not known. */
  readonly text?: string;
  readonly api?: 'gemini' | 'vertex';
  readonly signals: readonly SignalId[];
}

/** A signal and what it means. */
export interface Hint {
  readonly signal: SignalId;
  readonly meaning: string;
}

export interface Possibility {
  readonly cause: string;
  readonly title: string;
  readonly hypothesis: Hypothesis;
  readonly category: Category;
  /** Of the catalogue in this cause; a code and a text alone establish nothing. */
  readonly confidence: Confidence;
  readonly text: TextMatch;
  /** How many causes have the text. */
  readonly sharedBy: number;
  /** It can be told from its neighbours by what a client sees. */
  readonly observable: Cause['observable'];
  readonly otherCode: boolean;
  readonly otherApi: boolean;
  readonly speakFor: readonly Hint[];
  readonly speakAgainst: readonly Hint[];
  /** Has to be seen for this cause, and is not among the signals given: all of these, and one of `lookForOneOf`. */
  readonly lookFor: readonly Hint[];
  readonly lookForOneOf: readonly Hint[];
  readonly why: string;
  readonly remedy: string;
  readonly retry: { readonly when: Retry; readonly why: string };
  /** Section of the catalogue's page. */
  readonly link: string;
  /** Public addresses of who reported it. */
  readonly sources: readonly string[];
}

export interface Near {
  readonly text: string;
  readonly causes: readonly string[];
  /** 0 to 1. */
  readonly likeness: number;
}

export interface Answer {
  /** No cause is known with this text, so the candidates are those of the code. */
  readonly textUnknown: boolean;
  /** Where the text is not known: known ones that are worded alike, the likest first. They need not be the same. */
  readonly near: readonly Near[];
  /** That the first candidate is the cause, by what was given; `none` where there is no candidate, or nothing but a code. */
  readonly confidence: Confidence;
  /** Best first; where no signal tells them apart, what was reported most often. */
  readonly candidates: readonly Possibility[];
  /** Signals that decide between the first few, most telling first. */
  readonly next: readonly Hint[];
}

/** Candidates among which {@link Answer.next} decides. */
const decided = 5;
const maxNext = 6;

export function answer(question: Question, catalogue: readonly Cause[]): Answer {
  const { text, signals } = question;
  const seen = new Set(signals);
  const byText = text === undefined ? undefined : ofText(question, catalogue);
  const textUnknown = byText?.length === 0;
  const isUnknown = textUnknown || byText?.[0]?.match.text === 'worded';
  const candidates = (byText === undefined || textUnknown ? ofCode(question, catalogue) : byText).filter(
    (candidate) => isPossible(candidate, seen),
  );
  return {
    textUnknown,
    near: isUnknown && text !== undefined && text !== '' ? near(text, catalogue) : [],
    confidence: confidenceIn(candidates, question),
    candidates: candidates.map((candidate) => describe(candidate, seen)),
    next: next(candidates.slice(0, decided), seen, catalogue),
  };
}

function rankAs(
  { api, signals }: Question,
  code: number | undefined,
  reason: string | undefined,
  catalogue: readonly Cause[],
): readonly Candidate[] {
  const seen = new Set(signals);
  return rank({ code, reason, seen, rest: 'unknown', ...(api !== undefined && { api }) }, catalogue);
}

/** What has the text, with the code or with any; nothing where no cause is known with it. */
function ofText(question: Question, catalogue: readonly Cause[]): readonly Candidate[] {
  const { code, text } = question;
  if (code !== undefined) {
    const found = rankAs(question, code, text, catalogue);
    const isKnown = found.some(
      ({ cause, match }) => match.text !== 'any' || requirements(cause).length === 0,
    );
    return isKnown ? mostReportedFirst(found, question) : [];
  }
  const best = new Map<Cause, Candidate>();
  for (const each of new Set(catalogue.flatMap(({ codes }) => codes))) {
    for (const candidate of rankAs(question, each, text, catalogue)) {
      if (candidate.match.text === 'any' || candidate.otherCode) continue;
      const before = best.get(candidate.cause);
      if (before === undefined || before.score < candidate.score) best.set(candidate.cause, candidate);
    }
  }
  const all = [...best.values()].sort((a, b) => b.score - a.score);
  // Known with one code, a text is not read for its words with another.
  const known = all.filter(({ match }) => isKnownText(match));
  const found = known.length > 0 ? known : all;
  return mostReportedFirst(found, question);
}

/** What the code, or no code, leaves open; a cause that always names itself would have had its text. */
function ofCode(question: Question, catalogue: readonly Cause[]): readonly Candidate[] {
  const { code, text } = question;
  if (code === undefined && text !== undefined) return [];
  const found = rankAs(question, code, undefined, catalogue);
  if (text !== undefined) return found.filter(({ match }) => match.text !== 'specific');
  return mostReportedFirst(found, question);
}

/** Where no signal tells candidates with as telling a text apart. */
function mostReportedFirst(found: readonly Candidate[], { text, signals }: Question): readonly Candidate[] {
  if (signals.length > 0) return found;
  const telling = ({ match }: Candidate): number => (text === undefined ? 0 : points.text[textOf(match)]);
  return found.toSorted((a, b) => telling(b) - telling(a) || reports(b) - reports(a));
}

const textOf = ({ text }: Candidate['match']): keyof typeof points.text => (text === 'none' ? 'any' : text);

const reports = ({ cause: { sources, unlinkedSources = 0 } }: Candidate): number =>
  sources.length + unlinkedSources;

function confidenceIn([first, second]: readonly Candidate[], { text, signals }: Question): Confidence {
  if (first === undefined || (text === undefined && signals.length === 0)) return 'none';
  if (text !== undefined && first.match.text === 'specific')
    return first.otherCode ? 'low' : first.cause.confidence;
  if (first.match.text === 'worded') return first.cause.confidence;
  if (second === undefined || first.textDecides === 'cause') return 'medium';
  return first.match.text === 'shared' && first.speakFor.length > 0 ? 'medium' : 'low';
}

function near(text: string, catalogue: readonly Cause[]): readonly Near[] {
  return nearTexts(text, catalogue).map(({ causes, ...known }) => ({
    ...known,
    causes: causes.map(({ id }) => id),
  }));
}

/** Signals of which a session shows one at most. */
const exclusive: readonly (readonly SignalId[])[] = [
  ['before_setup_complete', 'active'],
  ['before_open', 'active'],
  ['go_away_received', 'no_go_away'],
  ['compression_configured', 'no_compression'],
  ['resumed', 'not_resumed'],
  ['vertex', 'gemini'],
];

function isPossible({ cause }: Candidate, seen: ReadonlySet<SignalId>): boolean {
  // Most questions are about Live sessions: music is spoken of where the question does.
  if (cause.requires.includes('music_session') && ![...seen].some((id) => id.startsWith('music_')))
    return false;
  return !exclusive.some((group) =>
    group.some((given) => seen.has(given) && cause.requires.some((s) => s !== given && group.includes(s))),
  );
}

function describe(candidate: Candidate, seen: ReadonlySet<SignalId>): Possibility {
  const { cause, match, hypothesis, category, otherCode, otherApi } = candidate;
  const remedy = remedyOf(cause, { seen, retry: cause.retry });
  return {
    cause: cause.id,
    title: cause.title,
    hypothesis,
    category,
    confidence: cause.confidence,
    text: match.text,
    sharedBy: match.sharedBy,
    observable: cause.observable,
    otherCode,
    otherApi,
    speakFor: candidate.speakFor.map(hint),
    speakAgainst: candidate.speakAgainst.map(hint),
    lookFor: candidate.missing.map(hint),
    lookForOneOf: candidate.missingOneOf.map(hint),
    why: cause.cause,
    remedy,
    retry: { when: cause.retry, why: whyRetry(cause.retry) },
    link: `docs/closures.md#${cause.id}`,
    sources: cause.sources,
  };
}

/** What one of them needs or shows and another does not: required ones before those that only support. */
function next(
  candidates: readonly Candidate[],
  seen: ReadonlySet<SignalId>,
  catalogue: readonly Cause[],
): readonly Hint[] {
  if (candidates.length < 2) return [];
  const telling = (pick: (cause: Cause) => readonly SignalId[]): readonly SignalId[] => {
    const named = candidates.map(({ cause }) => new Set(pick(cause)));
    return [...new Set(named.flatMap((set) => [...set]))]
      .filter((signal) => !seen.has(signal) && !named.every((set) => set.has(signal)))
      .sort((a, b) => weightOf(b, catalogue) - weightOf(a, catalogue));
  };
  const all = [...telling(requirements), ...telling(({ supports }) => supports)];
  return [...new Set(all)].slice(0, maxNext).map(hint);
}

function hint(signal: SignalId): Hint {
  return { signal, meaning: signalWords(signal) };
}
