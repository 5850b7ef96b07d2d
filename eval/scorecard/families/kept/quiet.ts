/** Services in which nothing is planted that their habits could be blamed for: users, deploys and hours mislead. */
import { between, type Family } from '../family.ts';
import { shareOf } from '../services/moment.ts';
import { newer, older, tool } from '../services/service.ts';
import { faults, silence, spells } from './fault-causes.ts';

export const quietFamilies: readonly Family[] = [
  {
    // The version with the long answers came an hour or so before the service turned bad.
    name: 'a pawn shop',
    make: (draws) => {
      const since = between(draws, 0.55, 0.65);
      return {
        causes: [
          faults({
            name: 'faults since the afternoon',
            allowed: ['internal_error'],
            perHour: between(draws, 5, 10),
            badness: (_, scene) => (shareOf(scene) > since ? 1 : 0),
          }),
        ],
        application: {
          tools: [
            tool('appraise', { bytes: 1_200, spread: 0.9, weight: 2 }),
            tool('loans', { bytes: 500, spread: 0.6 }),
          ],
        },
        operations: {
          deploys: 1,
          newTools: [
            tool('appraise', { bytes: 9_000, spread: 0.9, weight: 2, base64: 0.2 }),
            tool('loans', { bytes: 900, spread: 0.8 }),
          ],
        },
      };
    },
  },
  {
    // Who is in a hurry calls tools all the time, talks into them, and has the bad luck as well.
    name: 'phones in a prison',
    make: (draws) => ({
      causes: [
        faults({
          name: 'faults of those in a hurry',
          allowed: ['internal_error'],
          perHour: between(draws, 5, 12),
          badness: ({ client }) => Math.min(1, 4 / client.user.pause),
        }),
      ],
      users: { users: 90, visit: 130, pause: 10, frailty: 1, mics: { open: 5, gated: 1, push: 4, text: 0 } },
      application: {
        tools: [
          tool('balance', { bytes: 200, spread: 0.4, weight: 2 }),
          tool('visits', { bytes: 3_500, spread: 1.1, seconds: 1.8 }),
        ],
      },
    }),
  },
  {
    // Spells in which everything ends; clients come again at once, all together.
    name: 'a football club',
    make: (draws) => {
      const bad = spells({ bad: between(draws, 4, 8), good: 50 });
      return {
        causes: [
          faults({
            name: 'short spells for everybody',
            allowed: ['internal_error'],
            perHour: between(draws, 25, 50),
            badness: bad,
          }),
        ],
        users: { users: 150, visit: 110 },
        application: {
          tools: [
            tool('tickets', { bytes: 2_000, spread: 1, weight: 2 }),
            tool('line_up', { bytes: 700, spread: 0.5, base64: 0.15 }),
          ],
          retries: { chance: 1, seconds: 0.4, most: 10 },
        },
        operations: { hours: 10, waves: { count: 4, share: 0.4, seconds: 400 } },
        size: 1.4,
      };
    },
  },
  {
    // Dictionaries are slow, and customers hang up while they wait: the sessions that end are those that stay.
    name: 'a translation bureau',
    make: (draws) => ({
      background: { faults: between(draws, 2, 4) },
      users: { users: 75, visit: 170, patience: 11, mics: { open: 4, gated: 1, push: 2, text: 2 } },
      application: {
        tools: [
          tool('glossary', {
            bytes: 5_500,
            spread: 1.1,
            seconds: 6,
            slack: 0.9,
            slowIsLarge: 0.7,
            utf8: 0.8,
          }),
          tool('rates', { bytes: 300, spread: 0.4, seconds: 0.5 }),
        ],
      },
      parallel: 0.3,
    }),
  },
  {
    // Tunnels and stairs cut connections; what couriers ask for is large, and slow with it.
    name: 'bicycle couriers',
    make: (draws) => ({
      background: { losses: between(draws, 2.5, 6), faults: between(draws, 0.1, 0.6) },
      users: { users: 60, visit: 140, mics: { open: 6, gated: 1, push: 2, text: 0 } },
      application: {
        tools: [
          tool('route', { bytes: 22_000, spread: 0.8, seconds: 2.5, slowIsLarge: 0.8, weight: 2 }),
          tool('address', { bytes: 300, spread: 0.4, wrongId: 0.04 }),
        ],
        retries: { chance: 1, seconds: 1, most: 6 },
      },
      operations: { skewMs: 1_500 },
    }),
  },
  {
    // The new version answers with eight times as much, in a service that is neither better nor worse.
    name: 'a seed catalogue',
    make: (draws) => ({
      background: { faults: between(draws, 1.5, 3.5) },
      users: { users: 100, visit: 150 },
      application: {
        tools: [
          tool('varieties', { bytes: 1_800, spread: 0.9, weight: 3 }),
          tool('sowing', { bytes: 600, spread: 0.7 }),
        ],
      },
      operations: {
        deploys: 3,
        grows: 8,
        models: [
          [older, 1],
          [newer, 1],
        ],
      },
      parallel: 0.25,
      size: 1.3,
    }),
  },
  {
    // People who fall asleep: after two and a half silent minutes the service ends it.
    name: 'bedtime stories',
    make: (draws) => ({
      causes: [
        silence({
          seconds: 150,
          chance: between(draws, 0.4, 0.9),
          end: { code: 1008, reason: 'The operation was aborted.' },
        }),
      ],
      background: { faults: between(draws, 0.2, 0.6) },
      users: { users: 65, visit: 360, pause: 38, mics: { open: 5, gated: 3, push: 2, text: 0 } },
      application: {
        tools: [
          tool('story', { bytes: 7_000, spread: 0.6, seconds: 1.5, weight: 2 }),
          tool('lamp', { bytes: 60, spread: 0.2, seconds: 0.4 }),
        ],
        retries: { chance: 0.3, seconds: 5, most: 1 },
      },
      calls: 0.6,
      size: 0.8,
    }),
  },
];
