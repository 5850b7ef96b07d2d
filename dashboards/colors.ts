/** One colour for one meaning, on every dashboard: green is as it should be, yellow is unusual, red is broken. */
import type { ToolCallOutcome, ToolResponseOutcome, TurnOutcome } from '../src/conventions/vocabulary.ts';
import type { Color, Colors } from './panels/panel.ts';

export const byExpectation = { expected: 'green', unexpected: 'red' } as const satisfies Colors;

export const byTurnOutcome: Readonly<Record<TurnOutcome, Color>> = {
  complete: 'green',
  interrupted: 'blue',
  superseded: 'yellow',
  empty: 'yellow',
  rejected: 'orange',
  malformed: 'orange',
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
