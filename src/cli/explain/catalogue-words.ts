import type { Category, Confidence, Retry } from '../../conventions/vocabulary.ts';
import type { Observability } from '../../diagnosis/cause.ts';

/** What stands above the entries of `docs/closures.md`. */
export const intro = `Every way in which a Live connection is known to end, what speaks for it, and what to do. The cause of a closure is in
\`gemini.live.closure.cause\` of its \`live_closure\` span and in the label of the same name of \`gemini.live.closures\`; each is a heading below.`;

export const howToRead = `**You have a cause.** Go to its heading: \`closures.md#\` and the id.

**You have a code and a text.** Look them up in the table below. Where one cause stands beside them, the text decides. Where
several stand there, the text says nothing but its status, and what happened before decides: read what speaks for and against
each.

**Your text is not in the table.** Then its words are read: entries \`text-names-…\` stand for texts that nobody has reported
yet and that say plainly what they are about, such as a key or a quota.

**You have only a code.** It says little. 1011 covers quota and billing as well as crashes, 1008 retired models and routine ends
as well as refusals, 1007 everything the service would not take, and 1000 from Vertex AI can be a forced end.

What else to know:

- The close frame is the only way in which the service reports an error. Its text is cut at 123 bytes, often in the middle of a
  word: compare beginnings, not whole sentences.
- In the texts, \`<…>\` stands for what varies, and a text that is known only as far as it was cut ends in …
- Some settings are accepted with the setup and refused when they are first used. A close at the first audio can still mean the
  setup.
- What an SDK reports may differ: some make up a 1006 where no close frame came, some put their own guess into the message.
- A tool that goes wrong often closes nothing: the turn just stays silent.`;

export const decisionOrder: readonly string[] = [
  'The application or its process ended the session: nothing else to look for.',
  'The socket never opened: the error of the attempt says why.',
  'The text is specific: it decides.',
  'The setup was not complete: with a resumption handle the handle is suspect, without one the setup and the credentials.',
  'goAway had come, or the connection was about ten minutes old: its lifetime.',
  'A tool call was pending, or a tool response had just been sent: the tools.',
  'The last thing sent was not as the protocol wants it: the input.',
  'The context was full, or video was sent: the tokens.',
  'Nobody had said anything for about 150 s: idleness.',
  'No close frame came, or the line was silent: the transport.',
  'None of these: a fault of the service.',
];

/** In the order of the page. */
export const categoryWords: Readonly<Record<Exclude<Category, 'unknown'>, readonly [string, string]>> = {
  setup: [
    'Setup',
    'The model, its settings and the first message. Connecting again does not help by itself.',
  ],
  credentials: ['Credentials', 'Keys, tokens, permissions and regions. Somebody has to change something.'],
  quota: ['Quota', 'Rate limits, capacity and billing. Retrying at once makes it worse.'],
  tools: ['Tools', 'Tool calls, their responses, and what is sent in between.'],
  input: ['Input', 'What the application sent, and in which order.'],
  context: ['Context', 'The token window of the model.'],
  lifetime: [
    'Lifetime and resumption',
    'Connections that reached their age, and what happens when they are resumed.',
  ],
  transport: ['Transport', 'The connection itself, and what stands between the application and the service.'],
  server: ['Service', 'Faults of the service that no frame of the application explains.'],
  client: ['Application', 'Ends that the application asked for.'],
  process: ['Process', 'Ends of the process.'],
};

export const retryWords: Readonly<Record<Retry, string>> = {
  now: 'At once, with the resumption handle where there is one.',
  later: 'After a pause that grows with each failure.',
  fresh_session: 'With a fresh session: without the handle, and without replaying the context.',
  no: 'Not before something was changed.',
};

export const confidenceWords: Readonly<Record<Exclude<Confidence, 'none'>, string>> = {
  high: 'High: the text names it, Google documents it, or a controlled test shows it.',
  medium: 'Medium: several reports agree, or it is known from the text alone.',
  low: 'Low: suspected, or reported once.',
};

export const observableWords: Readonly<Record<Observability, string>> = {
  yes: 'Yes.',
  partly: 'In part: what is seen fits other causes as well.',
  no: 'No. It is named only as a rival of others.',
};
