/** Services whose sessions end by what is bad around them, by their age, or by two causes. */
import { notImplementedEnd } from '../../causes/endings.ts';
import { encodedResponse, wrongId } from '../../causes/responses.ts';
import { contextOverflow, hazard, manyConnects, race } from '../../causes/sessions.ts';
import { between, type Family, logBetween } from '../family.ts';
import { shareOf, within } from '../services/moment.ts';
import { newer, older, tool } from '../services/service.ts';
import { deadlyAnswers, soft } from './answer-causes.ts';
import { faults, forgotten, restarts, spells, tooOld } from './fault-causes.ts';

export const enduranceFamilies: readonly Family[] = [
  {
    // One model becomes worse and worse; it is also the one that likes the large manual.
    name: 'a tool rental',
    make: (draws) => ({
      causes: [
        faults({
          name: 'a model that becomes worse',
          hypothesis: 'internal_error',
          perHour: between(draws, 12, 30),
          badness: ({ client }, scene) => (client.model === newer ? shareOf(scene) ** 2 : 0),
        }),
      ],
      application: {
        tools: [
          tool('manual', { bytes: 12_000, spread: 0.8, seconds: 1.8 }),
          tool('available', { bytes: 400, spread: 0.6, weight: 3 }),
        ],
      },
      favourite: { model: newer, tool: 'manual', factor: 5 },
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
    // One region is bad in spells.
    name: 'a pension office',
    make: (draws) => {
      const bad = spells({ bad: 12, good: 40 });
      return {
        causes: [
          faults({
            name: 'spells of the north',
            hypothesis: 'internal_error',
            perHour: between(draws, 25, 60),
            badness: (session, scene) =>
              session.client.region === 'europe-north1' ? bad(session, scene) : 0,
          }),
        ],
        users: { visit: 200, pause: 9 },
        application: {
          tools: [
            tool('claims', { bytes: 5_000, spread: 1, seconds: 3, utf8: 0.5 }),
            tool('offices', { bytes: 700, weight: 2 }),
          ],
        },
        operations: {
          pods: 4,
          hours: 9,
          regions: ['europe-north1', 'europe-west4'],
        },
      };
    },
  },
  {
    // Customers who think for long; a router on their side forgets the connection.
    name: 'hearing aids',
    make: (draws) => ({
      causes: [forgotten({ seconds: between(draws, 35, 50) })],
      background: { faults: between(draws, 0.5, 1.5) },
      users: { users: 70, visit: 240, pause: 11, mics: { open: 2, gated: 1, push: 4, text: 4 } },
      application: {
        tools: [
          tool('models', { bytes: 3_500, spread: 0.8, weight: 2 }),
          tool('fitting', { bytes: 800, seconds: 2.5 }),
        ],
      },
    }),
  },
  {
    // A balancer before the processes is started anew now and then.
    name: 'a construction site',
    make: (draws) => ({
      causes: [restarts({ times: 9, share: between(draws, 0.5, 0.95) })],
      background: { losses: between(draws, 0.3, 0.8) },
      users: { users: 45, visit: 190, mics: { open: 6, gated: 1, push: 3, text: 0 } },
      application: {
        tools: [
          tool('plans', { bytes: 20_000, spread: 0.9, seconds: 3, slowIsLarge: 0.6 }),
          tool('deliveries', { bytes: 600, weight: 3 }),
        ],
        retries: { chance: 0.95, seconds: 1, most: 8 },
      },
      operations: { pods: 2 },
      load: between(draws, 3, 5),
    }),
  },
  {
    // Courses go on until the service ends the connection; nobody listens to what it announces.
    name: 'a yoga teacher',
    make: (draws) => ({
      causes: [
        tooOld({
          seconds: [585, 597],
          chance: between(draws, 0.5, 0.9),
          end: { code: 1011, reason: 'Deadline expired before operation could complete.' },
        }),
      ],
      background: { faults: between(draws, 0.1, 0.35), losses: between(draws, 0.05, 0.15) },
      users: { users: 40, visit: 520, pause: 14 },
      application: {
        tools: [
          tool('poses', { bytes: 2_500, spread: 0.6, weight: 2 }),
          tool('playlist', { bytes: 9_000, spread: 0.7 }),
        ],
        heedsGoAway: false,
      },
      calls: 0.3,
      size: 0.6,
    }),
  },
  {
    // Chapters pile up until the context is full, more or less.
    name: 'a thesis adviser',
    make: (draws) => ({
      causes: [
        contextOverflow({
          tokens: Math.round(logBetween(draws, 11_000, 16_000)),
          chance: between(draws, 0.05, 0.15),
          steepness: 6,
          after: [0.3, 2],
        }),
      ],
      background: { faults: between(draws, 0.6, 1.8) },
      users: { users: 55, visit: 280 },
      application: {
        tools: [
          tool('chapter', { bytes: 3_800, spread: 0.6, seconds: 1.5, weight: 2 }),
          tool('citations', { bytes: 1_500, spread: 0.8 }),
        ],
        retries: { chance: 0.5, seconds: 2, most: 2 },
      },
    }),
  },
  {
    // The catalogue answers with ids of its own, and customers talk while it does.
    name: 'a furniture store',
    make: (draws) => ({
      causes: [
        wrongId({ chance: between(draws, 0.25, 0.6), after: [0.2, 1.5] }),
        race({ chance: between(draws, 0.08, 0.22), end: notImplementedEnd }),
      ],
      application: {
        tools: [
          tool('catalogue', { bytes: 2_800, spread: 1, seconds: 1.4, wrongId: 0.07, weight: 2 }),
          tool('aisle', { bytes: 150, spread: 0.3, seconds: 0.5, wrongId: 0.01 }),
        ],
      },
      users: { mics: { open: 3, gated: 4, push: 4, text: 1 } },
      size: 1.4,
    }),
  },
  {
    // Previews of pictures, and on Saturdays more connects than the plan allows.
    name: 'a photo lab',
    make: (draws) => ({
      causes: [
        encodedResponse({ what: 'base64', chance: between(draws, 0.12, 0.35), after: [0.2, 3] }),
        manyConnects({ perMinute: 9, chance: between(draws, 0.25, 0.5), of: 'project', text: true }),
      ],
      users: { users: 130, visit: 110 },
      application: {
        tools: [
          tool('preview', { bytes: 2_000, spread: 0.8, base64: 0.35 }),
          tool('order', { bytes: 300, spread: 0.5, base64: 0, weight: 2 }),
          tool('formats', { bytes: 1_600, spread: 0.8, base64: 0 }),
        ],
        retries: { chance: 0.5, seconds: 10, most: 2 },
      },
      operations: { pods: 3, waves: { count: 8, share: 0.25, seconds: 120 } },
      load: between(draws, 2.5, 3.5),
      size: 1.3,
    }),
  },
  {
    // Drivers beside the road lose the network; long lists of workshops end sessions as well.
    name: 'roadside assistance',
    make: (draws) => {
      const dose = soft(between(draws, 0.05, 0.18), logBetween(draws, 4_000, 7_000), 4);
      return {
        causes: [
          deadlyAnswers({
            name: 'long lists of workshops',
            hypothesis: 'payload_size',
            chance: ({ bytes }) => dose(bytes),
            exposedFrom: dose(3_500),
            delay: within(0.2, 2),
          }),
          hazard({ hypothesis: 'connection', perHour: between(draws, 1.5, 4) }),
        ],
        users: { users: 120, visit: 150 },
        application: {
          tools: [
            tool('workshops', { bytes: 2_800, spread: 1.1, weight: 2 }),
            tool('tow', { bytes: 200, seconds: 3 }),
          ],
        },
        size: 1.4,
      };
    },
  },
];
