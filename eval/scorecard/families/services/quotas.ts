/** Services that run into what is counted. */
import { quotaEnd } from '../../causes/endings.ts';
import { between, type Family } from '../family.ts';
import { within } from './moment.ts';
import {
  bytesPerMinute,
  connectsByTheClock,
  tokensOfModel,
  turnsOfModel,
  turnsOfUser,
} from './quota-causes.ts';
import { newer, older, tool } from './service.ts';

export const quotasServices: readonly Family[] = [
  {
    // What a process sends in a minute is counted: when many ask for long recipes, any answer may be too much.
    name: 'an exchange of recipes',
    make: (draws) => ({
      causes: [bytesPerMinute({ bytes: 130_000, chance: between(draws, 0.08, 0.3) })],
      background: { faults: between(draws, 0.2, 0.8) },
      application: {
        tools: [
          tool('recipe', { bytes: 3_000, spread: 0.9, weight: 3 }),
          tool('photo', { bytes: 7_000, base64: 0.8 }),
          tool('units', { bytes: 80, seconds: 0.2, weight: 2 }),
        ],
      },
      operations: { pods: 2, daily: 1.4 },
      load: between(draws, 3.5, 5),
    }),
  },
  {
    // Who talks fast uses up the turns of a minute, which the text calls a resource.
    name: 'a pen pal',
    make: (draws) => ({
      causes: [
        turnsOfUser({
          turns: 6,
          end: { code: 1011, reason: 'Resource has been exhausted (e.g. check quota).' },
        }),
      ],
      background: { faults: between(draws, 0.5, 1.5) },
      users: { users: 60, pause: between(draws, 2, 4), visit: 170 },
      calls: 0.25,
      application: { tools: [tool('dictionary', { bytes: 250, seconds: 0.4 })] },
    }),
  },
  {
    // Tokens of a minute are counted for each model, and nobody is told: debates are long. Near the edge.
    name: 'a debating society',
    make: (draws) => ({
      causes: [tokensOfModel({ tokens: 480_000, chance: between(draws, 0.02, 0.07), delay: within(0.5, 5) })],
      background: { faults: between(draws, 0.3, 1) },
      users: { visit: 240, users: 45 },
      application: { tools: [tool('sources', { bytes: 4_000, weight: 2 }), tool('clock', { bytes: 60 })] },
      operations: {
        pods: 4,
        models: [
          [older, 3],
          [newer, 1],
        ],
      },
      load: between(draws, 3, 4),
    }),
  },
  {
    // Two regions, each with its connects of a minute of the clock; who is turned away tries again in the same minute.
    name: 'parcel lockers',
    make: (draws) => ({
      causes: [
        connectsByTheClock({
          limit: 5,
          chance: between(draws, 0.4, 0.8),
          of: ({ region }) => region,
          delay: within(0.5, 8),
        }),
      ],
      users: { visit: 90, users: 150 },
      application: {
        retries: { chance: 0.9, seconds: 3, most: 5 },
        tools: [tool('locker', { bytes: 150, seconds: 0.6, weight: 3 }), tool('map', { bytes: 5_000 })],
      },
      operations: {
        pods: 4,
        regions: ['europe-west4', 'asia-northeast1'],
        waves: { count: 8, share: 0.35, seconds: 150 },
      },
      load: between(draws, 1.5, 2.5),
    }),
  },
  {
    // Turns of ten minutes are used up by one model before they are over: until then nothing goes any more.
    name: 'help with homework',
    make: (draws) => ({
      causes: [turnsOfModel({ model: older, turns: Math.round(between(draws, 150, 210)), end: quotaEnd })],
      background: { faults: between(draws, 0.5, 1.5) },
      application: {
        retries: { chance: 0.5, seconds: 5, most: 3 },
        tools: [tool('formulas', { bytes: 1_200, utf8: 0.6, weight: 2 }), tool('drawing', { bytes: 8_000 })],
      },
      operations: {
        pods: 4,
        sampling: { ratio: 0.3, weights: true },
        models: [
          [older, 1],
          [newer, 1],
        ],
      },
      load: between(draws, 2.5, 3.5),
    }),
  },
];
