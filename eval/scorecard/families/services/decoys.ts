/** Services in which nothing is planted that a hypothesis explains: what looks like a cause only goes with it. */
import { between, type Family, logBetween } from '../family.ts';
import { anyCall, anyTurn, coldStart, someAnswers } from './decoy-causes.ts';
import { restarts } from './gateway-causes.ts';
import { tailed, within } from './moment.ts';
import { tool } from './service.ts';
import { befalls, inSpells } from './time-causes.ts';

export const decoysServices: readonly Family[] = [
  {
    // At quiet hours a region sleeps: who comes first has the machine start under the conversation.
    name: 'a bakery',
    make: (draws) => ({
      causes: [coldStart({ quiet: 100, chance: between(draws, 0.2, 0.5), delay: tailed(8, 0.7, 40) })],
      background: { faults: between(draws, 0.2, 0.8) },
      users: { visit: 110 },
      application: {
        tools: [tool('bread', { bytes: 3_000, weight: 3 }), tool('allergens', { bytes: 900, utf8: 0.9 })],
      },
      operations: { regions: ['europe-west1', 'europe-west4'], pods: 4, daily: 1.7 },
      load: between(draws, 0.8, 1.4),
    }),
  },
  {
    // Any turn may be the last: who talks much meets it more often, and has the long answers and the full context.
    name: 'a cabaret',
    make: (draws) => ({
      causes: [anyTurn({ chance: between(draws, 0.01, 0.03), delay: within(0.1, 6) })],
      background: { faults: between(draws, 0.2, 0.8) },
      users: { pause: 2, visit: 200, users: 40 },
      calls: between(draws, 0.6, 0.85),
      application: {
        tools: [
          tool('jokes', { bytes: 5_000, growth: 0.3, utf8: 0.7, weight: 2 }),
          tool('songs', { bytes: 700, wrongId: 0.1 }),
        ],
      },
    }),
  },
  {
    // The planner fails over calls, whatever comes of them: microphones are open, tools slow, and answers often there first.
    name: 'a planetarium',
    make: (draws) => ({
      causes: [anyCall({ chance: between(draws, 0.015, 0.045), delay: within(0.2, 6) })],
      background: { faults: between(draws, 0.3, 1) },
      users: { mics: { open: 6, gated: 2, push: 2, text: 0 }, barges: 0.3 },
      calls: 0.6,
      parallel: between(draws, 0.3, 0.5),
      application: {
        tools: [
          tool('stars', { bytes: 4_000, seconds: 2.5, slowIsLarge: 0.7, weight: 2 }),
          tool('moon', { bytes: 200, seconds: 1, wrongId: 0.1 }),
        ],
      },
    }),
  },
  {
    // The service fails some minutes twelve times; half of that is when everybody comes, by the clock.
    name: 'a tea house',
    make: (draws) => {
      const perMinute = between(draws, 0.4, 1);
      return {
        causes: [
          befalls({
            name: 'spells by the clock',
            allowed: ['internal_error'],
            after: (_, scene) =>
              inSpells(
                scene,
                Array.from({ length: 12 }, (_, at) => {
                  const begins = ((at + 1) * scene.hours) / 12;
                  return [begins, begins + scene.hours / 70] as const;
                }),
                perMinute,
              ),
          }),
        ],
        users: { visit: 100, users: 120 },
        application: {
          retries: { chance: 0.9, seconds: 1, most: 8 },
          tools: [tool('teas', { bytes: 3_500, weight: 2 }), tool('tables', { bytes: 100 })],
        },
        operations: { waves: { count: 6, share: 0.5, seconds: 200 }, pods: 3 },
        load: between(draws, 3, 5),
        size: 1.3,
      };
    },
  },
  {
    // What was resumed does not last: the connects of one conversation follow each other, the context is what it was.
    name: 'a vineyard',
    make: (draws) => {
      const p = between(draws, 0.3, 0.55);
      const delay = tailed(9, 0.8, 60);
      return {
        causes: [
          befalls({
            name: 'conversations that were resumed',
            allowed: ['internal_error', 'setup', 'context'],
            after: ({ resumed }, { draws: own }) =>
              resumed && own.chance(p) ? delay.draw(own) : Number.POSITIVE_INFINITY,
          }),
        ],
        background: { faults: between(draws, 1.5, 3), losses: between(draws, 0.5, 1.5) },
        users: { visit: 250, users: 40 },
        application: {
          retries: { chance: 0.95, seconds: 1, most: 6 },
          tools: [tool('wines', { bytes: 4_000, growth: 0.2, weight: 2 }), tool('cellar', { bytes: 300 })],
        },
      };
    },
  },
  {
    // From the twelfth answer of a connection on each may be the last; by then the answers have become long.
    name: 'a locksmith',
    make: (draws) => ({
      causes: [
        someAnswers({
          name: 'the twelfth answer and the later ones',
          allowed: ['context'],
          is: (_, before) => before >= 11,
          chance: between(draws, 0.03, 0.08),
          delay: within(0.2, 3),
        }),
      ],
      background: { faults: between(draws, 0.3, 1) },
      users: { visit: 220 },
      calls: 0.65,
      application: {
        tools: [tool('locks', { bytes: 1_000, growth: 0.4, weight: 3 }), tool('keys', { bytes: 400 })],
      },
    }),
  },
  {
    // What is answered at once comes from a cache that is broken: small and quick, while the long ones are slow and harmless.
    name: 'a foundry',
    make: (draws) => ({
      causes: [
        someAnswers({
          name: 'answers within half a second',
          is: ({ latency }) => latency < 0.5,
          chance: between(draws, 0.1, 0.3),
          delay: within(0.1, 2),
        }),
      ],
      background: { faults: between(draws, 0.5, 1.5) },
      users: { mics: { open: 5, gated: 3, push: 3, text: 1 } },
      application: {
        tools: [
          tool('alloys', { bytes: 2_500, seconds: 1.2, slowIsLarge: 0.8, weight: 2 }),
          tool('furnace', { bytes: 500, seconds: 0.9, slowIsLarge: 0.5 }),
        ],
      },
    }),
  },
  {
    // Faults without a pattern; everybody comes at once, comes back at once, and asks for what is long.
    name: 'a carnival',
    make: (draws) => ({
      background: { faults: between(draws, 4, 9), losses: between(draws, 0.5, 1.5) },
      users: { visit: 110, users: 160, frailty: 1 },
      application: {
        retries: { chance: 0.95, seconds: 0.6, most: 12 },
        tools: [tool('floats', { bytes: 7_000, weight: 3, seconds: 2 }), tool('route', { bytes: 1_000 })],
      },
      operations: { waves: { count: 5, share: 0.7, seconds: 200 }, pods: 2, deploys: 3 },
      load: between(draws, 3, 5),
      size: 1.5,
    }),
  },
  {
    // Everything is odd: ids, pictures, escape codes, foreign texts, answers twice and to what was cancelled; a sixth is recorded.
    name: 'a bazaar',
    make: (draws) => ({
      background: { faults: between(draws, 4, 8) },
      users: { visit: 140, users: 70, frailty: 1.1, barges: 0.4 },
      parallel: between(draws, 0.4, 0.7),
      cancels: 0.15,
      application: {
        heedsCancellation: false,
        twice: 0.15,
        tools: [
          tool('carpets', {
            bytes: logBetween(draws, 3_000, 9_000),
            base64: 0.5,
            utf8: 0.8,
            control: 0.3,
            wrongId: 0.3,
            weight: 2,
          }),
          tool('spices', { bytes: 600, utf8: 0.9, wrongId: 0.3 }),
        ],
      },
      operations: {
        sampling: { ratio: 0.16, weights: true },
        skewMs: between(draws, 2_000, 30_000),
      },
      size: 3,
    }),
  },
  {
    // Machines of the service are replaced some times and say that they go away, without a reason; nobody heeds goAway.
    name: 'a night train',
    make: (draws) => ({
      causes: [
        restarts({
          count: 6,
          chance: between(draws, 0.3, 0.7),
          olderThan: 30,
          end: { code: 1001, reason: '' },
          allowed: ['internal_error', 'connection'],
        }),
      ],
      background: { faults: between(draws, 0.5, 1.5) },
      users: { visit: 300, users: 50 },
      application: {
        heedsGoAway: false,
        tools: [tool('berths', { bytes: 2_500, weight: 2 }), tool('delays', { bytes: 5_000, utf8: 0.6 })],
      },
      operations: { deploys: 2, kills: 3 },
      load: between(draws, 2.5, 4),
    }),
  },
];
