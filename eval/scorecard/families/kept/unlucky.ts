/** Services in which something fails that is none of the hypotheses, or nothing but the usual, among odd habits. */
import { between, type Family } from '../family.ts';
import { within } from '../services/moment.ts';
import { newer, older, tool } from '../services/service.ts';
import { deadlyAnswers } from './answer-causes.ts';
import { faults } from './fault-causes.ts';
import { noLongerWaited } from './pending-causes.ts';

export const unluckyFamilies: readonly Family[] = [
  {
    // Kept thin: a tenth of the sessions, and every end.
    name: 'a hospice line',
    make: (draws) => ({
      background: { faults: between(draws, 1, 2.5), losses: between(draws, 0.2, 0.6) },
      users: { users: 70, visit: 330, frailty: 1.2, pause: 9 },
      application: {
        tools: [
          tool('plan', { bytes: 6_500, spread: 1.2, seconds: 2, weight: 2 }),
          tool('nurse', { bytes: 150, spread: 0.3, seconds: 4 }),
        ],
      },
      operations: { sampling: { ratio: 0.1, weights: draws.chance(0.5), others: 'closure' } },
      size: 1.5,
    }),
  },
  {
    // Machines with bad clocks, rolled out again and again; many calls at once.
    name: 'a clock museum',
    make: (draws) => ({
      background: { faults: between(draws, 2, 4) },
      users: { users: 40, visit: 150, mics: { open: 6, gated: 0, push: 2, text: 2 } },
      application: {
        tools: [
          tool('clock', { bytes: 3_000, spread: 1.3, weight: 3, base64: 0.12 }),
          tool('maker', { bytes: 1_200, spread: 0.7, utf8: 0.7 }),
        ],
        answers: 'together',
      },
      operations: { skewMs: 30_000, deploys: 4, kills: 6 },
      parallel: 0.55,
    }),
  },
  {
    // One customer never stops, asks for the large things, and is the one whose sessions end.
    name: 'lonely hearts',
    make: (draws) => ({
      causes: [
        faults({
          name: 'faults of one customer',
          allowed: ['internal_error'],
          perHour: between(draws, 4, 9),
          badness: ({ client }) => (client.user.id === 0 ? 1 : 0),
        }),
      ],
      users: { users: 22, visit: 120, endless: true },
      application: {
        tools: [
          tool('profiles', { bytes: 4_000, spread: 1, utf8: 0.5, weight: 2 }),
          tool('messages', { bytes: 900, spread: 0.9 }),
        ],
        retries: { chance: 0.95, seconds: 1, most: 6 },
      },
      size: 0.6,
    }),
  },
  {
    // Whatever the register says, the next version of the model chokes on it: short or long, in any letters.
    name: 'a passport desk',
    make: (draws) => {
      const chance = between(draws, 0.08, 0.25);
      return {
        causes: [
          deadlyAnswers({
            name: 'any answer of the register',
            allowed: ['internal_error'],
            chance: ({ tool: of }, { client }) => (of === 'register' && client.model === newer ? chance : 0),
            delay: within(0.1, 1.5),
          }),
        ],
        application: {
          tools: [
            tool('register', { bytes: 2_500, spread: 1.1, utf8: 0.75, seconds: 2 }),
            tool('photo_booths', { bytes: 1_500, spread: 1.2, utf8: 0.3 }),
            tool('queue', { bytes: 250, spread: 0.8, utf8: 0.3 }),
          ],
        },
        operations: {
          pods: 4,
          models: [
            [older, 1],
            [newer, 1],
          ],
        },
        size: 1.2,
      };
    },
  },
  {
    // Some files take for ever, and the service waits for no answer that long; most people talk meanwhile.
    name: 'a notary',
    make: (draws) => ({
      causes: [noLongerWaited({ seconds: between(draws, 13, 18), chance: between(draws, 0.5, 0.9) })],
      users: { users: 60, visit: 200, patience: 45, mics: { open: 5, gated: 3, push: 3, text: 0 } },
      application: {
        tools: [
          tool('deeds', { bytes: 8_000, spread: 1, seconds: 5, slack: 0.8, slowIsLarge: 0.7, weight: 2 }),
          tool('diary', { bytes: 300, spread: 0.4, seconds: 0.6, weight: 2 }),
        ],
      },
    }),
  },
];
