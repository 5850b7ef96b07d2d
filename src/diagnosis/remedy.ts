import type { Closure } from '../session/model.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Signals } from './rank.ts';

/** What is known of the session that a remedy has to fit. */
export interface RemedyContext {
  readonly seen: Signals;
  readonly retry: Diagnosis['retry']['when'];
  /** There is a handle to resume from, or why there is none; `undefined` where that is not known. */
  readonly handle?: 'available' | 'none_came' | 'not_asked_for';
}

/** The begin of a sentence that says to connect again: in so many words, or with a further advice behind it. */
const reconnects =
  /^(?:Resume|Reconnect|Connect again)(?: the session| by yourself)?(?: after a pause(?: that grows)?)?(?: with (?:the |its )?(?:last |latest |resumption )?handle)?(?: as soon as `goAway` comes)?(?:;[^.]*)?(?:,? and |, |\.$)|^Wait and connect again, (?:or )?|^Wait before you connect again, and /;
/** The same within a sentence. */
const resumes =
  /, wait before you connect again(?=,)|,? and resume(?: with the (?:last |latest )?handle)?(?=[.,;])/;
const sentences = /(?<=[.!?]) +/;

const withoutHandle = 'Connect without the handle, and give the model the history again.';
const changeFirst = 'Change something before you connect again, such as the model or what is sent first.';
const noHandle =
  'Turn on sessionResumption in the setup, so that the next session has a handle to resume from.';

/**
 * What to do about a cause in this session: what the catalogue says for sessions that showed the same, and nothing that
 * contradicts the advice on connecting again.
 */
export function remedyOf(cause: Cause, { seen, retry, handle }: RemedyContext): string {
  const { remedyWhere = [], remedy, retry: usual } = cause;
  const fitting = remedyWhere.find(({ seen: signal }) => seen.has(signal))?.remedy ?? remedy;
  if (retry === 'fresh_session' && usual !== 'fresh_session') return join([withoutHandle, ...still(fitting)]);
  if (retry === 'no' && usual !== 'no') return join([changeFirst, ...still(fitting)]);
  if (handle !== undefined && handle !== 'available' && saysToResume(fitting)) {
    const asked = handle === 'not_asked_for' && seen.has('active') ? [noHandle] : [];
    return join([
      retry === 'now' ? 'Connect again.' : 'Connect again after a pause.',
      ...still(fitting),
      ...asked,
    ]);
  }
  return fitting;
}

/** Nothing is known, but what was sent last is where to look. */
export function remedyWithoutCause({ code, preceding, activeMs }: Closure): string | undefined {
  if (code !== 1007 && code !== 1008) return undefined;
  if (activeMs === undefined) {
    return 'Go back to a setup with nothing but model and response modality, and add the other fields one at a time.';
  }
  switch (preceding) {
    case 'tool_response':
      return 'Compare the last tool response with one that was taken: id and name of the call, an object as response, plain and short values. Send it again with less, until the session stays.';
    case 'client_content':
      return 'Compare the last clientContent with what the model takes: a role in every turn, text parts, nothing empty. Where it is what the user says now, send it as realtimeInput.text.';
    case 'text':
    case 'audio':
    case 'video':
    case 'activity_mark':
      return 'Look at the last input: its fields, its MIME type and its size. Leave out what is unusual, one thing at a time.';
    default:
      return undefined;
  }
}

function saysToResume(remedy: string): boolean {
  return /^(?:Resume|Reconnect)\b|and resume\b/.test(remedy);
}

/** What is left of a remedy without its words on connecting again. */
function still(remedy: string): readonly string[] {
  return remedy.split(sentences).flatMap((sentence) => {
    const left = sentence.replace(reconnects, '').replace(resumes, '');
    return left === '' || /start (?:a )?fresh/.test(left)
      ? []
      : [left.charAt(0).toUpperCase() + left.slice(1)];
  });
}

function join(parts: readonly string[]): string {
  return parts.join(' ');
}
