import type { Closure } from '../session/model.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import { contextOf } from './evidence.ts';
import { explainEnd } from './explanation.ts';
import type { OtherSessions } from './others.ts';
import { remedyOf } from './remedy.ts';
import { adviseRetry, adviseWithoutCause } from './retry.ts';
import type { SignalId } from './signals/signals.ts';
import { requirements } from './weight.ts';

type Seen = ReadonlyMap<SignalId, string>;

/** No session came about: `connect()` failed, or the socket never opened. */
export function isFailedConnect({ connectFailure, initiator, phase }: Closure): boolean {
  return connectFailure !== undefined || (initiator === 'network' && phase === 'handshake');
}

/** Why no session came about: the error of the attempt says so, and nothing has to be weighed. */
export function diagnoseConnect(
  closure: Closure,
  others: OtherSessions,
  seen: Seen,
  causes: readonly Cause[],
): Diagnosis {
  const id = causeOf(closure, seen, causes);
  const cause = causes.find((entry) => entry.id === id);
  if (cause === undefined) {
    return {
      cause: 'unknown',
      category: 'unknown',
      hypothesis: 'not_established',
      confidence: 'none',
      explanation: explainEnd(closure),
      retry: adviseWithoutCause(closure, others, seen),
      evidence: [],
      against: [],
      context: contextOf(closure),
      rivals: [],
    };
  }
  const retry = adviseRetry(cause, closure, others, seen);
  const evidence = requirements(cause).flatMap((signal) =>
    told.has(signal) ? [] : (seen.get(signal) ?? []),
  );
  return {
    cause: cause.id,
    category: cause.category,
    hypothesis: cause.hypothesis,
    confidence: cause.confidence,
    explanation: `${explainEnd(closure)} ${cause.cause}`,
    remedy: remedyOf(cause, { seen, retry: retry.when }),
    retry,
    evidence,
    against: [],
    context: contextOf(closure, evidence),
    rivals: [],
  };
}

/** What {@link explainEnd} says already. */
const told: ReadonlySet<SignalId> = new Set<SignalId>(['socket_error', 'before_open']);

function causeOf(closure: Closure, seen: Seen, causes: readonly Cause[]): string {
  const { connectFailure, phase } = closure;
  switch (connectFailure) {
    case 'refused':
      return seen.has('music_session') && seen.has('vertex') ? 'connect-music-on-vertex' : 'connect-refused';
    case 'credentials': {
      const failed = failedHandshake(seen, causes);
      if (failed === undefined) return 'connect-no-credentials';
      return failed === 'certificate-refused' ? failed : 'connect-credentials-unreachable';
    }
    case 'unanswered':
      return phase === 'handshake' ? 'connect-unanswered' : 'stall-no-setup-complete';
    default:
      return failedHandshake(seen, causes) ?? 'handshake-failed';
  }
}

/** The cause of a handshake that requires what was seen of it. */
function failedHandshake(seen: Seen, causes: readonly Cause[]): string | undefined {
  return causes.find(
    (cause) =>
      cause.codes.length > 0 &&
      cause.requires.includes('before_open') &&
      requirements(cause).some((signal) => signal !== 'before_open' && seen.has(signal)),
  )?.id;
}
