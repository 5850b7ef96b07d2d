/** Services in which too much happens at once, or too often. */

import type { Cause } from '../../causes/cause.ts';
import { genericEnd, notImplementedEnd } from '../../causes/endings.ts';
import { between, type Family } from '../family.ts';
import {
  bucketOfConnects,
  callsOfMessage,
  connectsOfModel,
  crowdedProcess,
  inputFrames,
  oldestGivesWay,
  quotaOfTool,
} from './crowd-causes.ts';
import { shareOf, tailed, within } from './moment.ts';
import { largeAnswers } from './response-causes.ts';
import { newer, older, tool } from './service.ts';
import { atRate, befalls } from './time-causes.ts';

/** Who is refused does not come back at once. */
const unhurried = { chance: 0.5, seconds: 45, most: 2 };

const longTelemetry = (chance: number): Cause =>
  largeAnswers({
    name: 'long tables',
    delay: within(0.1, 1.5),
    chance: ({ bytes }) => (bytes > 10_000 ? chance : 0),
  });

export const crowdsServices: readonly Family[] = [
  {
    // Each frame of the microphone while a glossary is searched may be the last: long searches are the dangerous ones.
    name: 'a simultaneous interpreter',
    make: (draws) => ({
      causes: [
        inputFrames({
          perFrame: between(draws, 0.008, 0.025),
          end: draws.chance(0.4) ? notImplementedEnd : genericEnd(draws),
        }),
      ],
      users: { mics: { open: 6, gated: 4, push: 2, text: 0 }, visit: 200 },
      application: {
        tools: [
          tool('glossary', { bytes: 1_100, seconds: 2.8, slowIsLarge: 0.6, utf8: 0.9, weight: 2 }),
          tool('speaker', { bytes: 250, seconds: 0.5 }),
        ],
      },
    }),
  },
  {
    // Two calls at once are borne, three are not; and now and then a session ends by a long table.
    name: 'a pit crew',
    make: (draws) => ({
      causes: [
        callsOfMessage({ from: 3, chance: between(draws, 0.08, 0.2) }),
        longTelemetry(between(draws, 0.1, 0.22)),
      ],
      background: { faults: between(draws, 0.8, 2) },
      parallel: between(draws, 0.45, 0.7),
      calls: 0.65,
      application: {
        tools: [
          tool('tyres', { bytes: 600, seconds: 0.8, weight: 2 }),
          tool('telemetry', { bytes: 7_000, seconds: 1.6 }),
          tool('fuel', { bytes: 120, seconds: 0.4 }),
        ],
      },
    }),
  },
  {
    // A process that has many sessions open serves none of them well: the new ones end within a minute.
    name: 'a bingo hall',
    make: (draws) => ({
      causes: [
        crowdedProcess({
          half: between(draws, 8.5, 9.5),
          steepness: 8,
          most: between(draws, 0.8, 0.95),
          delay: within(2, 50),
        }),
      ],
      background: { faults: 0.3 },
      application: {
        retries: unhurried,
        tools: [tool('cards', { bytes: 1_400 }), tool('call-number', { bytes: 60, seconds: 0.2 })],
      },
      operations: { pods: 2 },
      load: between(draws, 6, 7.5),
      size: 1.5,
    }),
  },
  {
    // A seat for each so many: whoever comes then takes that of the one who sat longest.
    name: 'a taxi dispatcher',
    make: (draws) => ({
      causes: [oldestGivesWay({ limit: 7, chance: between(draws, 0.7, 0.95) })],
      users: { visit: 110, users: 100 },
      application: {
        retries: { chance: 0.4, seconds: 20, most: 2 },
        tools: [tool('cars', { bytes: 2_200, weight: 2 }), tool('fare', { bytes: 140 })],
      },
      operations: { pods: 3 },
      load: between(draws, 5.5, 6.5),
      size: 2,
    }),
  },
  {
    // Some connects at once, then so many a minute: the rest is told to try again later.
    name: 'a box office',
    make: (draws) => ({
      causes: [
        bucketOfConnects({
          burst: 6,
          perMinute: Math.round(10 * between(draws, 3, 4.5)) / 10,
          end: { code: 1011, reason: 'Resource exhausted. Please try again later.' },
        }),
      ],
      users: { visit: 60, users: 150 },
      application: {
        retries: { chance: 0.6, seconds: 10, most: 3 },
        tools: [tool('seats', { bytes: 4_000 }), tool('hold', { bytes: 200 })],
      },
      operations: { pods: 3 },
      load: between(draws, 5.5, 7),
      size: 1.5,
    }),
  },
  {
    // A quota for each model, over all processes; beyond it the service calls itself unavailable.
    name: 'a harvest hotline',
    make: (draws) => ({
      causes: [
        connectsOfModel({
          limit: 11,
          perConnect: between(draws, 0.3, 0.5),
          most: 0.9,
          end: { code: 1011, reason: 'The service is currently unavailable.' },
        }),
      ],
      users: { visit: 75, users: 160 },
      application: {
        retries: unhurried,
        tools: [tool('rain', { bytes: 900 }), tool('soil', { bytes: 2_700, utf8: 0.7 })],
      },
      operations: {
        pods: 4,
        models: [
          [older, 3],
          [newer, 1],
        ],
      },
      load: between(draws, 5, 6.5),
      size: 2,
    }),
  },
  {
    // Searches of the project are counted by the hour: when they are used up, the next one ends its session.
    name: 'fact checkers',
    make: (draws) => ({
      causes: [
        quotaOfTool({
          tool: 'web',
          perHour: Math.round(between(draws, 300, 400)),
          end: { code: 1011, reason: 'RESOURCE_EXHAUSTED: Maximum google search tool usage exceeded.' },
        }),
      ],
      application: {
        retries: unhurried,
        tools: [tool('web', { bytes: 5_000, seconds: 1.6, weight: 3 }), tool('notes', { bytes: 1_000 })],
      },
      operations: { pods: 3 },
      load: 2.2,
      size: 1.5,
    }),
  },
  {
    // Calls at once are not borne by any; and since noon the service has faults of its own, ever more of them.
    name: 'a shipyard',
    make: (draws) => {
      const rate = between(draws, 8, 15);
      return {
        causes: [
          callsOfMessage({ from: 2, chance: between(draws, 0.15, 0.3), delay: tailed(0.8, 0.5, 4) }),
          befalls({
            name: 'faults since noon',
            hypothesis: 'internal_error',
            told: true,
            after: (_, scene) => atRate(scene, rate * Math.max(0, 2 * shareOf(scene) - 0.8)),
          }),
        ],
        parallel: between(draws, 0.18, 0.3),
        application: {
          tools: [
            tool('drawings', { bytes: 8_000, seconds: 3, base64: 0.1 }),
            tool('shifts', { bytes: 700, weight: 2 }),
          ],
        },
        size: 1.2,
      };
    },
  },
];
