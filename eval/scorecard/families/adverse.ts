/** Populations in which things come together that are easily mistaken for each other. */
import {
  badTool,
  cancelledCall,
  encodedResponse,
  largeResponse,
  late,
  smoothResponse,
  wrongId,
} from '../causes/responses.ts';
import {
  brokenConversation,
  contextOverflow,
  faultsOf,
  hazard,
  manyConnects,
  outage,
  race,
} from '../causes/sessions.ts';
import { between, type Family, withTool, withTools } from './family.ts';

const regions = ['europe-west4', 'us-central1', 'us-east5'];
const insistent = { chance: 1, seconds: 1, most: 50 };

export const adverseFamilies: readonly Family[] = [
  {
    name: 'a threshold between those that are looked at',
    make: (draws) => ({
      causes: [
        largeResponse({
          bytes: draws.pick([
            [1_500, 1],
            [6_000, 1],
            [24_000, 1],
          ]),
          chance: between(draws, 0.2, 0.6),
        }),
      ],
    }),
  },
  {
    name: 'large responses, late, among parallel calls',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 8_192, chance: between(draws, 0.2, 0.6), after: [3, 9] })],
      parallel: between(draws, 0.4, 0.8),
      application: { answers: 'singly' },
    }),
  },
  {
    name: 'the larger the likelier, late, of frail users',
    make: (draws) => ({
      causes: [
        smoothResponse({ half: 12_000, steepness: between(draws, 0.7, 1.2), chance: 0.6, after: late }),
      ],
      users: { frailty: 1.3, users: 30 },
      background: { faults: 2 },
    }),
  },
  {
    name: 'answers to cancelled calls',
    make: (draws) => ({
      causes: [cancelledCall({ chance: between(draws, 0.3, 0.9) })],
      cancels: between(draws, 0.1, 0.3),
      application: { heedsCancellation: false },
    }),
  },
  {
    name: 'nothing, answers to cancelled calls',
    make: (draws) => ({
      background: { faults: 3 },
      cancels: between(draws, 0.1, 0.3),
      application: { heedsCancellation: false },
    }),
  },
  {
    name: 'one region is bad',
    make: (draws) => ({
      causes: [
        faultsOf({
          name: 'one region',
          perHour: between(draws, 5, 15),
          of: ({ region }) => region === regions[0],
        }),
      ],
      operations: { regions, pods: 3 },
    }),
  },
  {
    name: 'one region is bad and gets the large responses',
    make: (draws) => ({
      causes: [
        faultsOf({
          name: 'one region',
          perHour: between(draws, 5, 15),
          of: ({ region, model }) => region === regions[0] && model !== '',
        }),
      ],
      operations: {
        regions: regions.slice(0, 2),
        pods: 2,
        models: [
          ['gemini-2.5-flash-native-audio-preview-09-2025', 1],
          ['gemini-3.1-flash-live-preview', 1],
        ],
      },
      favourite: { model: 'gemini-2.5-flash-native-audio-preview-09-2025', tool: 'documents', factor: 6 },
      application: { tools: withTool('documents', { bytes: 14_000 }) },
    }),
  },
  {
    name: 'a bad version that answers with more',
    make: (draws) => ({
      causes: [
        faultsOf({
          name: 'one version',
          perHour: between(draws, 6, 12),
          of: ({ version }) => version === '1.2.0',
        }),
      ],
      operations: { deploys: 1, grows: 5 },
    }),
  },
  {
    name: 'nothing, killed and rolled out again and again',
    make: () => ({ operations: { deploys: 6, kills: 30 } }),
  },
  {
    name: 'nothing, goAway is not heeded',
    make: () => ({ users: { visit: 700 }, application: { heedsGoAway: false }, size: 0.4 }),
  },
  {
    name: 'nothing, open microphones of frail users',
    make: (draws) => ({
      users: { frailty: between(draws, 1.2, 1.8), users: 25, mics: { open: 1, gated: 0, push: 1, text: 0 } },
      background: { faults: 3 },
      application: { tools: withTools({ seconds: 4 }) },
    }),
  },
  {
    name: 'an outage, everybody insists',
    make: (draws) => ({
      causes: [outage({ start: between(draws, 0.2, 0.7), minutes: 60, perMinute: between(draws, 1, 4) })],
      operations: { hours: 12 },
      application: { retries: insistent },
    }),
  },
  {
    name: 'an outage that drops, and large responses',
    make: (draws) => ({
      causes: [
        outage({ start: between(draws, 0.2, 0.7), minutes: 40, perMinute: 0.8, end: 'drop' }),
        largeResponse({ bytes: 8_192, chance: between(draws, 0.2, 0.5) }),
      ],
      operations: { hours: 12 },
    }),
  },
  {
    name: 'one user without end, and large responses',
    make: (draws) => ({
      causes: [
        brokenConversation({ user: 0 }),
        largeResponse({ bytes: 8_192, chance: between(draws, 0.2, 0.5) }),
      ],
      users: { endless: true },
      application: { retries: { chance: 1, seconds: 1.5, most: 100 } },
    }),
  },
  {
    name: 'base64, and the race is weaker',
    make: (draws) => ({
      causes: [
        encodedResponse({ what: 'base64', chance: between(draws, 0.5, 0.9) }),
        race({ chance: between(draws, 0.02, 0.06) }),
      ],
      application: { tools: withTools({ base64: 0.1 }) },
    }),
  },
  {
    name: 'context overflow, and large responses are weaker',
    make: (draws) => ({
      causes: [
        contextOverflow({ tokens: 14_000, chance: between(draws, 0.3, 0.6) }),
        largeResponse({ bytes: 16_384, chance: between(draws, 0.05, 0.2) }),
      ],
      users: { visit: 300 },
      application: { tools: withTools({ bytes: 3_000 }) },
    }),
  },
  {
    name: 'many connects and lost connections',
    make: (draws) => ({
      causes: [
        manyConnects({ perMinute: 6, chance: between(draws, 0.3, 0.8), of: 'process', text: false }),
        hazard({ hypothesis: 'connection', perHour: between(draws, 3, 6) }),
      ],
      application: { retries: { chance: 0.4, seconds: 40, most: 3 } },
      load: 10,
    }),
  },
  {
    name: 'large responses, clocks that are off',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 8_192, chance: between(draws, 0.2, 0.6) })],
      operations: { skewMs: between(draws, 5_000, 120_000) },
    }),
  },
  {
    name: 'wrong ids, rolled out and killed',
    make: (draws) => ({
      causes: [wrongId({ chance: between(draws, 0.4, 0.9) })],
      application: { tools: withTools({ wrongId: between(draws, 0.03, 0.1) }) },
      operations: { deploys: 3, kills: 8 },
    }),
  },
  {
    name: 'the race by day, a large tool by night',
    make: (draws) => ({
      causes: [race({ chance: between(draws, 0.08, 0.3) })],
      operations: { hours: 24, daily: 1.9, deploys: 1, grows: 4 },
    }),
  },
  {
    name: 'a bad tool that is slow and large',
    make: (draws) => ({
      causes: [badTool({ tool: 'documents', chance: between(draws, 0.08, 0.3) })],
      application: { tools: withTool('documents', { bytes: 9_000, seconds: 5, spread: 0.5 }) },
    }),
  },
];
