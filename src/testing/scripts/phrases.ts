import type { Action, Reaction, ToolCallOf } from '../script.ts';

/** What the model does between the end of the user's turn and its first sound. */
export const think: Action = { do: 'wait', ms: [250, 600] };

export const answer: readonly Action[] = [
  { do: 'speak', ms: 1_600, text: 'Here is what I found for you.' },
  { do: 'turn_complete' },
];

/** Announces a tool and calls it; the turn goes on when it is answered. */
export function callTools(calls: readonly ToolCallOf[]): readonly Action[] {
  return [
    think,
    { do: 'speak', ms: 800, text: 'Let me check that.' },
    { do: 'tool_call', calls },
    { do: 'wait', ms: 300 },
  ];
}

/** Every turn of the user is answered in speech. */
export const answerTurns: Reaction = { on: { event: 'user_turn' }, do: [think, ...answer] };

/** Every turn of the user leads to one tool call and an answer. */
export const answerTurnsWithTool: Reaction = {
  on: { event: 'user_turn' },
  do: [...callTools([{}]), ...answer],
};
