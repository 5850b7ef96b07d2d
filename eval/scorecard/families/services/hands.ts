/** Services that answer calls in ways of their own. */
import { invalidArgumentEnd, notImplementedEnd } from '../../causes/endings.ts';
import { between, type Family } from '../family.ts';
import {
  answeredTwice,
  answersBetween,
  inAnotherOrder,
  misdirectedAmongOthers,
  spokenInto,
} from './hand-causes.ts';
import { within } from './moment.ts';
import { isPicture, strangeAnswers } from './response-causes.ts';
import { tool } from './service.ts';

export const handsServices: readonly Family[] = [
  {
    // A queue that delivers at least once: some answers go out twice.
    name: 'a hardware store',
    make: (draws) => ({
      causes: [answeredTwice({ chance: between(draws, 0.2, 0.6), delay: within(0.1, 1.2) })],
      background: { faults: between(draws, 0.4, 1.2) },
      application: {
        twice: between(draws, 0.05, 0.12),
        tools: [
          tool('screws', { bytes: 1_600, wrongId: 0, weight: 3 }),
          tool('advice', { bytes: 5_000, wrongId: 0 }),
        ],
      },
    }),
  },
  {
    // Several calls at once; the quick ones are answered first, and the service does not like the order.
    name: 'a planner of weddings',
    make: (draws) => ({
      causes: [inAnotherOrder({ chance: between(draws, 0.08, 0.3), delay: within(0.2, 2.5) })],
      background: { faults: between(draws, 0.4, 1.2) },
      parallel: between(draws, 0.4, 0.7),
      application: {
        answers: 'singly',
        tools: [
          tool('halls', { bytes: 4_500, seconds: 4, weight: 2 }),
          tool('guests', { bytes: 600, seconds: 0.5, weight: 2 }),
          tool('flowers', { bytes: 1_200, seconds: 1.5 }),
        ],
      },
    }),
  },
  {
    // Guards press the key while the tool still works; one frame is harmless, the second is not.
    name: 'a night guard with a radio',
    make: (draws) => ({
      causes: [
        spokenInto({ chance: between(draws, 0.3, 0.8), delay: within(0.1, 1.5), end: notImplementedEnd }),
      ],
      background: { faults: between(draws, 0.5, 1.5), losses: between(draws, 0.5, 2) },
      users: { mics: { open: 0, gated: 0, push: 1, text: 0 }, barges: between(draws, 0.08, 0.2) },
      application: {
        tools: [tool('doors', { bytes: 300, seconds: 2, weight: 3 }), tool('camera', { base64: 0.9 })],
      },
    }),
  },
  {
    // Pictures, and of them the large ones: small ones and long texts are taken.
    name: 'a tattoo parlour',
    make: (draws) => {
      const strength = between(draws, 0.2, 0.6);
      return {
        causes: [
          strangeAnswers({
            name: 'large pictures',
            allowed: ['payload_size'],
            delay: within(0.3, 3),
            end: invalidArgumentEnd,
            chance: (answer) => (answer.bytes >= 5_000 && isPicture(answer) ? strength : 0),
          }),
        ],
        background: { faults: between(draws, 0.3, 1) },
        application: {
          tools: [
            tool('motifs', { bytes: 3_500, base64: 0.5, spread: 1, weight: 2 }),
            tool('care', { bytes: 6_000, base64: 0, spread: 0.8 }),
          ],
        },
      };
    },
  },
  {
    // Ids get lost; that matters only while more than one call is open. Clocks differ.
    name: 'a switchboard',
    make: (draws) => ({
      causes: [misdirectedAmongOthers(between(draws, 0.3, 0.7))],
      background: { faults: between(draws, 0.4, 1.2) },
      parallel: between(draws, 0.4, 0.6),
      application: {
        answers: 'singly',
        tools: [
          tool('extensions', { bytes: 1_500, wrongId: 0.14, weight: 2 }),
          tool('transfer', { bytes: 150, wrongId: 0.14 }),
        ],
      },
      operations: { skewMs: between(draws, 500, 5_000), sampling: { ratio: 0.5, weights: false } },
      size: 1.4,
    }),
  },
  {
    // What is a bit longer than one buffer goes wrong; what needs three is fine again. Near the edge.
    name: 'a butcher',
    make: (draws) => ({
      causes: [answersBetween({ from: 2_048, to: 4_096, chance: between(draws, 0.05, 0.16) })],
      background: { faults: between(draws, 0.6, 1.6) },
      application: {
        tools: [
          tool('cuts', { bytes: 2_000, spread: 1.2, weight: 2 }),
          tool('scales', { bytes: 90, seconds: 0.3 }),
          tool('origins', { bytes: 9_000, seconds: 3 }),
        ],
      },
    }),
  },
];
