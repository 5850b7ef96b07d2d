/** The families that the rules may be tuned on. */
import { genericEnd } from '../causes/endings.ts';
import {
  anyTime,
  badModel,
  badTool,
  encodedResponse,
  largeResponse,
  late,
  slowTool,
  smoothResponse,
  wrongId,
} from '../causes/responses.ts';
import {
  brokenConversation,
  contextOverflow,
  cutAtAge,
  hazard,
  manyConnects,
  manySessions,
  outage,
  race,
  refusedSetup,
} from '../causes/sessions.ts';
import type { Draws } from '../world/draws.ts';
import { adverseFamilies } from './adverse.ts';
import { evenFamilies } from './evenly.ts';
import { between, busyModel, type Family, logBetween, withTool, withTools } from './family.ts';
import { loadFamilies } from './load.ts';
import { otherwiseFamilies } from './otherwise.ts';
import { sampledFamilies } from './sampled.ts';
import { seenFamilies } from './seen.ts';
import { servicesFamilies } from './services.ts';

const large = (draws: Draws, chance = between(draws, 0.15, 0.6)) => ({
  bytes: draws.pick([
    [4_096, 1],
    [8_192, 2],
  ]),
  chance,
});

/** Few connects come from ends. */
const patient = { chance: 0.4, seconds: 40, most: 3 };

