import type { PrecedingEvent, ProcessEnding } from '../conventions/vocabulary.ts';
import { bytes, duration } from '../conventions/words.ts';
import type { Closure } from '../session/model.ts';
import type { Candidate } from './rank.ts';
import type { SignalId } from './signals/signals.ts';
import { requirements } from './weight.ts';
import { errorText, names } from './wording.ts';

const endings: Readonly<Record<ProcessEnding, string>> = {
  signal: 'The process was ended by a signal',
  exit: 'The process exited',
  uncaught_exception: 'The process died of an uncaught exception',
  unhandled_rejection: 'The process died of an unhandled rejection',
  empty_event_loop: 'The process had nothing left to do and ended',
  page_closed: 'The page was closed or left',
};

const events: Readonly<Record<Exclude<PrecedingEvent, 'tool_response' | 'tool_call' | 'none'>, string>> = {
  tool_call_cancellation: 'a tool call cancellation',
  client_content: 'client content was sent',
  text: 'realtime text was sent',
  audio: 'audio was sent',
  video: 'video was sent',
  activity_mark: 'an activity mark was sent',
  setup: 'the setup was sent',
  setup_complete: 'the setup was completed',
  model_output: 'output of the model',
  turn_complete: 'the end of a turn',
  interrupted: 'an interruption',
  go_away: 'goAway',
  music_control: 'prompts, configuration or playback control of the music were sent',
  filtered_prompt: 'a prompt was filtered',
  other: 'the last frame',
};

/** What happened, in one or two sentences with the session's own numbers. States no cause. */
export function explainEnd(closure: Closure): string {
  if (closure.connectFailure !== undefined) return explainConnect(closure);
  switch (closure.initiator) {
    case 'client':
      return `The application closed the session ${duration(closure.connectionAgeMs)} after connect().`;
    case 'process':
      return `${closure.processEnding === undefined ? 'The process ended' : endings[closure.processEnding]} with the session open, ${after(closure)}`;
    case 'server':
      return `The service closed with ${closeText(closure)} ${after(closure)}`;
    case 'network':
      return explainNetwork(closure);
  }
}

/** What {@link explainEnd} says already. */
const told: ReadonlySet<SignalId> = new Set<SignalId>([
  'no_close_frame',
  'socket_error',
  'tool_response_just_sent',
  'tool_response_unacknowledged',
]);

/** What happened, the most telling thing that was seen before it, and why that ends a session. */
export function explainCause(
  closure: Closure,
  { cause, speakFor }: Candidate,
  seen: ReadonlyMap<SignalId, string>,
): string {
  const untold = speakFor.filter((signal) => !told.has(signal));
  const telling = untold.find((signal) => requirements(cause).includes(signal)) ?? untold[0];
  const sentence = telling === undefined ? undefined : seen.get(telling);
  return [explainEnd(closure), sentence, cause.cause].filter((part) => part !== undefined).join(' ');
}

function explainConnect({ connectionAgeMs, error }: Closure): string {
  const said = error === undefined ? '' : ` ${errorText(error)}.`;
  return `No session came about: connect() failed ${duration(connectionAgeMs)} after it was called.${said}`;
}

function explainNetwork(closure: Closure): string {
  const error = closure.error === undefined ? '' : ` The last error was ${errorText(closure.error)}.`;
  return `The connection ended with ${networkCode(closure)} ${after(closure)}${error}`;
}

function networkCode(closure: Closure): string {
  if (closure.code === undefined) return 'no close code and no close frame';
  if (closure.code !== 1006) return closeText(closure);
  return closure.reason === '' ? '1006 and no close frame' : `${closeText(closure)} and no close frame`;
}

function closeText({ code, reason, reasonTruncated }: Closure): string {
  if (reason === '') return `${code ?? 'no code'} and no reason`;
  return `${code ?? 'no code'} "${reason}"${reasonTruncated ? ' (cut at 123 bytes)' : ''}`;
}

/** How long after what; ends the sentence. */
function after(closure: Closure): string {
  const { preceding, precedingAgoMs } = closure;
  if (preceding === 'none' || precedingAgoMs === undefined) {
    return `${duration(closure.connectionAgeMs)} after connect(); no frame had crossed the socket.`;
  }
  return `${duration(precedingAgoMs)} after ${what(preceding, closure)}.`;
}

function what(preceding: Exclude<PrecedingEvent, 'none'>, closure: Closure): string {
  const { lastToolResponse: response, lastToolCall: call } = closure;
  if (preceding === 'tool_response') {
    if (response === undefined) return 'a tool response';
    const tools =
      response.responses.length === 0
        ? 'no call'
        : names(response.responses.map(({ name, call: answered }) => name ?? answered?.name));
    const between = response.acknowledgedBy === undefined ? '; no frame came in between' : '';
    return `a tool response of ${bytes(response.bytes)} to ${tools}${between}`;
  }
  if (preceding === 'tool_call')
    return call === undefined ? 'a tool call' : `a tool call of ${names([call.name])}`;
  return events[preceding];
}
