/** Services in which nothing is planted that sessions could be compared by, and much is tempting. */
import { outage } from '../../causes/sessions.ts';
import { between, type Family, logBetween } from '../family.ts';
import { tailed } from './moment.ts';
import { newer, older, tool } from './service.ts';
import { atRate, befalls, inSpells, unanswered } from './time-causes.ts';

export const blamelessServices: readonly Family[] = [
  {
    // The service fails at the busiest hour, everybody insists, and everybody asks for the long list of lots.
    name: 'an auction house',
    make: (draws) => ({
      causes: [
        outage({ start: between(draws, 0.55, 0.65), minutes: 35, perMinute: between(draws, 0.8, 2.5) }),
      ],
      users: { visit: 130, frailty: 1 },
      application: {
        retries: { chance: 0.95, seconds: 1, most: 25 },
        tools: [
          tool('lots', { bytes: 8_000, weight: 3, seconds: 2.5 }),
          tool('bid', { bytes: 90, seconds: 0.2 }),
        ],
      },
      operations: { hours: 9, daily: 1.8 },
      size: 1.3,
    }),
  },
  {
    // Its gateway makes its own ids, which the service forgives; a few users are ill-starred.
    name: 'a fraud desk',
    make: (draws) => ({
      background: { faults: between(draws, 4, 9) },
      users: { users: 24, frailty: between(draws, 1.2, 1.6), visit: 170 },
      application: {
        tools: [
          tool('payments', { bytes: 3_000, wrongId: 0.35, weight: 2, growth: 0.2 }),
          tool('card', { bytes: 200, wrongId: 0.35 }),
        ],
        answers: 'singly',
      },
      parallel: between(draws, 0.3, 0.6),
    }),
  },
  {
    // Open microphones, slow projectors, three calls at once, and faults that know nothing of it.
    name: 'a cinema',
    make: (draws) => ({
      background: { faults: between(draws, 5, 10) },
      users: { users: 55, frailty: 0.8, mics: { open: 9, gated: 1, push: 1, text: 0 } },
      parallel: between(draws, 0.55, 0.85),
      application: {
        answers: 'singly',
        tools: [tool('programme', { bytes: 2_500, seconds: 6, weight: 2 }), tool('popcorn', { seconds: 3 })],
      },
      operations: { sampling: { ratio: 0.5, weights: true } },
      size: 1.3,
    }),
  },
  {
    // Old connections fail the most; by then the ledger is long, the context full, and the answers slow.
    name: 'an archive of letters',
    make: (draws) => {
      const rate = between(draws, 0.6, 1.6);
      return {
        causes: [
          befalls({
            name: 'faults of old age',
            allowed: ['internal_error'],
            after: (_, { draws: own }) => Math.sqrt((120 * own.exponential(3_600)) / rate),
          }),
        ],
        users: { visit: 340, frailty: 0.9, users: 40 },
        application: {
          tools: [
            tool('letters', {
              bytes: 1_500,
              growth: 0.6,
              spread: 0.7,
              seconds: 2,
              slowIsLarge: 0.7,
              weight: 2,
            }),
            tool('places', { bytes: 400, utf8: 0.8 }),
          ],
        },
        size: 0.8,
      };
    },
  },
  {
    // Evenings with matches: crowded processes, connects by the dozen, and the service has its faults then as well.
    name: 'a betting shop',
    make: (draws) => ({
      background: { faults: between(draws, 4, 9) },
      users: { visit: 90, users: 130, frailty: 1.2 },
      application: {
        retries: { chance: 0.9, seconds: 0.8, most: 8 },
        tools: [tool('odds', { bytes: 3_500, weight: 3 }), tool('balance', { bytes: 80 })],
      },
      operations: { hours: 11, daily: 1.9, pods: 2 },
      size: 2.5,
    }),
  },
  {
    // Two of a dozen kiosks have a broken board; they are the ones with the open microphone and much to do.
    name: 'kiosks in a hospital',
    make: (draws) => {
      const rate = between(draws, 20, 45);
      return {
        causes: [
          befalls({
            name: 'two broken kiosks',
            allowed: ['internal_error', 'client'],
            after: ({ client }, scene) => atRate(scene, client.user.id < 2 ? rate : 0),
          }),
        ],
        background: { faults: between(draws, 0.5, 1) },
        users: { users: 12, visit: 140, mics: { open: 5, gated: 1, push: 4, text: 0 } },
        application: {
          retries: { chance: 1, seconds: 1, most: 10 },
          tools: [tool('wards', { bytes: 6_000, weight: 2 }), tool('queue-number', { bytes: 60 })],
        },
      };
    },
  },
  {
    // Whose call is unanswered after eight seconds is given up; what is slow is long, and people talk into it.
    name: 'a land registry',
    make: (draws) => ({
      causes: [unanswered({ seconds: 8, chance: between(draws, 0.4, 0.9) })],
      users: { mics: { open: 5, gated: 4, push: 2, text: 1 } },
      application: {
        tools: [
          tool('deeds', { bytes: 7_000, seconds: 4, slack: 0.7, slowIsLarge: 0.85, weight: 2 }),
          tool('owners', { bytes: 500, seconds: 1 }),
        ],
      },
    }),
  },
  {
    // A release each hour, the last with pictures and foreign texts that are long; machines that die, clocks apart.
    name: 'a fashion house',
    make: (draws) => {
      const looks = tool('looks', { bytes: 1_000, weight: 2, base64: 0, utf8: 0.1 });
      const sizes = tool('sizes-at-hand', { bytes: 250, base64: 0, utf8: 0 });
      return {
        background: { faults: between(draws, 2.5, 5), losses: between(draws, 0.5, 1.5) },
        application: { tools: [looks, sizes], heedsGoAway: false },
        users: { visit: 210 },
        operations: {
          deploys: 7,
          kills: 14,
          skewMs: between(draws, 5_000, 60_000),
          newTools: [{ ...looks, bytes: 9_000, base64: 0.4, utf8: 0.6, wrongId: 0.15 }, sizes],
        },
        size: 1.5,
      };
    },
  },
  {
    // One session in twelve is recorded, and of the others nothing; everything in it looks dangerous.
    name: 'a phrase book',
    make: (draws) => ({
      background: { faults: between(draws, 4, 9) },
      users: { visit: 80, users: 200, frailty: 0.9 },
      application: {
        tools: [
          tool('phrases', { bytes: logBetween(draws, 3_000, 12_000), utf8: 0.95, base64: 0.2, weight: 2 }),
          tool('sounds', { bytes: 14_000, base64: 0.9, control: 0.3 }),
        ],
      },
      operations: { sampling: { ratio: 0.08, weights: true, others: 'nothing' } },
      size: 5,
    }),
  },
  {
    // One region fails for some minutes each hour, and all of its clients come back at once.
    name: 'a delivery service',
    make: (draws) => {
      const perMinute = between(draws, 2, 5);
      return {
        causes: [
          befalls({
            name: 'spells of one region',
            allowed: ['internal_error'],
            after: ({ client }, scene) => {
              if (client.region !== 'us-east1') return Number.POSITIVE_INFINITY;
              const spells = Array.from({ length: 12 }, (_, hour) => [hour + 0.3, hour + 0.38] as const);
              return inSpells(scene, spells, perMinute);
            },
          }),
        ],
        users: { visit: 100, users: 110 },
        application: {
          retries: { chance: 0.9, seconds: 0.7, most: 12 },
          tools: [tool('parcels', { bytes: 2_800, wrongId: 0.05, weight: 2 }), tool('eta', { bytes: 100 })],
        },
        operations: {
          regions: ['us-east1', 'us-central1'],
          pods: 4,
          hours: 12,
          models: [
            [older, 1],
            [newer, 1],
          ],
        },
        size: 1.6,
      };
    },
  },
  {
    // Some sessions start on a bad machine of the service and end within seconds: often right after one another.
    name: 'a lottery',
    make: (draws) => {
      const p = between(draws, 0.06, 0.16);
      const delay = tailed(6, 0.8, 60);
      return {
        causes: [
          befalls({
            name: 'a bad start',
            allowed: ['internal_error'],
            after: (_, { draws: own }) => (own.chance(p) ? delay.draw(own) : Number.POSITIVE_INFINITY),
          }),
        ],
        users: { visit: 70, users: 90 },
        application: {
          retries: { chance: 0.95, seconds: 0.5, most: 15 },
          tools: [tool('numbers', { bytes: 5_000, seconds: 2.5, weight: 2 }), tool('jackpot', { bytes: 70 })],
        },
        operations: { pods: 2 },
        load: between(draws, 3, 5),
        size: 1.5,
      };
    },
  },
];
