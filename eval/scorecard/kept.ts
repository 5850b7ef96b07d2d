/**
 * Kinds of populations kept apart: other thresholds, ages, exposures, confounders and pairs of causes than those that
 * the rules were tuned on. Not to be run while anything is changed to do better.
 */
import type { Draws } from './draws.ts';
import { between, type Family } from './families.ts';
import type { Plant } from './population.ts';

const payload = (draws: Draws): Plant => ({
  hypothesis: 'payload_size',
  chance: between(draws, 0.08, 0.9),
  bytes: draws.pick([
    [6_000, 1],
    [24_000, 1],
    [11_000, 1],
  ]),
});
const encoding = (draws: Draws): Plant => ({
  hypothesis: 'encoding',
  chance: between(draws, 0.08, 0.8),
  what: draws.pick([
    ['utf8', 2],
    ['base64', 1],
    ['shape', 1],
  ]),
});
const toolCallId = (draws: Draws): Plant => ({ hypothesis: 'tool_call_id', chance: between(draws, 0.1, 1) });
const race = (draws: Draws): Plant => ({ hypothesis: 'concurrency', chance: between(draws, 0.02, 0.6) });
const open = (draws: Draws): Plant => ({
  hypothesis: 'concurrency',
  chance: between(draws, 0.3, 0.9),
  open: 24,
});
const internal = (draws: Draws): Plant => ({
  hypothesis: 'internal_error',
  chance: between(draws, 0.03, 0.5),
});
const limited = (draws: Draws): Plant => ({
  hypothesis: 'rate_limit',
  chance: between(draws, 0.3, 1),
  connects: draws.pick([
    [12, 1],
    [20, 1],
  ]),
  text: draws.chance(0.4),
});
const dropped = (draws: Draws): Plant => ({ hypothesis: 'connection', chance: between(draws, 0.03, 0.5) });
const reaped = (draws: Draws): Plant => ({
  hypothesis: 'connection',
  chance: between(draws, 0.1, 0.9),
  age: draws.pick([
    [61, 1],
    [241, 1],
  ]),
  frame: draws.chance(0.7),
});
const any = [payload, encoding, toolCallId, race, internal, limited, dropped].map(
  (make) => [make, 1] as const,
);

export const keptFamilies: readonly Family[] = [
  { name: 'none', weight: 10, make: () => ({ planted: [] }) },
  { name: 'payload_size', weight: 4, make: (draws) => ({ planted: [payload(draws)] }) },
  { name: 'encoding', weight: 4, make: (draws) => ({ planted: [encoding(draws)] }) },
  { name: 'tool_call_id', weight: 4, make: (draws) => ({ planted: [toolCallId(draws)] }) },
  { name: 'concurrency: race', weight: 4, make: (draws) => ({ planted: [race(draws)] }) },
  { name: 'concurrency: sessions', weight: 2, make: (draws) => ({ planted: [open(draws)] }) },
  { name: 'internal_error', weight: 4, make: (draws) => ({ planted: [internal(draws)] }) },
  { name: 'rate_limit', weight: 5, make: (draws) => ({ planted: [limited(draws)] }) },
  { name: 'connection: dropped', weight: 2, make: (draws) => ({ planted: [dropped(draws)] }) },
  { name: 'connection: one age', weight: 2, make: (draws) => ({ planted: [reaped(draws)] }) },
  {
    name: 'two at once',
    weight: 12,
    make: (draws) => {
      const first = draws.pick(any);
      const second = draws.pick(any.filter(([make]) => make !== first));
      return { planted: [first(draws), second(draws)] };
    },
  },
  {
    name: 'large, and slow as well',
    weight: 5,
    make: (draws) => ({ planted: [payload(draws)], confounders: { slowIsLarge: between(draws, 0.6, 0.9) } }),
  },
  {
    name: 'slow, and large as well',
    weight: 5,
    make: (draws) => ({
      planted: [],
      confounders: { slowIsLarge: between(draws, 0.6, 0.9), slowEnds: between(draws, 0.1, 0.8) },
    }),
  },
  {
    name: 'large innocent tool',
    weight: 4,
    make: (draws) => ({
      planted: [
        draws.pick([
          [encoding, 1],
          [race, 1],
          [dropped, 1],
        ])(draws),
      ],
      confounders: { largeTool: true },
    }),
  },
  {
    name: 'large tool that is bad',
    weight: 5,
    make: (draws) => ({ planted: [], confounders: { largeTool: true, badTool: between(draws, 0.05, 0.6) } }),
  },
  {
    name: 'busy hour',
    weight: 5,
    make: (draws) => ({ planted: [], confounders: { busyHour: between(draws, 2, 12) } }),
  },
  {
    name: 'outage, and a cause',
    weight: 4,
    make: (draws) => ({
      planted: [
        draws.pick([
          [payload, 1],
          [toolCallId, 1],
          [dropped, 1],
        ])(draws),
      ],
      confounders: { outage: between(draws, 0.2, 0.9) },
    }),
  },
  {
    name: 'busy hour, large and slow',
    weight: 4,
    make: (draws) => ({
      planted: [],
      confounders: { busyHour: between(draws, 2, 12), slowIsLarge: between(draws, 0.4, 0.9) },
    }),
  },
];
