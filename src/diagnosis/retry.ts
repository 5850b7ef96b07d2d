import type { Retry } from '../conventions/vocabulary.ts';
import type { Closure } from '../session/model.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Signals } from './rank.ts';

type Advice = Diagnosis['retry'];

const reasons: Readonly<Record<Retry, string>> = {
  now: 'The cause is over with the connection; nothing speaks against a new one at once.',
  later: 'An attempt at once would most likely end in the same way; wait, and longer after each failure.',
  fresh_session: 'What was restored or replayed would end the next session in the same way.',
  no: 'The next attempt would end in the same way until something is changed.',
};

/** Whether to connect again after a cause of the catalogue, given what was seen in this session. */
export function adviseRetry(cause: Cause, closure: Closure, seen: Signals): Advice {
  if (cause.retry === 'now' || cause.retry === 'later') {
    if (seen.has('resumed') && seen.has('handle_failed_before')) {
      return {
        when: 'fresh_session',
        why: 'Connections that resumed from this handle have failed before; leave it out.',
      };
    }
  }
  if (cause.retry !== 'now') return { when: cause.retry, why: reasons[cause.retry] };
  if (seen.has('reconnect_storm')) {
    return { when: 'later', why: 'The last connections of the conversation failed one after the other.' };
  }
  return { when: 'now', why: `${reasons.now} ${handleAdvice(closure)}` };
}

/** Whether to connect again where the cause is not known. */
export function adviseWithoutCause(seen: Signals): Advice {
  return seen.has('resumed') && seen.has('handle_failed_before')
    ? {
        when: 'fresh_session',
        why: 'The cause is not known, and this handle has failed before; leave it out.',
      }
    : {
        when: 'later',
        why: 'The cause is not known; wait before each attempt, and longer after each failure.',
      };
}

/** Why in one sentence, where nothing is known but the cause. */
export function whyRetry(retry: Retry): string {
  return reasons[retry];
}

function handleAdvice({ resumption: { handleAvailable } }: Closure): string {
  return handleAvailable
    ? 'A handle to resume from is at hand.'
    : 'There is no handle to resume from, so the conversation starts anew.';
}
