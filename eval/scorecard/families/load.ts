/** Limits of connects and of sessions at once, and what looks like one and is none. */
import {
  brokenConversation,
  faultsOf,
  hazard,
  manyConnects,
  manySessions,
  outage,
} from '../causes/sessions.ts';
import { between, type Family } from './family.ts';

const patient = { chance: 0.4, seconds: 40, most: 3 };
const atOnce = { chance: 0.9, seconds: 2, most: 4 };
const insistent = { chance: 1, seconds: 1, most: 50 };
const waves = { count: 8, share: 0.6, seconds: 50 };

export const loadFamilies: readonly Family[] = [
  {
    name: 'connects in waves',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 4, chance: between(draws, 0.4, 0.9), of: 'process', text: false })],
      application: { retries: patient },
      operations: { waves, hours: 8, pods: 2 },
      size: 2,
    }),
  },
  {
    name: 'sessions of a process in waves',
    make: (draws) => ({
      causes: [manySessions({ limit: 9, chance: between(draws, 0.4, 0.9), of: 'process', after: [1, 8] })],
      operations: { waves: { ...waves, seconds: 150 }, hours: 8, pods: 1 },
      size: 2,
    }),
  },
  {
    name: 'connects of a project, 20 a minute',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 20, chance: between(draws, 0.4, 0.9), of: 'project', text: false })],
      application: { retries: patient },
      operations: { pods: 4 },
      load: 14,
      size: 2,
    }),
  },
  {
    name: 'many connects, who retry at once',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 9, chance: between(draws, 0.3, 0.7), of: 'process', text: false })],
      application: { retries: atOnce },
      load: 14,
      size: 1.5,
    }),
  },
  {
    name: 'many sessions of a project among faults',
    make: (draws) => ({
      causes: [
        manySessions({ limit: 20, chance: between(draws, 0.5, 0.9), of: 'project' }),
        hazard({ hypothesis: 'internal_error', perHour: between(draws, 1, 3) }),
      ],
      operations: { pods: 3 },
      load: 7,
      size: 2,
    }),
  },
  {
    name: 'nothing, waves',
    make: () => ({
      background: { faults: 5 },
      operations: { waves, hours: 8, pods: 2 },
      size: 2,
    }),
  },
  {
    name: 'nothing, an outage among many sessions',
    make: (draws) => ({
      causes: [outage({ start: between(draws, 0.2, 0.7), minutes: 4, perMinute: between(draws, 1, 6) })],
      application: { retries: insistent },
      load: 10,
      size: 2,
    }),
  },
  {
    name: 'nothing, an outage in which nobody stays',
    make: (draws) => ({
      causes: [outage({ start: between(draws, 0.2, 0.7), minutes: 3, perMinute: 15 })],
      application: { retries: { chance: 1, seconds: 3, most: 50 } },
      load: between(draws, 3, 10),
      size: 2,
    }),
  },
  {
    name: 'nothing, users without end among many sessions',
    make: () => ({
      causes: [0, 1, 2].map((user) => brokenConversation({ user })),
      users: { endless: true },
      application: { retries: { chance: 1, seconds: 1.5, most: 20 } },
      load: 8,
      size: 2,
    }),
  },
  {
    name: 'nothing, a process that fails',
    make: (draws) => ({
      causes: [
        faultsOf({ name: 'one process', perHour: between(draws, 60, 240), of: ({ pod }) => pod === 'pod-0' }),
      ],
      application: { retries: atOnce },
      load: 8,
      size: 2,
    }),
  },
];