export const tunedFamilies: readonly Family[] = [
  { name: 'nothing', make: () => ({}) },
  {
    name: 'nothing, frail users',
    make: (draws) => ({ users: { frailty: between(draws, 1.2, 1.8), users: 25 }, background: { faults: 2 } }),
  },
  { name: 'nothing, lost connections', make: (draws) => ({ background: { losses: between(draws, 2, 6) } }) },
  {
    name: 'nothing, deploys and kills',
    make: () => ({ operations: { deploys: 3, kills: 6 } }),
  },
  {
    name: 'nothing, day and night',
    make: (draws) => ({
      operations: { hours: 48, daily: between(draws, 1.5, 1.9) },
      background: { faults: 2 },
    }),
  },
  {
    name: 'nothing, parallel calls',
    make: (draws) => ({
      parallel: between(draws, 0.5, 0.8),
      background: { faults: 3 },
      application: { answers: 'singly' },
    }),
  },
  {
    name: 'nothing, a large tool',
    make: () => ({
      background: { faults: 3 },
      application: { tools: withTool('documents', { bytes: 16_000, seconds: 4 }) },
    }),
  },
  {
    name: 'nothing, sampled',
    make: () => ({
      background: { faults: 3 },
      operations: { sampling: { ratio: 0.2, weights: false } },
      size: 2,
    }),
  },
  {
    name: 'nothing, clocks that are off',
    make: (draws) => ({ background: { faults: 3 }, operations: { skewMs: between(draws, 500, 5_000) } }),
  },
  { name: 'large responses', make: (draws) => ({ causes: [largeResponse(large(draws))] }) },
  {
    name: 'large responses, late',
    make: (draws) => ({ causes: [largeResponse({ ...large(draws), after: late })] }),
  },
  {
    name: 'large responses, sooner or later',
    make: (draws) => ({ causes: [largeResponse({ ...large(draws), after: anyTime })] }),
  },
  {
    name: 'large responses among parallel calls',
    make: (draws) => ({
      causes: [largeResponse(large(draws))],
      parallel: between(draws, 0.5, 0.9),
      application: { answers: 'singly' },
    }),
  },
  {
    name: 'the larger the likelier',
    make: (draws) => ({
      causes: [
        smoothResponse({
          half: logBetween(draws, 6_000, 20_000),
          steepness: between(draws, 0.8, 1.5),
          chance: 0.7,
        }),
      ],
    }),
  },
  {
    name: 'base64',
    make: (draws) => ({
      causes: [encodedResponse({ what: 'base64', chance: between(draws, 0.3, 0.8) })],
      application: { tools: withTools({ base64: between(draws, 0.06, 0.15) }) },
    }),
  },
  {
    name: 'control characters',
    make: (draws) => ({
      causes: [encodedResponse({ what: 'control', chance: between(draws, 0.3, 0.8) })],
      application: { tools: withTools({ control: between(draws, 0.05, 0.12) }) },
    }),
  },
  {
    name: 'wrong ids',
    make: (draws) => ({
      causes: [wrongId({ chance: between(draws, 0.4, 0.9) })],
      application: { tools: withTools({ wrongId: between(draws, 0.03, 0.1) }) },
    }),
  },
  {
    name: 'input while a call is pending',
    make: (draws) => ({ causes: [race({ chance: between(draws, 0.05, 0.3) })] }),
  },
  {
    name: 'input while a call is pending, generic text',
    make: (draws) => ({ causes: [race({ chance: between(draws, 0.05, 0.3), end: genericEnd(draws) })] }),
  },
  {
    name: 'many sessions of a process',
    make: (draws) => ({
      causes: [manySessions({ limit: 6, chance: between(draws, 0.3, 0.8), of: 'process' })],
      load: 5,
      size: 1.5,
    }),
  },
  {
    name: 'many connects, with a text',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 6, chance: between(draws, 0.3, 0.9), of: 'process', text: true })],
      load: 12,
      size: 1.5,
    }),
  },
  {
    name: 'many connects',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 6, chance: between(draws, 0.3, 0.9), of: 'process', text: false })],
      application: { retries: patient },
      load: 10,
      size: 1.5,
    }),
  },
  {
    name: 'faults of the service',
    make: (draws) => ({ causes: [hazard({ hypothesis: 'internal_error', perHour: between(draws, 3, 10) })] }),
  },
  {
    name: 'connections that break',
    make: (draws) => ({ causes: [hazard({ hypothesis: 'connection', perHour: between(draws, 4, 10) })] }),
  },
  {
    name: 'cut at an age',
    make: (draws) => ({
      causes: [
        cutAtAge({
          seconds: draws.pick([
            [120, 1],
            [300, 1],
          ]),
          chance: between(draws, 0.3, 0.9),
        }),
      ],
      users: { visit: 220 },
    }),
  },
  {
    name: 'context overflow, generic text',
    make: (draws) => ({
      causes: [contextOverflow({ tokens: 12_000, chance: between(draws, 0.3, 0.8) })],
      users: { visit: 300 },
      application: { tools: withTools({ bytes: 3_000 }) },
    }),
  },
  {
    name: 'an outage',
    make: (draws) => ({
      causes: [outage({ start: between(draws, 0.2, 0.7), minutes: 60, perMinute: between(draws, 0.3, 1.5) })],
      operations: { hours: 12 },
    }),
  },
  {
    name: 'one user without end',
    make: () => ({
      causes: [brokenConversation({ user: 0 })],
      users: { endless: true },
      application: { retries: { chance: 1, seconds: 1.5, most: 200 } },
    }),
  },
  {
    name: 'credentials refused',
    make: (draws) => ({
      causes: [
        refusedSetup({
          hypothesis: 'credentials',
          chance: between(draws, 0.1, 0.3),
          end: { code: 1007, reason: 'API key expired. Please renew the API key.' },
        }),
      ],
    }),
  },
  {
    name: 'slow responses that are large',
    make: (draws) => ({
      causes: [slowTool({ seconds: 5, chance: between(draws, 0.15, 0.5) })],
      application: { tools: withTools({ slowIsLarge: between(draws, 0.6, 0.9) }) },
    }),
  },
  {
    name: 'large responses that are slow',
    make: (draws) => ({
      causes: [largeResponse(large(draws))],
      application: { tools: withTools({ slowIsLarge: between(draws, 0.6, 0.9) }) },
    }),
  },
  {
    name: 'a bad tool that is large',
    make: (draws) => ({
      causes: [badTool({ tool: 'documents', chance: between(draws, 0.08, 0.3) })],
      application: { tools: withTool('documents', { bytes: 14_000 }) },
    }),
  },
  {
    name: 'a bad model that uses the large tool',
    make: (draws) => ({
      causes: [badModel({ model: busyModel, chance: between(draws, 0.03, 0.1) })],
      application: { tools: withTool('documents', { bytes: 14_000 }) },
      favourite: { model: busyModel, tool: 'documents', factor: 6 },
      operations: { pods: 4 },
    }),
  },
  {
    name: 'large responses and input while pending',
    make: (draws) => ({
      causes: [largeResponse(large(draws)), race({ chance: between(draws, 0.05, 0.2) })],
    }),
  },
  {
    name: 'wrong ids and faults of the service',
    make: (draws) => ({
      causes: [
        wrongId({ chance: between(draws, 0.4, 0.9) }),
        hazard({ hypothesis: 'internal_error', perHour: between(draws, 3, 6) }),
      ],
      application: { tools: withTools({ wrongId: 0.08 }) },
    }),
  },
  {
    name: 'large responses and many connects',
    make: (draws) => ({
      causes: [
        largeResponse(large(draws)),
        manyConnects({ perMinute: 6, chance: between(draws, 0.4, 0.9), of: 'process', text: false }),
      ],
      application: { retries: patient },
      load: 10,
    }),
  },
  {
    name: 'large responses, sampled',
    make: (draws) => ({
      causes: [largeResponse(large(draws))],
      operations: { sampling: { ratio: between(draws, 0.1, 0.3), weights: false } },
      size: 2,
    }),
  },
  {
    name: 'large responses, sampled with weights',
    make: (draws) => ({
      causes: [largeResponse(large(draws))],
      operations: { sampling: { ratio: between(draws, 0.1, 0.3), weights: true } },
      size: 2,
    }),
  },
  {
    name: 'a version with large responses, nothing planted',
    make: () => ({ background: { faults: 3 }, operations: { deploys: 1, grows: 6 } }),
  },
  {
    name: 'large responses of frail users',
    make: (draws) => ({
      causes: [largeResponse(large(draws))],
      users: { frailty: 1.5, users: 30 },
      background: { faults: 2 },
    }),
  },
  ...adverseFamilies,
  ...sampledFamilies,
  ...seenFamilies,
  ...otherwiseFamilies,
  ...loadFamilies,
  ...servicesFamilies,
  ...evenFamilies,
];
