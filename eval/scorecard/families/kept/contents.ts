/** Services whose sessions end by what is in answers, or by whose answer it is. */
import { invalidArgumentEnd } from '../../causes/endings.ts';
import { encodedResponse } from '../../causes/responses.ts';
import { restricted } from '../../causes/restricted.ts';
import { between, type Family } from '../family.ts';
import { tailed, within } from '../services/moment.ts';
import { newer, older, tool } from '../services/service.ts';
import { deadlyAnswers, mostly, secondAnswers } from './answer-causes.ts';

const notFoundEnd = { code: 1008, reason: 'Requested entity was not found.' } as const;

export const contentsFamilies: readonly Family[] = [
  {
    // Small pictures among texts that are as long.
    name: 'a stamp collector',
    make: (draws) => ({
      causes: [encodedResponse({ what: 'base64', chance: between(draws, 0.06, 0.25), after: [0.4, 4] })],
      background: { faults: between(draws, 0.6, 2.5) },
      application: {
        tools: [
          tool('stamp', { bytes: 1_500, spread: 0.6, base64: 0.3, weight: 2 }),
          tool('value', { bytes: 1_300, spread: 0.7, base64: 0 }),
          tool('dealers', { bytes: 2_500, spread: 0.9, base64: 0 }),
        ],
      },
      operations: { sampling: { ratio: 0.4, weights: true }, skewMs: 300 },
      size: 1.5,
    }),
  },
  {
    // One model does not like letters that are not English; half of the headlines have some.
    name: 'a Nordic newspaper',
    make: (draws) => ({
      causes: [
        restricted(
          encodedResponse({ what: 'utf8', chance: between(draws, 0.06, 0.18), after: [0.1, 2] }),
          ({ client }) => client.model === newer,
        ),
      ],
      background: { faults: between(draws, 0.6, 2) },
      users: { users: 110, visit: 140 },
      application: {
        tools: [
          tool('headlines', { bytes: 1_800, spread: 0.8, utf8: 0.55, base64: 0, weight: 3 }),
          tool('weather', { bytes: 400, spread: 0.4, utf8: 0.3, base64: 0 }),
          tool('archive', { bytes: 3_500, spread: 1, utf8: 0.4, base64: 0, seconds: 2.5 }),
        ],
      },
      operations: {
        pods: 4,
        models: [
          [older, 1],
          [newer, 1],
        ],
      },
    }),
  },
  {
    // Receipts now and then come with the codes that make the printer write bold.
    name: 'a printing house',
    make: (draws) => {
      const chance = between(draws, 0.25, 0.7);
      return {
        causes: [
          deadlyAnswers({
            name: 'codes for the printer',
            hypothesis: 'encoding',
            chance: ({ text }) => (text.slice(0, 1_500).includes('\\u0001') ? chance : 0),
            delay: within(0.05, 0.6),
            end: mostly(invalidArgumentEnd, 0.7),
          }),
        ],
        application: {
          tools: [
            tool('receipt', { bytes: 700, spread: 0.5, control: 0.14, seconds: 0.6, weight: 2 }),
            tool('queue', { bytes: 1_200, spread: 1, control: 0.01 }),
            tool('paper', { bytes: 350, spread: 0.6, control: 0 }),
          ],
          retries: { chance: 0.4, seconds: 4, most: 2 },
        },
        operations: { deploys: 2 },
      };
    },
  },
  {
    // The relay sends an answer again where it hears nothing; the service takes no second one, and says so later.
    name: 'luggage storage',
    make: (draws) => {
      const chance = between(draws, 0.15, 0.5);
      return {
        causes: [
          secondAnswers({
            chance,
            delay: tailed(1.2, 0.8, 8),
            end: mostly(notFoundEnd, 0.3),
          }),
        ],
        application: {
          tools: [
            tool('locker', { bytes: 220, spread: 0.4, seconds: 1.4, wrongId: 0, weight: 3 }),
            tool('tariff', { bytes: 900, spread: 0.9, wrongId: 0, weight: 2 }),
          ],
          twice: between(draws, 0.05, 0.1),
        },
        users: { users: 100, visit: 110 },
      };
    },
  },
  {
    // Owners interrupt, the model cancels what it asked for, and the practice answers all the same.
    name: 'a vet',
    make: (draws) => {
      const chance = between(draws, 0.1, 0.4);
      return {
        causes: [
          deadlyAnswers({
            name: 'answers that nobody waits for',
            hypothesis: 'tool_call_id',
            chance: ({ cancelled }) => (cancelled ? chance : 0),
            delay: tailed(0.6, 0.7, 5),
          }),
        ],
        background: { faults: between(draws, 0.8, 3) },
        application: {
          tools: [
            tool('history', { bytes: 2_200, spread: 1, seconds: 2.2, wrongId: 0, weight: 2 }),
            tool('dosage', { bytes: 500, spread: 0.5, seconds: 1.6, wrongId: 0 }),
          ],
          heedsCancellation: false,
        },
        cancels: between(draws, 0.12, 0.22),
        operations: { sampling: { ratio: 0.6, weights: false }, kills: 3 },
        size: 1.4,
      };
    },
  },
];
