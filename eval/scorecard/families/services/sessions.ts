/** Services in which sessions end by what they use up, by their age, or by where they run. */
import { quotaEnd } from '../../causes/endings.ts';
import { agingFaults, faultsOf } from '../../causes/sessions.ts';
import { between, type Family, logBetween } from '../family.ts';
import { tool } from './service.ts';
import {
  busyFaults,
  dayQuota,
  heavyContext,
  idleReaper,
  sumOfResponses,
  tierLimit,
  tokensPerMinute,
} from './session-causes.ts';

const exhausted = { code: 1011, reason: 'Resource has been exhausted (e.g. check quota).' } as const;

export const sessionsServices: readonly Family[] = [
  {
    // More at once than the tier allows; it calls it a quota, and everybody insists.
    name: 'a museum',
    make: (draws) => ({
      causes: [tierLimit({ limit: 8, end: quotaEnd })],
      application: {
        retries: { chance: 0.6, seconds: 15, most: 3 },
        tools: [tool('artist', { bytes: 3_000 }), tool('hall', { bytes: 200 })],
      },
      operations: { pods: 2 },
      load: between(draws, 3, 4),
    }),
  },
  {
    // The day's requests are used up by the evening.
    name: 'a stadium',
    make: (draws) => ({
      causes: [
        dayQuota({
          hour: between(draws, 17, 21),
          end: {
            code: 1011,
            reason:
              'You exceeded your current quota. Quota exceeded for metric: generativelanguage.googleapis.com/generate_requests_per_model_per_day, lim',
          },
        }),
      ],
      users: { visit: 80 },
      application: { retries: { chance: 0.5, seconds: 5, most: 2 } },
      operations: { hours: 47 },
      size: 0.5,
    }),
  },
  {
    // Tokens of all turns count by the minute: long conversations use up what is there.
    name: 'a helpdesk for software',
    make: (draws) => ({
      causes: [tokensPerMinute({ tokens: Math.round(logBetween(draws, 330_000, 460_000)), end: exhausted })],
      users: { visit: 260 },
      application: {
        resumes: false,
        tools: [tool('tickets', { bytes: 6_000, weight: 2 }), tool('logs', { bytes: 3_000 })],
      },
      load: between(draws, 3, 4.5),
    }),
  },
  {
    // A proxy reaps connections in which nobody says anything for long.
    name: 'a chess teacher',
    make: (draws) => ({
      causes: [idleReaper({ seconds: 45, chance: between(draws, 0.2, 0.7) })],
      users: { pause: 22, visit: 260, mics: { open: 2, gated: 0, push: 6, text: 2 } },
      application: { tools: [tool('engine', { bytes: 1_500, seconds: 6 }), tool('games', { bytes: 8_000 })] },
    }),
  },
  {
    // Long campaigns: the context weighs on, and faults come as well.
    name: 'a game master',
    make: (draws) => ({
      causes: [
        heavyContext({
          half: logBetween(draws, 14_000, 22_000),
          steepness: 3,
          most: between(draws, 0.02, 0.07),
        }),
      ],
      background: { faults: between(draws, 0.3, 1) },
      users: { visit: 380 },
      application: { tools: [tool('rules', { bytes: 4_000 }), tool('dice', { bytes: 60, seconds: 0.1 })] },
      size: 0.8,
    }),
  },
  {
    // What a connection has been told adds up.
    name: 'a meeting recorder',
    make: (draws) => ({
      causes: [sumOfResponses({ bytes: 30_000, chance: between(draws, 0.04, 0.15), after: [0.2, 4] })],
      users: { visit: 320 },
      application: {
        tools: [
          tool('minutes', { bytes: 1_200, growth: 0.3, spread: 0.6, weight: 2 }),
          tool('people', { bytes: 400 }),
        ],
      },
      size: 0.7,
    }),
  },
  {
    // Old connections fail, and what they are told is long by then.
    name: 'a fitness coach',
    make: (draws) => ({
      causes: [agingFaults({ perHour: between(draws, 0.5, 2), minutes: 1, ofFrail: true })],
      users: { visit: 300 },
      application: {
        tools: [
          tool('plan', { bytes: 700, growth: 0.4, spread: 0.6 }),
          tool('pulse', { bytes: 90, seconds: 0.2 }),
        ],
      },
      operations: { sampling: { ratio: 0.4, weights: true } },
      size: 2,
    }),
  },
  {
    // One version of the client library meets faults, more at busy hours.
    name: 'smart homes',
    make: (draws) => ({
      causes: [
        busyFaults({ perHour: between(draws, 12, 25), daily: 1.7, of: ({ sdk }) => sdk === '1.52.0' }),
      ],
      background: { faults: 0.15 },
      users: { visit: 60, users: 200 },
      operations: {
        pods: 5,
        daily: 1.7,
        hours: 24,
        sdks: [
          ['3.1.0', 1],
          ['1.52.0', 1],
        ],
      },
      size: 2,
    }),
  },
  {
    // Faults of one region, and nothing else differs there.
    name: 'farm advice',
    make: (draws) => ({
      causes: [
        faultsOf({
          name: 'the far region',
          perHour: between(draws, 8, 20),
          of: ({ region }) => region === 'asia-south1',
        }),
      ],
      background: { losses: between(draws, 0.5, 1.2) },
      application: {
        tools: [tool('fields', { bytes: 2_000, utf8: 0.9 }), tool('pests', { bytes: 5_000, base64: 0.2 })],
      },
      operations: { regions: ['asia-south1', 'europe-west1', 'us-central1'], pods: 3 },
    }),
  },
];
