/** What helps against each of them, with the threshold that the data shows. Pure. */
import type { JudgedHypothesis, Threshold } from './scorecard.ts';

const helps: Readonly<Record<JudgedHypothesis, string>> = {
  payload_size: 'Keep tool responses small: answer with what the model needs, and let it ask for more.',
  encoding: 'Answer tool calls with flat objects of plain text, without base64 and control characters.',
  tool_call_id:
    'Answer each tool call once, with its own id and name, and drop responses to cancelled calls.',
  concurrency:
    'Send no realtime input while a tool call is pending, answer calls one after the other, and keep fewer sessions open at once.',
  internal_error:
    'Resume after the error with a pause that grows, and report the times and the model to the service.',
  rate_limit: 'Pause before each reconnect, longer each time, and ask for a larger quota.',
  connection: 'Send WebSocket pings, look at proxies and their time-outs, and resume from the last handle.',
  lifetime:
    'Resume at goAway, or before the age at which connections end: nine minutes, where no other one shows.',
  setup: 'Connect with the model and the response modality alone and add the other settings one by one.',
  credentials: 'Renew the key or token before it expires, and look at its restrictions.',
  context: 'Turn on context window compression, or start afresh before the window is full.',
  client: 'Look up where the application closes the session.',
  process: 'Close or hand over open sessions before the process exits.',
};

/** @param known the remedy of the most frequent diagnosed cause, which is more precise */
export function remedyOf(
  hypothesis: JudgedHypothesis,
  threshold: Threshold | undefined,
  known: string | undefined,
): string {
  const text = known ?? helps[hypothesis];
  return threshold === undefined ? text : `${limit(hypothesis, threshold)} ${text}`;
}

function limit(hypothesis: JudgedHypothesis, { quantity, words }: Threshold): string {
  if (hypothesis === 'payload_size') return `Keep tool responses below ${words}.`;
  if (hypothesis === 'context')
    return quantity === 'bytes' ? `Send a connection less than ${words}.` : `Stay below ${words} of context.`;
  return hypothesis === 'rate_limit' ? `Stay below ${words} a minute.` : `Stay below ${words} at once.`;
}
