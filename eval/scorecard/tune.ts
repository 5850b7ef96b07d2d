/** The kinds of populations that the rules were tuned on. */
import type { Draws } from './draws.ts';
import { between, type Family } from './families.ts';
import type { Plant } from './population.ts';

const payload = (draws: Draws): Plant => ({
  hypothesis: 'payload_size',
  chance: between(draws, 0.1, 0.6),
  bytes: draws.pick([
    [4_096, 1],
    [8_192, 2],
    [16_384, 1],
  ]),
});
const encoding = (draws: Draws): Plant => ({
  hypothesis: 'encoding',
  chance: between(draws, 0.1, 0.6),
  what: draws.pick([
    ['base64', 2],
    ['control', 2],
    ['shape', 1],
  ]),
});
const toolCallId = (draws: Draws): Plant => ({
  hypothesis: 'tool_call_id',
  chance: between(draws, 0.2, 0.9),
});
const race = (draws: Draws): Plant => ({ hypothesis: 'concurrency', chance: between(draws, 0.05, 0.4) });
const open = (draws: Draws): Plant => ({
  hypothesis: 'concurrency',
  chance: between(draws, 0.2, 0.7),
  open: 32,
});
const internal = (draws: Draws): Plant => ({
  hypothesis: 'internal_error',
  chance: between(draws, 0.05, 0.3),
});
const quota = (draws: Draws): Plant => ({
  hypothesis: 'rate_limit',
  chance: between(draws, 0.3, 0.9),
  connects: 16,
  text: true,
});
const silentLimit = (draws: Draws): Plant => ({ ...quota(draws), text: false }) as Plant;
const dropped = (draws: Draws): Plant => ({ hypothesis: 'connection', chance: between(draws, 0.05, 0.3) });
const reaped = (draws: Draws): Plant => ({
  hypothesis: 'connection',
  chance: between(draws, 0.1, 0.6),
  age: draws.pick([
    [126, 1],
    [301, 1],
  ]),
  frame: draws.chance(0.5),
});

export const tunedFamilies: readonly Family[] = [
  { name: 'none', weight: 10, make: () => ({ planted: [] }) },
  { name: 'payload_size', weight: 4, make: (draws) => ({ planted: [payload(draws)] }) },
  { name: 'encoding', weight: 4, make: (draws) => ({ planted: [encoding(draws)] }) },
  { name: 'tool_call_id', weight: 4, make: (draws) => ({ planted: [toolCallId(draws)] }) },
  { name: 'concurrency: race', weight: 4, make: (draws) => ({ planted: [race(draws)] }) },
  { name: 'concurrency: sessions', weight: 2, make: (draws) => ({ planted: [open(draws)] }) },
  { name: 'internal_error', weight: 4, make: (draws) => ({ planted: [internal(draws)] }) },
  { name: 'rate_limit: named', weight: 2, make: (draws) => ({ planted: [quota(draws)] }) },
  { name: 'rate_limit: not named', weight: 3, make: (draws) => ({ planted: [silentLimit(draws)] }) },
  { name: 'connection: dropped', weight: 2, make: (draws) => ({ planted: [dropped(draws)] }) },
  { name: 'connection: one age', weight: 2, make: (draws) => ({ planted: [reaped(draws)] }) },
  {
    name: 'two at once',
    weight: 10,
    make: (draws) => {
      const first = draws.pick([
        [payload, 1],
        [encoding, 1],
        [toolCallId, 1],
        [race, 1],
      ]);
      const second = draws.pick([
        [internal, 1],
        [quota, 1],
        [silentLimit, 1],
        [dropped, 1],
      ]);
      return { planted: [first(draws), second(draws)] };
    },
  },
  {
    name: 'large, and slow as well',
    weight: 4,
    make: (draws) => ({ planted: [payload(draws)], confounders: { slowIsLarge: between(draws, 0.4, 0.8) } }),
  },
  {
    name: 'slow, and large as well',
    weight: 4,
    make: (draws) => ({
      planted: [],
      confounders: { slowIsLarge: between(draws, 0.4, 0.8), slowEnds: between(draws, 0.1, 0.5) },
    }),
  },
  {
    name: 'large innocent tool',
    weight: 4,
    make: (draws) => ({
      planted: [
        draws.pick([
          [toolCallId, 1],
          [race, 1],
          [internal, 1],
        ])(draws),
      ],
      confounders: { largeTool: true },
    }),
  },
  {
    name: 'large tool that is bad',
    weight: 4,
    make: (draws) => ({
      planted: [],
      confounders: { largeTool: true, badTool: between(draws, 0.05, 0.3) },
    }),
  },
  {
    name: 'busy hour',
    weight: 4,
    make: (draws) => ({ planted: [], confounders: { busyHour: between(draws, 3, 8) } }),
  },
  {
    name: 'outage',
    weight: 4,
    make: (draws) => ({ planted: [], confounders: { outage: between(draws, 0.2, 0.9) } }),
  },
  {
    name: 'busy hour, and a cause',
    weight: 3,
    make: (draws) => ({
      planted: [
        draws.pick([
          [payload, 1],
          [race, 1],
          [silentLimit, 1],
        ])(draws),
      ],
      confounders: { busyHour: between(draws, 3, 8) },
    }),
  },
];
