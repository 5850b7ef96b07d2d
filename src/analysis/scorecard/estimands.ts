/**
 * What is estimated for each hypothesis. In all of them what is compared is fixed before the end it may cause, and an
 * end counts once. docs/method.md has the same with formulas.
 */
import type { JudgedHypothesis } from './scorecard.ts';

const responses =
  'At risk is each tool response, from when it was sent until the next one or the end. An unexpected end that the service gave no reason for, or a turn that never went on, counts once, against the last response before it, which counts as exposed to what its siblings shortly before were as well.';
const named =
  'Counted are the unexpected ends that show it themselves. What diagnoses may have missed is added to the most that it can account for.';

export const estimands: Readonly<Record<JudgedHypothesis, string>> = {
  payload_size: `${responses} Compared are those from a size on with smaller ones that are alike otherwise.`,
  encoding: `${responses} Compared are those with base64, escapes, characters outside of ASCII, control characters or a shape other than an object with those without.`,
  tool_call_id: `${responses} Compared are those whose id or name was not that of a pending call with those that matched.`,
  concurrency: `${responses} Compared are those to several calls at once, or with realtime input while theirs was pending, with the others; pending calls with such input and without; the time until one is answered of several calls at once with that of fewer which have been pending for as long; sessions that ended soon after they were opened while many were open, in their process or in all, and while few were; and the time just after another session was opened while many were open with the rest of the time until the next was, of those that had been open for a minute; and tool calls that came while the sessions of their process, or all, had many pending with those that came while they had few.`,
  internal_error:
    'Counted are the unexpected ends whose diagnosis is an error of the service, less those that go with a hypothesis that is supported; or those that came while nothing that is compared was at work.',
  rate_limit:
    'Ends with a text about quota or rate; sessions that ended soon after they were opened while their process, or all of them, made many connects, and while they made few; and tool responses and turns that were followed by an end while what their process, the sessions of their model or all used within a minute (bytes, tokens, turns) was much, and while it was little, of the same size. It has to come back: one outage is none.',
  connection: `${named} Ends at one odd age of the connection are compared with the ages around.`,
  lifetime: `${named} Ends at the ages of the known limits are compared with the ages around.`,
  setup: named,
  credentials: named,
  context:
    'At risk is each stretch of a session from one usage that the service told to the next. Compared is how often the session ends in one that began with as many tokens as a threshold or more, with the others that are alike in age and in what tool responses were sent in it; and tool responses with which a connection had been sent so many bytes of them or more with those before that are alike in size and age.',
  client: named,
  process: named,
};
