/** Services whose backend is full, and ends sessions that have done nothing. */
import { between, type Family } from '../family.ts';
import { anybodyGivesWay, largestGoes, slowTurns, workersForCalls } from './backend-causes.ts';
import { penaltyBox, restarts } from './gateway-causes.ts';
import { tailed, within } from './moment.ts';
import { tool } from './service.ts';

export const backendsServices: readonly Family[] = [
  {
    // A process that is full makes room: one of those that are there has to go, some seconds later.
    name: 'a hotline for tenants',
    make: (draws) => ({
      causes: [anybodyGivesWay({ limit: 5, chance: between(draws, 0.2, 0.5), delay: tailed(3, 0.8, 15) })],
      background: { faults: between(draws, 0.3, 1) },
      application: {
        tools: [tool('rents', { bytes: 2_500, weight: 2 }), tool('repairs', { bytes: 300, seconds: 2 })],
      },
      operations: { pods: 2 },
      load: between(draws, 3.5, 5),
    }),
  },
  {
    // Every twenty seconds the service looks whether it is too full: then the longest conversation is dropped.
    name: 'a dental clinic',
    make: (draws) => ({
      causes: [largestGoes({ limit: 9, seconds: 20, chance: between(draws, 0.15, 0.4) })],
      background: { faults: between(draws, 0.2, 0.8) },
      users: { visit: 160 },
      application: {
        tools: [tool('slots', { bytes: 1_800, weight: 3 }), tool('x-rays', { bytes: 6_000, base64: 0.7 })],
      },
      operations: { pods: 3, waves: { count: 6, share: 0.4, seconds: 300 } },
      load: between(draws, 2.5, 3.2),
    }),
  },
  {
    // All sessions share a few workers for tools; the last of the night's tickets are slow and long. Near the edge.
    name: 'a ticket exchange',
    make: (draws) => ({
      causes: [workersForCalls({ workers: 4, chance: between(draws, 0.05, 0.16), delay: within(0.5, 4) })],
      background: { faults: between(draws, 0.5, 1.5) },
      calls: 0.6,
      application: {
        tools: [
          tool('offers', { bytes: 3_000, seconds: 4, slowIsLarge: 0.6, weight: 2 }),
          tool('price', { bytes: 90, seconds: 1 }),
        ],
      },
      operations: { pods: 2, skewMs: between(draws, 0, 2_000) },
      load: between(draws, 4, 6),
    }),
  },
  {
    // The balancer restarts some times; all come back in the same seconds, and most of them are turned away for it.
    name: 'a weather service',
    make: (draws) => ({
      causes: [
        restarts({ count: 4, chance: between(draws, 0.7, 1), hypothesis: 'connection' }),
        penaltyBox({
          limit: 4,
          seconds: 10,
          penalty: between(draws, 15, 40),
          chance: between(draws, 0.5, 0.85),
          of: () => '',
        }),
      ],
      users: { users: 90, visit: 140 },
      application: {
        retries: { chance: 0.95, seconds: 1.5, most: 6 },
        tools: [tool('radar', { bytes: 9_000, base64: 0.5 }), tool('forecast', { bytes: 500, weight: 4 })],
      },
      operations: { pods: 3 },
      load: between(draws, 2, 3.5),
    }),
  },
  {
    // The more talk at once, the slower the answers; what takes too long is given up, up to a quarter of a minute later.
    name: 'a maternity ward',
    make: (draws) => ({
      causes: [
        slowTurns({
          half: 20,
          steepness: 5,
          most: between(draws, 0.08, 0.2),
          delay: tailed(6, 0.5, 15),
          end: { code: 1011, reason: 'Deadline expired before operation could complete.' },
        }),
      ],
      background: { faults: between(draws, 0.2, 0.6) },
      application: { tools: [tool('beds', { bytes: 700, weight: 2 }), tool('notes', { bytes: 5_000 })] },
      operations: { pods: 3, waves: { count: 5, share: 0.5, seconds: 240 } },
      load: between(draws, 3.5, 4.5),
    }),
  },
];
