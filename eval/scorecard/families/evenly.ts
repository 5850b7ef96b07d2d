/** Faults that come at any time, in busy and in sampled sessions; and what looks like them, or is taken for something else because of them. */
import type { Cause } from '../causes/cause.ts';
import { type After, fatalResponse, largeResponse } from '../causes/responses.ts';
import { agingFaults, hazard } from '../causes/sessions.ts';
import { between, type Family, withTools } from './family.ts';

/** Hardly a moment without an answer shortly before. */
const busy = { users: { pause: 1, visit: 150 }, calls: 0.8 } as const;

const anyAnswer = (chance: number, after: After): Cause =>
  fatalResponse({ name: 'any answer', after, chance: () => chance });

export const evenFamilies: readonly Family[] = [
  {
    name: 'faults among many answers',
    make: (draws) => ({
      ...busy,
      causes: [hazard({ hypothesis: 'internal_error', perHour: between(draws, 4, 10) })],
    }),
  },
  {
    // Its twin: no fault, and nothing that is compared.
    name: 'any answer of many may be the last',
    make: (draws) => ({
      ...busy,
      causes: [anyAnswer(between(draws, 0.02, 0.06), [0.1, 1.5])],
      background: { faults: 0.2 },
    }),
  },
  {
    // The same, later.
    name: 'any answer may be the last, late',
    make: (draws) => ({
      causes: [anyAnswer(between(draws, 0.02, 0.08), [3, 18])],
      background: { faults: 0.2 },
    }),
  },
  {
    name: 'faults of old connections, sampled',
    make: (draws) => ({
      ...busy,
      users: { ...busy.users, visit: 260 },
      causes: [agingFaults({ perHour: between(draws, 6, 14), minutes: 4 })],
      operations: { sampling: { ratio: between(draws, 0.1, 0.3), weights: false } },
      size: 2,
    }),
  },
  {
    // Whom faults befall, and whose microphone is open: whoever they are, the two go together by chance.
    name: 'nothing, few frail users who talk on',
    make: (draws) => ({
      background: { faults: between(draws, 8, 14) },
      users: { users: 14, frailty: 1.3, visit: 60, mics: { open: 4, gated: 4, push: 2, text: 0 } },
    }),
  },
  {
    // Large answers end sessions seconds later, and come several at a time.
    name: 'large answers among several, later',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 12_000, chance: between(draws, 0.15, 0.5), after: [1, 6] })],
      parallel: between(draws, 0.5, 0.8),
      application: { answers: 'singly', tools: withTools({ bytes: 3_000 }) },
    }),
  },
];
