import type { Retry } from '../conventions/vocabulary.ts';
import { counted, exactDuration } from '../conventions/words.ts';
import type { Closure } from '../session/model.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { OtherSessions } from './others.ts';
import type { Signals } from './rank.ts';
import { repeatsOf } from './repeats.ts';

type Advice = Diagnosis['retry'];

const reasons: Readonly<Record<Retry, string>> = {
  now: 'The cause ended with the connection, so a new one can be opened at once.',
  later:
    'An attempt right away would most likely end in the same way: wait first, and longer after each failure.',
  fresh_session: 'What was restored or replayed would end the next session in the same way.',
  no: 'The next attempt would end in the same way until something is changed.',
};

/** The first pause; it doubles with each repeat. */
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;
/** So many ends of the same kind in a row, and trying again is no way out. */
const mostRepeats = 6;

/** Whether to connect again after a cause of the catalogue, given what was seen in this session and before it. */
export function adviseRetry(cause: Cause, closure: Closure, others: OtherSessions, seen: Signals): Advice {
  const repeats = repeatsOf(closure, others, cause.id);
  const advice = adviseOnce(cause, closure, seen);
  if (advice.when === 'no') return advice;
  if (repeats >= mostRepeats) return giveUp(repeats);
  if (advice.when === 'fresh_session') return repeats >= 2 ? pause(repeats) : advice;
  return advice.when === 'later' || repeats > 0
    ? pause(repeats, advice.when === 'later' ? advice.why : reasons.later)
    : advice;
}

/** Whether to connect again where the cause is not known. */
export function adviseWithoutCause(closure: Closure, others: OtherSessions, seen: Signals): Advice {
  const repeats = repeatsOf(closure, others, undefined);
  if (repeats >= mostRepeats) return giveUp(repeats);
  return seen.has('resumed') && seen.has('handle_failed_before')
    ? {
        when: 'fresh_session',
        why: 'The cause is not known, and this handle has failed before; leave it out.',
      }
    : pause(repeats, 'The cause is not known; wait before each attempt, and longer after each failure.');
}

/** Why in one sentence, where nothing is known but the cause. */
export function whyRetry(retry: Retry): string {
  return reasons[retry];
}

function adviseOnce(cause: Cause, closure: Closure, seen: Signals): Advice {
  if (cause.retry === 'now' || cause.retry === 'later') {
    if (seen.has('resumed') && seen.has('handle_failed_before')) {
      return {
        when: 'fresh_session',
        why: 'Connections that resumed from this handle have failed before; leave it out.',
      };
    }
  }
  if (cause.retry !== 'now') return { when: cause.retry, why: reasons[cause.retry] };
  return { when: 'now', why: `${reasons.now} ${handleAdvice(closure)}` };
}

function pause(repeats: number, why: string = reasons.later): Advice {
  const afterMs = Math.min(firstPauseMs * 2 ** repeats, longestPauseMs);
  return {
    when: 'later',
    why:
      repeats === 0
        ? why
        : `${counted(repeats, 'session')} before this one ended in the same way; wait ${exactDuration(afterMs)}.`,
    afterMs,
  };
}

function giveUp(repeats: number): Advice {
  return {
    when: 'no',
    why: `${counted(repeats, 'session')} before this one ended in the same way, one after the other: change something first, such as the model.`,
  };
}

function handleAdvice({ resumption: { handleAvailable } }: Closure): string {
  return handleAvailable
    ? 'There is a handle to resume from.'
    : 'There is no handle to resume from, so the conversation starts anew.';
}
