import type { Frame } from '../risk/frame.ts';
import { isOpen } from './attribution.ts';
import { common } from './common-factors.ts';
import type { Inquiry } from './question.ts';
import type { CallFactors } from './units.ts';

/**
 * A tool call, and whether the session ended while it was pending. The longer one is pending, the more input comes and
 * the more can happen: those with input have to meet more ends than so much time of any session.
 */
export function toolCalls({ sessions }: Frame): Inquiry<CallFactors> {
  let ends = 0;
  let minutes = 0;
  for (const { ending, weight, age } of sessions) {
    if (isOpen(ending)) ends += weight;
    minutes += (weight * Math.max(0, age)) / 60;
  }
  return {
    unit: 'tool_call',
    family: 'binomial',
    windows: [undefined],
    occasions: false,
    whole: { ends, minutes },
    least: 1,
    groupings: [
      { name: 'tool', level: ({ tool }) => tool, spread: 2 },
      { name: 'calls pending', level: ({ pending }) => pending, reference: 0, spread: 1.5 },
      { name: 'input while pending', level: ({ input }) => input, reference: 0, spread: 2 },
      { name: 'blocking', level: ({ nonBlocking }) => nonBlocking, reference: false, spread: 1.5 },
      ...common,
    ],
    questions: [
      {
        hypothesis: 'concurrency',
        family: 'race',
        exposedLabel: 'tool calls with realtime input while they were pending',
        unexposedLabel: 'those without',
        exposed: ({ input }) => input > 0,
        own: [{ grouping: 'input while pending' }],
      },
    ],
  };
}
