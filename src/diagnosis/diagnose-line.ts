import type { Initiator, Phase, PrecedingEvent } from '../conventions/vocabulary.ts';
import { duration } from '../conventions/words.ts';
import { catalogue, causeById } from './catalogue/catalogue.ts';
import { confidenceOf, isTie, marginOf } from './confidence.ts';
import type { Diagnosis } from './diagnosis.ts';
import { describeUnknownText } from './near-texts.ts';
import { type Candidate, isEstablished, rank } from './rank.ts';
import { remedyOf } from './remedy.ts';
import { whyRetry } from './retry.ts';
import { isNear } from './signals/lifetime.ts';
import type { SignalId } from './signals/signals.ts';
import { tellApart } from './tell-apart.ts';
import { list } from './wording.ts';

/** What may be known of the end of a session without its record. */
interface LineFacts {
  /** Close code. */
  readonly code?: number;
  /** Close reason, as the service sent it. */
  readonly reason?: string;
  /** Who ended it. */
  readonly initiator?: Initiator;
  readonly api?: 'gemini' | 'vertex';
  /** How far the session had come. */
  readonly phase?: Phase;
  /** Milliseconds since `connect()`. */
  readonly connectionAgeMs?: number;
  /** The last thing of note before the end, and how long ago that was. */
  readonly preceding?: PrecedingEvent;
  readonly precedingAgoMs?: number;
  /** Names of the functions whose calls were pending. */
  readonly pendingTools?: readonly string[];
}

/** The end of a session, as a log line has it: a code, a text or who ended it, and whatever else is known. */
export type ClosureLine = LineFacts &
  ({ readonly code: number } | { readonly reason: string } | { readonly initiator: Initiator });

const justSentMs = 2_000;
const atOnceMs = 2_000;
const maxRivals = 3;

/**
 * Says why a session may have ended, from what a log line says of it. What is not given counts as unknown, not as
 * absent, so it knows less than the diagnosis of a recorded session. An object that `onClosure` gave has one already:
 * that is returned. Pure; never throws.
 *
 * @returns the diagnosis; its cause is an id of docs/closures.md, or `unknown`.
 */
export function diagnoseClosure(line: ClosureLine | (ClosureLine & Diagnosis)): Diagnosis {
  if ('rivals' in line && 'evidence' in line) return diagnosisOf(line);
  const seen = signalsOf(line);
  const { code, reason, initiator, api } = line;
  const own =
    initiator === 'client' ? 'client-closed-normal' : initiator === 'process' ? 'process-exited' : undefined;
  const input = {
    code: code ?? 1006,
    seen,
    rest: 'unknown',
    ...(api !== undefined && { api }),
    ...(initiator !== undefined && { initiator }),
  } as const;
  const candidates = own === undefined ? rank({ ...input, reason }, catalogue) : [];
  const best = candidates.find(isKnown);
  const cause = own === undefined ? best?.cause : causeById(own);
  const others = candidates.filter((candidate) => candidate !== best);
  const near = describeUnknownText(reason ?? '', candidates, catalogue);
  const rivals = others.slice(0, maxRivals).map((rival) => ({
    cause: rival.cause.id,
    hypothesis: rival.hypothesis,
    toTellApart: tellApart(cause, rival, seen),
  }));
  if (cause === undefined || (best !== undefined && isTie(best, marginOf(best, others)))) {
    return {
      cause: 'unknown',
      category: 'unknown',
      hypothesis: 'not_established',
      confidence: 'none',
      explanation: `${said(line)} That alone establishes no cause.`,
      retry: { when: 'later', why: whyRetry('later') },
      evidence: [],
      against: [],
      context: [said(line), ...seen.values(), ...near],
      rivals,
    };
  }
  const sentences = (signals: readonly SignalId[] = []) => signals.map((signal) => seen.get(signal) ?? '');
  const speakFor = sentences(best?.speakFor);
  const against = sentences(best?.speakAgainst);
  return {
    cause: cause.id,
    category: best?.category ?? cause.category,
    hypothesis: best?.hypothesis ?? cause.hypothesis,
    confidence: best === undefined ? 'high' : confidenceOf(best, marginOf(best, others)),
    explanation: `${said(line)} ${cause.cause}`,
    remedy: remedyOf(cause, { seen, retry: cause.retry }),
    retry: { when: cause.retry, why: whyRetry(cause.retry) },
    evidence: [...new Set([said(line), ...speakFor])],
    against,
    context: [
      ...near,
      ...[...seen.values()].filter((sentence) => !speakFor.includes(sentence) && !against.includes(sentence)),
    ],
    rivals,
  };
}

/** It may win without what is not known: the text names it, or all it requires was given. */
function isKnown(candidate: Candidate): boolean {
  const { match, missing, missingOneOf } = candidate;
  const complete = missing.length === 0 && missingOneOf.length === 0;
  return isEstablished(candidate) && (complete || match.text === 'specific');
}

function said({ code, reason, initiator }: LineFacts): string {
  const by = initiator === undefined ? 'The session ended' : `The session was ended by the ${initiator}`;
  const text =
    reason === undefined || reason === '' ? '' : `${code === undefined ? ' with' : ''} "${reason}"`;
  return `${by}${code === undefined ? '' : ` with ${code}`}${text}.`;
}

/** What the line shows, each with its sentence. */
function signalsOf(line: LineFacts): ReadonlyMap<SignalId, string> {
  const { code, api, initiator, phase, connectionAgeMs: age, preceding, precedingAgoMs, pendingTools } = line;
  const seen = new Map<SignalId, string>();
  const see = (id: SignalId, holds: boolean, sentence: string): void => {
    if (holds) seen.set(id, sentence);
  };
  const justSent = precedingAgoMs !== undefined && precedingAgoMs <= justSentMs;
  see(
    'tool_response_just_sent',
    preceding === 'tool_response' && justSent,
    `A tool response was sent ${duration(precedingAgoMs ?? 0)} before the end.`,
  );
  see(
    'tool_call_pending',
    pendingTools !== undefined && pendingTools.length > 0,
    `Tool calls were pending: ${list(pendingTools ?? [])}.`,
  );
  see('before_open', phase === 'handshake', 'The socket had not opened.');
  see('before_setup_complete', phase === 'setup', 'The setup was not complete.');
  see('active', phase === 'active' || phase === 'after_go_away', 'The setup had been completed.');
  see('go_away_received', phase === 'after_go_away', 'goAway had come.');
  see('no_close_frame', initiator === 'network' && (code ?? 1006) === 1006, 'No close frame came.');
  see('vertex', api === 'vertex', 'The session was with Vertex AI.');
  see('gemini', api === 'gemini', 'The session was with the Gemini API.');
  if (age === undefined) return seen;
  const old = `The connection was ${duration(age)} old.`;
  see('at_once', age <= atOnceMs, old);
  see('age_near_2_minutes', isNear('twoMinutes', age), old);
  see('age_near_10_minutes', isNear('tenMinutes', age), old);
  see('age_near_15_minutes', isNear('fifteenMinutes', age), old);
  return seen;
}

function diagnosisOf(diagnosis: Diagnosis): Diagnosis {
  const {
    cause,
    category,
    hypothesis,
    confidence,
    explanation,
    remedy,
    retry,
    evidence,
    against,
    context,
    rivals,
  } = diagnosis;
  return {
    cause,
    category,
    hypothesis,
    confidence,
    explanation,
    ...(remedy !== undefined && { remedy }),
    retry,
    evidence,
    against,
    context,
    rivals,
  };
}
