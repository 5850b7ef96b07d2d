import type { Category, Hypothesis, Initiator } from '../conventions/vocabulary.ts';
import type { Closure } from '../session/model.ts';
import { catalogue } from './catalogue/catalogue.ts';
import type { Cause } from './cause.ts';
import { confidenceOf, isTie, marginOf } from './confidence.ts';
import { diagnoseConnect, isFailedConnect } from './diagnose-connect.ts';
import type { Diagnosis, Rival } from './diagnosis.ts';
import { contextOf, evidenceAgainst, evidenceFor } from './evidence.ts';
import { explainCause, explainEnd } from './explanation.ts';
import { describeUnknownText } from './near-texts.ts';
import { noOthers, type OtherSessions } from './others.ts';
import { type Candidate, isEstablished, type RankInput, rank } from './rank.ts';
import { type RemedyContext, remedyOf, remedyWithoutCause } from './remedy.ts';
import { adviseRetry, adviseWithoutCause } from './retry.ts';
import { observe } from './signals/observe.ts';
import type { SignalId } from './signals/signals.ts';
import { tellApart } from './tell-apart.ts';
import { requirements } from './weight.ts';

const maxRivals = 3;
/** A candidate that is further behind than this does not fit as well. */
const rivalDistance = 6;
/** What stands for the missing close frame in the catalogue. */
const noCloseFrame = 1006;

/** Signals seen, each with its sentence. */
type Seen = ReadonlyMap<SignalId, string>;

/**
 * Says why a session ended: the cause that fits best, how sure that is, what speaks for it and against it, and what
 * else it could be. Pure, without clock or I/O; never throws. Where nothing fits, or nothing tells two hypotheses apart,
 * it says so: cause `unknown`, hypothesis `not_established`, with what was measured.
 *
 * @param closure the end of the session, as `onClosure` gives it.
 * @param others what the other sessions of the process showed by then; by default nothing.
 * @returns the diagnosis; its cause is an id of docs/closures.md, or `unknown`.
 */
export function diagnose(closure: Closure, others: OtherSessions = noOthers): Diagnosis {
  return diagnoseWith(closure, others, observe(closure, others), catalogue);
}

/** {@link diagnose} with the signals already observed and a catalogue of one's own. */
export function diagnoseWith(
  closure: Closure,
  others: OtherSessions,
  seen: Seen,
  causes: readonly Cause[],
): Diagnosis {
  const { initiator } = closure;
  if (isFailedConnect(closure)) return diagnoseConnect(closure, others, seen, causes);
  if (initiator === 'client' || initiator === 'process') return ownEnd(closure, initiator, seen, causes);
  const input: RankInput = {
    code: closure.code ?? noCloseFrame,
    reason: closure.reason,
    api: closure.api,
    initiator,
    seen: seen,
    rest: 'absent',
  };
  const candidates = rank(input, causes);
  const best = candidates.find(isEstablished);
  if (best === undefined) return abstain(closure, others, seen, unexplained(input, causes), causes);
  // One that can't be established is a rival wherever it stands.
  const rest = candidates.filter((candidate) => candidate !== best);
  const margin = marginOf(best, rest);
  if (isTie(best, margin)) return abstain(closure, others, seen, candidates, causes);
  return establish(closure, others, seen, best, rest, causes);
}

function establish(
  closure: Closure,
  others: OtherSessions,
  seen: Seen,
  best: Candidate,
  rest: readonly Candidate[],
  causes: readonly Cause[],
): Diagnosis {
  const { cause, category, hypothesis } = best;
  const retry = adviseRetry(cause, closure, others, seen);
  const near = rest.filter(({ score }) => best.score - score <= rivalDistance).slice(0, maxRivals);
  const evidence = evidenceFor(best, near, seen);
  const against = evidenceAgainst(closure, best, seen);
  return {
    cause: cause.id,
    category,
    hypothesis,
    confidence: confidenceOf(best, marginOf(best, rest)),
    explanation: explainCause(closure, best, seen),
    remedy: remedyOf(cause, {
      seen,
      retry: retry.when,
      handle: handleOf(closure),
    }),
    retry,
    evidence,
    against,
    context: [
      ...describeUnknownText(closure.reason, [best, ...rest], causes),
      ...contextOf(closure, [...evidence, ...against]),
    ],
    rivals: rivalsOf(cause, near, seen),
  };
}

