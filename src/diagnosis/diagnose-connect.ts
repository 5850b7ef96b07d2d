import type { Closure } from '../session/model.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import { contextOf } from './evidence.ts';
import { explainEnd } from './explanation.ts';
import { remedyOf } from './remedy.ts';
import { whyRetry } from './retry.ts';
import type { SignalId } from './signals/signals.ts';

/** Why no session came about: who ended it says so, and nothing has to be weighed. */
export function diagnoseConnect(
  closure: Closure,
  seen: ReadonlyMap<SignalId, string>,
  causes: readonly Cause[],
): Diagnosis {
  const id = causeOf(closure, seen);
  const cause = causes.find((entry) => entry.id === id);
  const context = contextOf(closure);
  if (cause === undefined) {
    return {
      cause: 'unknown',
      category: 'unknown',
      hypothesis: 'not_established',
      confidence: 'none',
      explanation: explainEnd(closure),
      retry: { when: 'later', why: whyRetry('later') },
      evidence: [],
      against: [],
      context,
      rivals: [],
    };
  }
  return {
    cause: cause.id,
    category: cause.category,
    hypothesis: cause.hypothesis,
    confidence: cause.confidence,
    explanation: `${explainEnd(closure)} ${cause.cause}`,
    remedy: remedyOf(cause, { seen, retry: cause.retry }),
    retry: { when: cause.retry, why: whyRetry(cause.retry) },
    evidence: [],
    against: [],
    context,
    rivals: [],
  };
}

function causeOf(
  { connectFailure, phase }: Closure,
  seen: Pick<ReadonlyMap<SignalId, string>, 'has'>,
): string {
  if (connectFailure === 'refused') {
    return seen.has('music_session') && seen.has('vertex') ? 'connect-music-on-vertex' : 'connect-refused';
  }
  if (connectFailure === 'credentials') {
    return seen.has('service_unreachable') ? 'connect-credentials-unreachable' : 'connect-no-credentials';
  }
  return phase === 'handshake' ? 'connect-unanswered' : 'stall-no-setup-complete';
}
