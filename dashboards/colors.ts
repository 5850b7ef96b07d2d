/**
 * One colour for one meaning, on every dashboard: green is as it should be, yellow and orange are unusual, red is broken.
 * Blue and purple mean neither.
 */
import {
  firstAudioReferences,
  type Hypothesis,
  idMatches,
  modalities,
  type StallKind,
  type ToolCallOutcome,
  type ToolResponseOutcome,
  type TurnOutcome,
} from '../src/conventions/vocabulary.ts';
import type { Color, Colors } from './panels/panel.ts';

export const byExpectation = { expected: 'green', unexpected: 'red' } as const satisfies Colors;

const neutral: readonly Color[] = [
  'blue',
  'purple',
  'light-blue',
  'dark-purple',
  'dark-blue',
  'light-purple',
  'gray',
];

/** Values that are neither good nor bad; where there are many, the first ones are told apart best. */
function told<Value extends string>(values: readonly Value[]): Readonly<Record<Value, Color>> {
  const pairs = values.map((value, index) => [value, neutral[index % neutral.length]]);
  return Object.fromEntries(pairs) as Record<Value, Color>;
}

export const byModality = told(modalities);
export const byFirstAudioReference = told(firstAudioReferences);

/** The seven hypotheses are neither good nor bad; what is none of them is told apart from them. */
export const byHypothesis: Readonly<Record<Hypothesis, Color>> = {
  payload_size: 'blue',
  encoding: 'dark-blue',
  tool_call_id: 'light-purple',
  concurrency: 'light-blue',
  internal_error: 'purple',
  rate_limit: 'dark-purple',
  connection: 'gray',
  lifetime: 'yellow',
  setup: 'orange',
  credentials: 'dark-orange',
  context: 'light-orange',
  client: 'dark-yellow',
  process: 'light-yellow',
  not_established: 'text',
};

export const byStallKind: Readonly<Record<StallKind, Color>> = {
  setup_unanswered: 'dark-red',
  tool_call_unanswered: 'yellow',
  tool_response_unanswered: 'orange',
  turn_unanswered: 'red',
  interaction_unfinished: 'dark-orange',
  line_silent: 'light-red',
  music_silent: 'purple',
};

export const byLossReason: Colors = { buffer_full: 'orange', rejected: 'red', file: 'dark-orange' };

/** Of the names of turns that failed; refusals, which have many reasons, are shades of orange. */
export const byFailure: Colors = { '/^malformed/': 'light-red', '/^empty/': 'yellow' };

export const byIdMatch: Colors = {
  ...Object.fromEntries(idMatches.map((match) => [match, 'red'] as const)),
  matched: 'green',
  // A race that cannot always be won.
  cancelled: 'yellow',
};

export const byTurnOutcome: Readonly<Record<TurnOutcome, Color>> = {
  complete: 'green',
  interrupted: 'blue',
  superseded: 'light-yellow',
  empty: 'yellow',
  rejected: 'orange',
  malformed: 'light-red',
  closure: 'red',
};

export const byCallOutcome: Readonly<Record<ToolCallOutcome, Color>> = {
  answered: 'green',
  cancelled: 'yellow',
  closure: 'red',
};

export const byResponseOutcome: Readonly<Record<ToolResponseOutcome, Color>> = {
  ok: 'green',
  closure: 'red',
};