function handleOf({
  resumption: { handleAvailable, requested },
}: Closure): NonNullable<RemedyContext['handle']> {
  if (handleAvailable) return 'available';
  return requested ? 'none_came' : 'not_asked_for';
}

const notEstablished = { cause: 'unknown', hypothesis: 'not_established', confidence: 'none' } as const;

function abstain(
  closure: Closure,
  others: OtherSessions,
  seen: Seen,
  candidates: readonly Candidate[],
  causes: readonly Cause[],
): Diagnosis {
  const remedy = remedyWithoutCause(closure);
  return {
    ...notEstablished,
    category: closure.initiator === 'network' ? 'transport' : 'unknown',
    explanation: explainEnd(closure),
    ...(remedy !== undefined && { remedy }),
    retry: adviseWithoutCause(closure, others, seen),
    evidence: [],
    against: [],
    context: [...describeUnknownText(closure.reason, candidates, causes), ...contextOf(closure)],
    rivals: rivalsOf(undefined, candidates, seen),
  };
}

/** What is known with the text, whatever was seen; without such, what was seen speaks for, whatever the text. */
function unexplained(input: RankInput, causes: readonly Cause[]): readonly Candidate[] {
  const byText = rank({ ...input, rest: 'unknown' }, causes).filter(({ match }) => match.text !== 'any');
  if (byText.length > 0) return byText;
  return rank({ ...input, reason: undefined }, causes).filter(
    (candidate) =>
      candidate.match.text !== 'specific' &&
      candidate.speakAgainst.length === 0 &&
      requirements(candidate.cause).length > 0 &&
      isEstablished(candidate),
  );
}

function rivalsOf(winner: Cause | undefined, candidates: readonly Candidate[], seen: Seen): readonly Rival[] {
  return candidates.slice(0, maxRivals).map((rival) => ({
    cause: rival.cause.id,
    hypothesis: rival.hypothesis,
    toTellApart: tellApart(winner, rival, seen),
  }));
}

/** Ends that say themselves who made them: nothing has to be weighed. */
const ownEnds: Readonly<
  Record<
    Extract<Initiator, 'client' | 'process'>,
    { id: string; hypothesis: Hypothesis; category: Category; why: string }
  >
> = {
  client: {
    id: 'client-closed-normal',
    hypothesis: 'client',
    category: 'client',
    why: 'The application asked for the end.',
  },
  process: {
    id: 'process-exited',
    hypothesis: 'process',
    category: 'process',
    why: 'There is nothing left to connect from.',
  },
};

/** An end made on this side. A stall that it cut short may be why: it is named as a rival. */
function ownEnd(
  closure: Closure,
  initiator: keyof typeof ownEnds,
  seen: Seen,
  causes: readonly Cause[],
): Diagnosis {
  const { id, hypothesis, category, why } = ownEnds[initiator];
  const cause = causes.find((entry) => entry.id === id);
  const stalls = rank(
    { code: undefined, reason: undefined, api: closure.api, seen: seen, rest: 'absent' },
    causes,
  ).filter(({ speakAgainst }) => speakAgainst.length === 0);
  return {
    cause: cause?.id ?? 'unknown',
    category,
    hypothesis,
    confidence: 'high',
    explanation: explainEnd(closure),
    ...(cause !== undefined && !closure.expected && { remedy: cause.remedy }),
    retry: { when: 'no', why },
    evidence: [],
    against: [],
    context: contextOf(closure),
    rivals: rivalsOf(cause, stalls, seen),
  };
}
