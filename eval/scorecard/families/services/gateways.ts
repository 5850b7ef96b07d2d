/** Services behind gateways: what is old, full, or not allowed in any more. */
import { between, type Family } from '../family.ts';
import { fullTable, tooLongToResume } from './gateway-causes.ts';
import { shareOf } from './moment.ts';
import { newer, older, tool } from './service.ts';
import { befalls } from './time-causes.ts';

export const gatewaysServices: readonly Family[] = [
  {
    // A router at the site forgets the oldest connection when its table is full.
    name: 'a caravan park',
    make: (draws) => ({
      causes: [fullTable({ entries: 8, chance: between(draws, 0.2, 0.5) })],
      background: { faults: between(draws, 0.3, 1), losses: between(draws, 0.1, 0.4) },
      application: {
        tools: [tool('pitches', { bytes: 2_200, weight: 2 }), tool('showers', { bytes: 70, seconds: 0.3 })],
      },
      operations: { pods: 2, daily: 1.4 },
      load: between(draws, 3, 4.5),
    }),
  },
  {
    // A key is changed, and one process of three goes on with the old one; its callers insist.
    name: 'a border post',
    make: (draws) => {
      const since = between(draws, 0.45, 0.8);
      return {
        causes: [
          befalls({
            name: 'an old key',
            hypothesis: 'credentials',
            told: true,
            end: { code: 1007, reason: 'API key expired. Please renew the API key.' },
            after: ({ client }, scene) =>
              client.pod === 'pod-0' && shareOf(scene) >= since ? 0.02 : Number.POSITIVE_INFINITY,
          }),
        ],
        background: { faults: between(draws, 1, 2.5) },
        application: {
          retries: { chance: 0.6, seconds: 2, most: 3 },
          tools: [tool('plates', { bytes: 1_400, weight: 2 }), tool('papers', { bytes: 4_000, utf8: 0.9 })],
        },
        operations: { pods: 3 },
      };
    },
  },
  {
    // Long lives: after a fault the conversation is resumed, and what has become too long is not loaded again.
    name: 'stories of a life',
    make: (draws) => ({
      causes: [tooLongToResume({ tokens: 4_000, chance: between(draws, 0.3, 0.7) })],
      background: { faults: between(draws, 2, 4), losses: between(draws, 0.5, 1.5) },
      users: { visit: 330, users: 50 },
      application: {
        retries: { chance: 0.9, seconds: 2, most: 4 },
        tools: [tool('chapters', { bytes: 3_000, growth: 0.2, weight: 2 }), tool('dates', { bytes: 200 })],
      },
      size: 0.8,
    }),
  },
  {
    // One model closes after seven minutes instead of ten, and announces nothing.
    name: 'a yoga studio',
    make: (draws) => {
      const seconds = between(draws, 390, 440);
      return {
        causes: [
          befalls({
            name: 'the lifetime of one model',
            hypothesis: 'lifetime',
            told: true,
            end: { code: 1011, reason: 'Deadline expired before operation could complete.' },
            after: ({ client }, { draws: own }) =>
              client.model === newer ? seconds + 2 * own.next() : Number.POSITIVE_INFINITY,
          }),
        ],
        background: { faults: between(draws, 0.3, 1) },
        users: { visit: 420, pause: 15 },
        application: {
          tools: [tool('poses', { bytes: 2_600, base64: 0.2, weight: 2 }), tool('breath', { bytes: 60 })],
        },
        operations: {
          pods: 4,
          models: [
            [older, 1],
            [newer, 1],
          ],
        },
        size: 0.8,
      };
    },
  },
];
