import { common } from './common-factors.ts';
import { type ContextFactors, firstTokens } from './context-steps.ts';
import { limits } from './limits.ts';
import type { Inquiry } from './question.ts';

/** From one usage to the next, and whether the session ended before it. */
export const context: Inquiry<ContextFactors> = {
  unit: 'step',
  family: 'binomial',
  windows: [undefined],
  occasions: false,
  grows: true,
  least: limits.context,
  groupings: [
    { name: 'tokens', level: ({ tokens }) => tokens, spread: 2 },
    { name: 'age', level: ({ age }) => age, spread: 1.5 },
    { name: 'largest response', level: ({ largest }) => largest, reference: -1, spread: 2 },
    { name: 'responses', level: ({ responses }) => responses, reference: 0, spread: 1.5 },
    { name: 'encoding', level: ({ encoding }) => encoding, reference: '', spread: 2 },
    { name: 'input while pending', level: ({ input }) => input, reference: -1, spread: 2 },
    ...common,
  ],
  questions: limits.tokens.map((step) => {
    const from = Math.round(2 ** (step / 2));
    const words = `${from.toLocaleString('en-US')} tokens`;
    return {
      hypothesis: 'context',
      family: 'tokens',
      exposedLabel: `turns that began with ${words} or more`,
      unexposedLabel: 'those with fewer',
      exposed: ({ tokens }) => tokens >= step,
      unknown: ({ tokens }) => tokens < 0,
      // A turn may begin below what ends sessions and go beyond it.
      dose: ({ tokens }) => Math.max(0, tokens - firstTokens) / 2,
      threshold: { quantity: 'tokens', unit: 'token', from, words },
      own: [{ grouping: 'tokens' }],
    };
  }),
};
