/** The families that were kept apart until their figures had been seen one by one: since then the rules may be tuned on them. */
import { genericEnd, invalidArgumentEnd } from '../causes/endings.ts';
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
import { between, type Family, logBetween, withTool, withTools } from './family.ts';

const quietModel = 'gemini-3.1-flash-live-preview';

export const seenFamilies: readonly Family[] = [
  {
    name: 'nothing, and nobody connects again',
    make: () => ({
      background: { faults: 2 },
      application: { resumes: false, retries: { chance: 0, seconds: 1, most: 0 } },
    }),
  },
  {
    name: 'nothing, frail users with open microphones',
    make: (draws) => ({
      background: { faults: 3 },
      users: { frailty: 1.6, users: 20, mics: { open: 9, gated: 1, push: 0, text: 0 } },
      parallel: between(draws, 0.3, 0.6),
    }),
  },
  {
    name: 'nothing, clients that try again at once',
    make: () => ({
      background: { faults: 2, losses: 3 },
      application: { retries: { chance: 1, seconds: 0.3, most: 10 } },
    }),
  },
  {
    name: 'nothing, an outage among deploys',
    make: (draws) => ({
      causes: [outage({ start: between(draws, 0.3, 0.6), minutes: 25, perMinute: 2 })],
      operations: { deploys: 4, hours: 8 },
    }),
  },
  {
    name: 'nothing, a tenth sampled with weights',
    make: () => ({
      background: { faults: 3 },
      operations: { sampling: { ratio: 0.1, weights: true } },
      size: 2.5,
    }),
  },
  {
    name: 'nothing, busy days with a large tool',
    make: (draws) => ({
      background: { faults: 3 },
      operations: { hours: 72, daily: 1.8 },
      application: { tools: withTool('search', { bytes: between(draws, 5_000, 20_000) }) },
    }),
  },
  {
    name: 'nothing, long visits',
    make: () => ({ background: { faults: 1.5 }, users: { visit: 500 }, size: 0.5 }),
  },
  {
    name: 'large responses, late, answered together',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 16_384, chance: between(draws, 0.3, 0.8), after: late })],
      parallel: 0.5,
      application: { answers: 'together', tools: withTools({ bytes: 2_500 }) },
    }),
  },
  {
    name: 'responses of 2 KB, seldom',
    make: (draws) => ({ causes: [largeResponse({ bytes: 2_048, chance: between(draws, 0.05, 0.15) })] }),
  },
  {
    name: 'the larger the likelier, steep and late',
    make: (draws) => ({
      causes: [
        smoothResponse({
          half: logBetween(draws, 4_000, 30_000),
          steepness: between(draws, 1.5, 3),
          chance: 0.9,
          after: anyTime,
        }),
      ],
    }),
  },
  {
    name: 'large responses of people who type',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 6_000, chance: between(draws, 0.2, 0.6) })],
      users: { mics: { open: 0, gated: 0, push: 1, text: 9 } },
    }),
  },
  {
    name: 'characters outside of ASCII',
    make: (draws) => ({ causes: [encodedResponse({ what: 'utf8', chance: between(draws, 0.06, 0.25) })] }),
  },
  {
    name: 'base64, late',
    make: (draws) => ({
      causes: [encodedResponse({ what: 'base64', chance: between(draws, 0.4, 0.9), after: late })],
      application: { tools: withTools({ base64: between(draws, 0.06, 0.12) }) },
    }),
  },
  {
    name: 'wrong ids, another text',
    make: (draws) => ({
      causes: [
        wrongId({
          chance: between(draws, 0.5, 0.95),
          end: { code: 1008, reason: 'Requested entity was not found.' },
        }),
      ],
      application: { tools: withTools({ wrongId: between(draws, 0.03, 0.08) }) },
    }),
  },
  {
    name: 'input while pending among slow tools',
    make: (draws) => ({
      causes: [race({ chance: between(draws, 0.05, 0.25), end: genericEnd(draws) })],
      application: { tools: withTools({ seconds: 4 }) },
    }),
  },
  {
    name: 'many sessions of a project',
    make: (draws) => ({
      causes: [manySessions({ limit: 14, chance: between(draws, 0.4, 0.9), of: 'project' })],
      operations: { pods: 2 },
      load: 6,
      size: 1.5,
    }),
  },
  {
    name: 'many connects of a project',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 12, chance: between(draws, 0.4, 0.9), of: 'project', text: false })],
      application: { retries: { chance: 0.5, seconds: 60, most: 2 } },
      operations: { pods: 2 },
      load: 12,
      size: 1.5,
    }),
  },
  {
    name: 'quota of a project, with a text',
    make: (draws) => ({
      causes: [manyConnects({ perMinute: 12, chance: between(draws, 0.4, 0.9), of: 'project', text: true })],
      operations: { pods: 2 },
      load: 14,
      size: 1.5,
    }),
  },
  {
    name: 'faults that follow the day',
    make: (draws) => ({
      causes: [hazard({ hypothesis: 'internal_error', perHour: between(draws, 4, 12) })],
      operations: { hours: 48, daily: 1.8 },
    }),
  },
  {
    name: 'a proxy that cuts with a frame',
    make: (draws) => ({
      causes: [cutAtAge({ seconds: 181, chance: between(draws, 0.3, 0.9), end: { code: 1001, reason: '' } })],
      users: { visit: 220 },
    }),
  },
  {
    name: 'context overflow, invalid argument',
    make: (draws) => ({
      causes: [
        contextOverflow({ tokens: 20_000, chance: between(draws, 0.4, 0.9), end: invalidArgumentEnd }),
      ],
      users: { visit: 350 },
      application: { tools: withTools({ bytes: 5_000 }) },
    }),
  },
  {
    name: 'large responses and an outage',
    make: (draws) => ({
      causes: [
        largeResponse({ bytes: 8_192, chance: between(draws, 0.3, 0.7) }),
        outage({ start: between(draws, 0.2, 0.7), minutes: 30, perMinute: 1 }),
      ],
      operations: { hours: 10 },
    }),
  },
  {
    name: 'large responses and one user without end',
    make: (draws) => ({
      causes: [
        largeResponse({ bytes: 8_192, chance: between(draws, 0.3, 0.7), after: anyTime }),
        brokenConversation({ user: 0 }),
      ],
      users: { endless: true },
      application: { retries: { chance: 1, seconds: 2, most: 200 } },
    }),
  },
  {
    name: 'a voice that is not known',
    make: (draws) => ({
      causes: [
        refusedSetup({
          hypothesis: 'setup',
          chance: between(draws, 0.1, 0.3),
          end: { code: 1007, reason: 'No matching speaker voice found for name: alloy' },
        }),
      ],
    }),
  },
  {
    name: 'slow responses, large as well, late',
    make: (draws) => ({
      causes: [slowTool({ seconds: 4, chance: between(draws, 0.2, 0.5), after: late })],
      application: { tools: withTools({ slowIsLarge: between(draws, 0.5, 0.8), bytes: 2_000 }) },
    }),
  },
  {
    name: 'a bad model with a tool of its own',
    make: (draws) => ({
      causes: [badModel({ model: quietModel, chance: between(draws, 0.05, 0.15) })],
      application: { tools: withTool('documents', { bytes: 20_000, utf8: 0.8 }) },
      favourite: { model: quietModel, tool: 'documents', factor: 10 },
      operations: { pods: 5 },
    }),
  },
  {
    name: 'large responses and context overflow',
    make: (draws) => ({
      causes: [
        largeResponse({ bytes: 10_000, chance: between(draws, 0.3, 0.6) }),
        contextOverflow({ tokens: 9_000, chance: between(draws, 0.2, 0.5) }),
      ],
      users: { visit: 300 },
    }),
  },
  {
    name: 'input while pending and connections that break',
    make: (draws) => ({
      causes: [
        race({ chance: between(draws, 0.08, 0.25) }),
        hazard({ hypothesis: 'connection', perHour: between(draws, 3, 8) }),
      ],
    }),
  },
  {
    name: 'large responses, sampled thinly',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 8_192, chance: between(draws, 0.4, 0.9), after: anyTime })],
      operations: { sampling: { ratio: 0.05, weights: draws.chance(0.5) } },
      size: 2.5,
    }),
  },
  {
    name: 'input while pending of frail users',
    make: (draws) => ({
      causes: [race({ chance: between(draws, 0.08, 0.25) })],
      users: { frailty: 1.4, users: 25 },
      background: { faults: 2 },
    }),
  },
  {
    name: 'a bad tool and wrong ids',
    make: (draws) => ({
      causes: [
        badTool({ tool: 'weather', chance: between(draws, 0.03, 0.1) }),
        wrongId({ chance: between(draws, 0.4, 0.9) }),
      ],
      application: { tools: withTools({ wrongId: 0.06 }) },
    }),
  },
  {
    name: 'large responses, deploys, kills, clocks that are off',
    make: (draws) => ({
      causes: [largeResponse({ bytes: 5_000, chance: between(draws, 0.15, 0.5) })],
      operations: { deploys: 3, kills: 5, skewMs: 4_000 },
    }),
  },
];
