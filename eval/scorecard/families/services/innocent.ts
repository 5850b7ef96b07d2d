/** Services in which nothing is planted, or nothing that can be compared. */
import { outage } from '../../causes/sessions.ts';
import { between, type Family, logBetween } from '../family.ts';
import { tool } from './service.ts';

export const innocentServices: readonly Family[] = [
  {
    // Short visits, crowds at noon, some users whom everything befalls.
    name: 'a drive-through',
    make: (draws) => ({
      background: { faults: between(draws, 8, 16) },
      users: { visit: 35, users: 40, frailty: 1.1, pause: 2 },
      application: {
        tools: [tool('menu', { bytes: 5_000, weight: 2 }), tool('order', { bytes: 250, seconds: 0.4 })],
      },
      operations: { daily: 1.9, hours: 24 },
      size: 2,
    }),
  },
  {
    // Eight patients and long nights; each report holds all the readings of the night.
    name: 'a night watch at a clinic',
    make: (draws) => ({
      background: { faults: between(draws, 3, 6) },
      users: { users: 9, frailty: 1.7, visit: 420, mics: { open: 8, gated: 2, push: 0, text: 0 } },
      application: {
        tools: [
          tool('readings', { bytes: 600, growth: 0.5, spread: 0.5 }),
          tool('call-nurse', { bytes: 90 }),
        ],
      },
      calls: 0.7,
      size: 0.4,
    }),
  },
  {
    // Those who stay long get large lists, and meet more of the faults.
    name: 'an estate agent',
    make: (draws) => ({
      background: { faults: between(draws, 0.8, 2.5) },
      users: { visit: 400, frailty: 0.8 },
      application: {
        tools: [
          tool('homes', { bytes: 2_500, growth: 0.7, weight: 3 }),
          tool('route', { bytes: 700, seconds: 3 }),
        ],
      },
      size: 0.6,
    }),
  },
  {
    // The line drops for everybody, and everybody calls again until somebody answers.
    name: 'a radio call-in',
    make: (draws) => ({
      causes: [
        outage({
          start: between(draws, 0.1, 0.4),
          minutes: 13,
          perMinute: between(draws, 2, 6),
          end: 'drop',
        }),
        outage({ start: between(draws, 0.6, 0.9), minutes: 7, perMinute: between(draws, 1, 3) }),
      ],
      application: {
        resumes: false,
        retries: { chance: 0.95, seconds: 0.6, most: 40 },
        tools: [tool('queue', { bytes: 300 }), tool('guest', { bytes: 1_800 })],
      },
      operations: { hours: 6 },
      size: 1.3,
    }),
  },
  {
    // Five releases, the last with longer and foreign texts; clocks a minute apart; pods that run out of memory.
    name: 'a language school',
    make: (draws) => {
      const exercise = tool('exercise', { bytes: 800, weight: 3, utf8: 0.2 });
      const word = tool('word', { bytes: 200, seconds: 0.3, utf8: 0.6 });
      return {
        background: { faults: between(draws, 1.5, 4) },
        application: { tools: [exercise, word] },
        operations: {
          deploys: 5,
          kills: 10,
          skewMs: between(draws, 20_000, 90_000),
          newTools: [{ ...exercise, bytes: 7_000, utf8: 0.95, control: 0.2 }, word],
        },
        size: 1.5,
      };
    },
  },
  {
    // One in twenty sessions recorded, three client libraries in equal parts, two models.
    name: 'parking garages',
    make: (draws) => ({
      background: { faults: between(draws, 4, 9) },
      users: { visit: 70, users: 110 },
      operations: {
        pods: 6,
        sampling: { ratio: 0.05, weights: true },
        sdks: [
          ['3.1.0', 1],
          ['2.32.0', 1],
          ['1.52.0', 1],
        ],
        models: [
          ['gemini-2.5-flash-native-audio-preview-09-2025', 1],
          ['gemini-3.1-flash-live-preview', 1],
        ],
      },
      size: 4,
    }),
  },
  {
    // Slow back office: who has waited for ten seconds hangs up or talks into the call.
    name: 'insurance claims',
    make: (draws) => ({
      background: { faults: between(draws, 6, 14) },
      users: { patience: between(draws, 8, 12), mics: { open: 5, gated: 1, push: 4, text: 0 } },
      application: {
        tools: [
          tool('policy', { seconds: 9, slack: 0.7, slowIsLarge: 0.7, bytes: 3_000, weight: 2 }),
          tool('payout', { seconds: 5, bytes: 500 }),
        ],
      },
      parallel: between(draws, 0.3, 0.6),
    }),
  },
  {
    // Cheap telephones: calls break off, often while somebody waits for the prices.
    name: 'a street market',
    make: (draws) => ({
      background: { losses: between(draws, 4, 9), faults: 0.1 },
      users: { visit: 90 },
      application: {
        tools: [tool('prices', { bytes: 6_000, seconds: 7, utf8: 0.9 }), tool('weigh', { bytes: 120 })],
      },
      size: 0.7,
    }),
  },
  {
    // Everything that is suspected elsewhere is here, and harmless; one in a hundred ends badly.
    name: 'a library catalogue',
    make: (draws) => ({
      background: { faults: between(draws, 0.2, 0.5), losses: 0.05 },
      users: { frailty: 0.9 },
      application: {
        tools: [
          tool('titles', { bytes: 11_000, utf8: 0.8, control: 0.2, wrongId: 0.2, weight: 3 }),
          tool('covers', { bytes: 20_000, base64: 0.9, wrongId: 0.1 }),
        ],
        answers: 'together',
      },
      operations: { sampling: { ratio: 0.3, weights: false, others: 'unexpected ones whole' } },
      size: 4,
    }),
  },
  {
    // Crowds and faults of the service at the same hours, and of each ten sessions one is recorded, or none of it.
    name: 'a ski resort',
    make: (draws) => ({
      background: { faults: between(draws, 3, 7) },
      users: { users: 70, frailty: 1 },
      application: {
        tools: [tool('slopes', { bytes: logBetween(draws, 2_000, 9_000) }), tool('lifts', { bytes: 500 })],
      },
      operations: {
        hours: 72,
        daily: 1.9,
        sampling: { ratio: 0.1, weights: draws.chance(0.5), others: 'nothing' },
      },
      size: 3,
    }),
  },
];
