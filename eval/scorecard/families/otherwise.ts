/** Populations whose causes work otherwise than anything that is compared, or under a condition, or several together. */
import { invalidArgumentEnd, notImplementedEnd } from '../causes/endings.ts';
import {
  anyTime,
  badModel,
  encodedResponse,
  largeResponse,
  late,
  smoothResponse,
  wrongId,
} from '../causes/responses.ts';
import { during, restricted } from '../causes/restricted.ts';
import {
  agingFaults,
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
import { between, busyModel, type Family, logBetween, withTools } from './family.ts';

const fatal = (draws: Draws) => ({ bytes: 8_192, chance: between(draws, 0.2, 0.6) });

export const otherwiseFamilies: readonly Family[] = [
  {
    name: 'large responses, the larger the later',
    make: (draws) => ({
      causes: [largeResponse({ ...fatal(draws), after: ({ bytes }) => [bytes / 20_000, bytes / 5_000] })],
    }),
  },
  {
    name: 'large responses, up to half a minute later',
    make: (draws) => ({ causes: [largeResponse({ ...fatal(draws), after: [1, 32] })] }),
  },
  {
    name: 'large responses to one model',
    make: (draws) => ({
      causes: [restricted(largeResponse(fatal(draws)), ({ client }) => client.model === busyModel)],
    }),
  },
  {
    name: 'large responses in the first minute',
    make: (draws) => ({ causes: [restricted(largeResponse(fatal(draws)), ({ age }) => age < 60)] }),
  },
  {
    name: 'large responses for half of the time',
    make: (draws) => ({ causes: [during(largeResponse(fatal(draws)), 0, 0.5)] }),
  },
  {
    name: 'large responses of some users',
    make: (draws) => ({
      causes: [restricted(largeResponse(fatal(draws)), ({ client }) => client.user.id % 2 === 0)],
    }),
  },
  {
    name: 'large responses, invalid argument',
    make: (draws) => ({ causes: [largeResponse({ ...fatal(draws), end: invalidArgumentEnd })] }),
  },
  {
    name: 'wrong ids, not implemented',
    make: (draws) => ({
      causes: [wrongId({ chance: between(draws, 0.4, 0.9), end: notImplementedEnd })],
      application: { tools: withTools({ wrongId: 0.06 }) },
    }),
  },
  {
    name: 'wrong ids, late',
    make: (draws) => ({
      causes: [wrongId({ chance: between(draws, 0.4, 0.9), after: late })],
      application: { tools: withTools({ wrongId: 0.06 }) },
    }),
  },
  {
    name: 'base64 among parallel calls, sooner or later',
    make: (draws) => ({
      causes: [encodedResponse({ what: 'base64', chance: between(draws, 0.3, 0.8), after: anyTime })],
      application: { tools: withTools({ base64: 0.1 }), answers: 'singly' },
      parallel: between(draws, 0.4, 0.8),
    }),
  },
  {
    name: 'base64 and wrong ids',
    make: (draws) => ({
      causes: [
        encodedResponse({ what: 'base64', chance: between(draws, 0.3, 0.8) }),
        wrongId({ chance: between(draws, 0.4, 0.9) }),
      ],
      application: { tools: withTools({ base64: 0.1, wrongId: 0.08 }) },
    }),
  },
  {
    name: 'large responses, wrong ids and input while pending',
    make: (draws) => ({
      causes: [
        largeResponse(fatal(draws)),
        wrongId({ chance: between(draws, 0.4, 0.9) }),
        race({ chance: between(draws, 0.05, 0.2) }),
      ],
      application: { tools: withTools({ wrongId: 0.08 }) },
    }),
  },
  {
    name: 'control characters, of one version',
    make: (draws) => ({
      causes: [
        restricted(
          encodedResponse({ what: 'control', chance: between(draws, 0.4, 0.9) }),
          ({ client }) => client.version === '1.2.0',
        ),
      ],
      application: { tools: withTools({ control: 0.15 }) },
      operations: { deploys: 1 },
    }),
  },
  {
    name: 'context, the fuller the likelier',
    make: (draws) => ({
      causes: [
        contextOverflow({
          tokens: logBetween(draws, 12_000, 24_000),
          chance: 0.6,
          steepness: between(draws, 2, 4),
        }),
      ],
      users: { visit: 300 },
      application: { tools: withTools({ bytes: 3_000 }) },
    }),
  },
  {
    name: 'context overflow, late in the turn',
    make: (draws) => ({
      causes: [contextOverflow({ tokens: 11_000, chance: between(draws, 0.3, 0.8), after: [1, 9] })],
      users: { visit: 300 },
      application: { tools: withTools({ bytes: 3_000 }) },
    }),
  },
  {
    name: 'input while a call is pending, late',
    make: (draws) => ({
      causes: [race({ chance: between(draws, 0.1, 0.3), after: [0.3, 5] })],
    }),
  },
  {
    name: 'many sessions of a process, late',
    make: (draws) => ({
      causes: [manySessions({ limit: 6, chance: between(draws, 0.3, 0.8), of: 'process', after: [3, 40] })],
      load: 5,
      size: 1.5,
    }),
  },
  {
    name: 'many connects and faults of the service',
    make: (draws) => ({
      causes: [
        manyConnects({ perMinute: 6, chance: between(draws, 0.4, 0.9), of: 'process', text: false }),
        hazard({ hypothesis: 'internal_error', perHour: between(draws, 3, 6) }),
      ],
      application: { retries: { chance: 0.4, seconds: 40, most: 3 } },
      load: 10,
      size: 1.5,
    }),
  },
  {
    name: 'faults of old connections',
    make: (draws) => ({
      causes: [agingFaults({ perHour: between(draws, 5, 15), minutes: 2 })],
      users: { visit: 250 },
    }),
  },
  {
    name: 'short outages',
    make: (draws) => ({
      causes: [0.1, 0.4, 0.7].map((start) => outage({ start, minutes: 8, perMinute: between(draws, 1, 3) })),
    }),
  },
  {
    name: 'large responses and connections that break',
    make: (draws) => ({
      causes: [
        largeResponse(fatal(draws)),
        hazard({ hypothesis: 'connection', perHour: between(draws, 4, 8) }),
      ],
    }),
  },
  {
    name: 'large responses and refused credentials',
    make: (draws) => ({
      causes: [
        largeResponse(fatal(draws)),
        refusedSetup({
          hypothesis: 'credentials',
          chance: between(draws, 0.1, 0.25),
          end: { code: 1007, reason: 'API key expired. Please renew the API key.' },
        }),
      ],
    }),
  },
  {
    name: 'large responses and faults of the service',
    make: (draws) => ({
      causes: [
        largeResponse(fatal(draws)),
        hazard({ hypothesis: 'internal_error', perHour: between(draws, 3, 6) }),
      ],
    }),
  },
  {
    name: 'large responses and cut at an age',
    make: (draws) => ({
      causes: [largeResponse(fatal(draws)), cutAtAge({ seconds: 200, chance: between(draws, 0.4, 0.9) })],
      users: { visit: 220 },
    }),
  },
  {
    name: 'any response, and large ones more often',
    make: (draws) => ({
      causes: [
        badModel({ model: busyModel, chance: between(draws, 0.01, 0.03) }),
        largeResponse({ ...fatal(draws), bytes: 24_000 }),
      ],
    }),
  },
  {
    name: 'the larger the likelier, among parallel calls',
    make: (draws) => ({
      causes: [
        smoothResponse({
          half: logBetween(draws, 6_000, 20_000),
          steepness: between(draws, 0.8, 1.5),
          chance: 0.6,
          after: anyTime,
        }),
      ],
      parallel: between(draws, 0.4, 0.8),
      application: { answers: 'singly' },
    }),
  },
];
