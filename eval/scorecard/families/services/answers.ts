/** Services in which the size of what tools answer ends sessions. */
import { invalidArgumentEnd } from '../../causes/endings.ts';
import { wrongId } from '../../causes/responses.ts';
import { dayFactor } from '../../world/play.ts';
import { between, type Family, logBetween } from '../family.ts';
import { shareOf, tailed, within } from './moment.ts';
import { largeAnswers, saturating } from './response-causes.ts';
import { newer, older, tool } from './service.ts';
import { atRate, befalls } from './time-causes.ts';

export const answersServices: readonly Family[] = [
  {
    // What counts is the message: three answers of a good length are one that is too long.
    name: 'a pharmacy chain',
    make: (draws) => {
      const most = between(draws, 0.1, 0.35);
      return {
        causes: [
          largeAnswers({
            name: 'long messages of answers',
            exposedFrom: most / 5,
            chance: ({ bytes }) => saturating(bytes, 5_000, 4_000, most),
          }),
        ],
        background: { faults: between(draws, 0.8, 2.2) },
        parallel: between(draws, 0.45, 0.7),
        application: {
          answers: 'together',
          tools: [
            tool('stock', { bytes: 1_900, spread: 0.8, weight: 3 }),
            tool('leaflet', { bytes: 3_200, spread: 0.6 }),
            tool('opening-hours', { bytes: 300, spread: 0.4 }),
          ],
        },
      };
    },
  },
  {
    // In proportion to the length, from the first byte on; most ends come at once, some after a good while.
    name: 'podcasts on request',
    make: (draws) => {
      const bytesOfAll = logBetween(draws, 40_000, 110_000);
      return {
        causes: [
          largeAnswers({
            name: 'transcripts, by their length',
            delay: tailed(1.2, 1, 14),
            exposedFrom: 6_000 / bytesOfAll,
            chance: ({ bytes }) => Math.min(0.5, bytes / bytesOfAll),
          }),
        ],
        background: { faults: between(draws, 0.6, 1.8), losses: between(draws, 0.3, 1) },
        users: { visit: 190, mics: { open: 1, gated: 6, push: 2, text: 1 } },
        application: {
          tools: [
            tool('transcript', { bytes: 5_500, spread: 1, seconds: 1.8, utf8: 0.1 }),
            tool('episodes', { bytes: 1_600, spread: 0.7 }),
            tool('next', { bytes: 90, seconds: 0.2 }),
          ],
        },
        operations: { sampling: { ratio: 0.5, weights: draws.chance(0.5) } },
        size: 1.5,
      };
    },
  },
  {
    // The relay of one region takes no more than 16 KB, and closes with the code that says so; prices lose their ids.
    name: 'a wine merchant',
    make: (draws) => {
      const p = between(draws, 0.7, 1);
      return {
        causes: [
          largeAnswers({
            name: 'messages that the relay takes for too big',
            told: true,
            delay: within(0.02, 0.3),
            end: { code: 1009, reason: '' },
            chance: ({ bytes }, { client }) => (client.region === 'europe-west9' && bytes > 16_384 ? p : 0),
          }),
          wrongId({ chance: between(draws, 0.25, 0.6), after: [0.1, 2] }),
        ],
        background: { losses: between(draws, 0.5, 1.5) },
        application: {
          tools: [
            tool('cellar', { bytes: 9_000, spread: 0.9, weight: 2, utf8: 0.6 }),
            tool('price', { bytes: 250, seconds: 0.4, wrongId: 0.12 }),
          ],
        },
        operations: { regions: ['europe-west9', 'us-west1'], pods: 4, deploys: 1 },
      };
    },
  },
  {
    // Buffers are short at busy hours alone; what is long is slow as well.
    name: 'a city tour',
    make: (draws) => {
      const p = between(draws, 0.12, 0.3);
      return {
        causes: [
          largeAnswers({
            name: 'long stories at busy hours',
            delay: within(0.3, 2.5),
            chance: ({ bytes }, _, { loop, from }) => {
              const busy = dayFactor((loop.now() - from) / 3_600_000, 1.8);
              return bytes > 4_500 && busy > 1.1 ? p * (busy / 1.8) : 0;
            },
          }),
        ],
        background: { faults: between(draws, 0.8, 2.2) },
        application: {
          tools: [
            tool('story', { bytes: 4_500, seconds: 2.5, slowIsLarge: 0.8, weight: 2 }),
            tool('way', { bytes: 700 }),
          ],
        },
        operations: { hours: 24, daily: 1.8, kills: 2 },
        size: 1.3,
      };
    },
  },
  {
    // In the middle of the time the service lowers its limit; its own releases fall on other hours.
    name: 'a spare-parts desk',
    make: (draws) => {
      const [p, change] = [between(draws, 0.08, 0.22), between(draws, 0.35, 0.5)];
      return {
        causes: [
          largeAnswers({
            name: 'long lists, since the limit is lower',
            delay: tailed(0.5, 0.7, 5),
            end: invalidArgumentEnd,
            chance: ({ bytes }, _, scene) => (bytes > (shareOf(scene) < change ? 40_000 : 3_500) ? p : 0),
          }),
        ],
        background: { faults: between(draws, 0.8, 2), losses: between(draws, 0.4, 1.2) },
        users: { frailty: 0.9 },
        application: {
          tools: [
            tool('catalogue', { bytes: 3_000, spread: 1.1, weight: 2 }),
            tool('suppliers', { bytes: 1_000 }),
            tool('order', { bytes: 200 }),
          ],
        },
        operations: { deploys: 3, skewMs: between(draws, 200, 3_000) },
        size: 1.2,
      };
    },
  },
  {
    // Accounts have limits of their own: what one may send ends another's session.
    name: 'a genealogist',
    make: (draws) => {
      const p = between(draws, 0.12, 0.3);
      return {
        causes: [
          largeAnswers({
            name: 'registers above what the account allows',
            chance: ({ bytes }, { client }) => (bytes > 2_500 * 2 ** (client.user.id % 4) ? p : 0),
          }),
        ],
        background: { faults: between(draws, 0.8, 2) },
        users: { users: 45, frailty: 0.9, visit: 200 },
        application: {
          tools: [
            tool('register', { bytes: 3_500, spread: 1.2, seconds: 2.2, utf8: 0.6, weight: 2 }),
            tool('kin', { bytes: 900, growth: 0.1 }),
          ],
        },
        operations: { kills: 3, sampling: { ratio: 0.5, weights: true } },
        size: 1.5,
      };
    },
  },
  {
    // Long timetables end sessions; one machine has a bad network card, and its connections break whatever is sent.
    name: 'a ferry operator',
    make: (draws) => {
      const [p, rate] = [between(draws, 0.08, 0.2), between(draws, 12, 22)];
      return {
        causes: [
          largeAnswers({
            name: 'long sailings',
            delay: within(0.1, 3),
            chance: ({ bytes }) => (bytes > 7_000 ? p : 0),
          }),
          befalls({
            name: 'the network of one machine',
            hypothesis: 'connection',
            told: true,
            end: 'drop',
            after: (session, scene) => atRate(scene, session.client.pod === 'pod-1' ? rate : 0),
          }),
        ],
        background: { losses: 0.1 },
        application: {
          tools: [tool('sailings', { bytes: 4_000, weight: 2 }), tool('cabins', { bytes: 1_100 })],
        },
        operations: {
          pods: 3,
          models: [
            [older, 1],
            [newer, 1],
          ],
        },
        size: 1.2,
      };
    },
  },
];
