/** Populations of which only a part was recorded: what was planted is the same as elsewhere. */
import {
  badTool,
  encodedResponse,
  largeResponse,
  slowTool,
  smoothResponse,
  wrongId,
} from '../causes/responses.ts';
import {
  contextOverflow,
  cutAtAge,
  hazard,
  manyConnects,
  manySessions,
  outage,
  race,
} from '../causes/sessions.ts';
import type { Draws } from '../world/draws.ts';
import type { Sampling } from '../world/telemetry.ts';
import { between, type Difference, type Family, logBetween, withTool, withTools } from './family.ts';

const parts: readonly (readonly [number, number])[] = [
  [0.05, 1],
  [0.1, 1],
  [0.25, 1],
];

/** The end of each session that ended unexpectedly, and the whole of a part. */
const head = (draws: Draws): Sampling => ({ ratio: draws.pick(parts), weights: false });
const weighted = (draws: Draws): Sampling => ({ ratio: draws.pick(parts), weights: true });
/** Of the others nothing at all. */
const bare = (draws: Draws): Sampling => ({ ratio: draws.pick(parts), weights: false, others: 'nothing' });
const tail = (draws: Draws): Sampling => ({
  ratio: draws.pick(parts),
  weights: draws.chance(0.5),
  others: 'unexpected ones whole',
});

function sampled(
  name: string,
  sampling: (draws: Draws) => Sampling,
  make: (draws: Draws) => Difference,
): Family {
  return {
    name,
    make(draws) {
      const { operations, size = 1, ...rest } = make(draws);
      return { ...rest, size: 2 * size, operations: { ...operations, sampling: sampling(draws) } };
    },
  };
}

const faulty = (draws: Draws): Difference => ({ background: { faults: between(draws, 2, 6) } });

export const sampledFamilies: readonly Family[] = [
  sampled('nothing, frail users, sampled', head, (draws) => ({
    users: { frailty: between(draws, 1.2, 1.8), users: 25 },
    background: { faults: 3 },
  })),
  sampled('nothing, sampled with weights', weighted, faulty),
  sampled('nothing, no ends of the others', bare, faulty),
  sampled('nothing, chosen by the end', tail, faulty),
  sampled('nothing, lost connections, sampled', head, (draws) => ({
    background: { losses: between(draws, 2, 6) },
  })),
  sampled('nothing, day and night, chosen by the end', tail, (draws) => ({
    operations: { hours: 48, daily: between(draws, 1.5, 1.9), deploys: 2 },
    background: { faults: 3 },
  })),
  sampled('base64, sampled', head, (draws) => ({
    causes: [encodedResponse({ what: 'base64', chance: between(draws, 0.3, 0.8) })],
    application: { tools: withTools({ base64: between(draws, 0.06, 0.15) }) },
  })),
  sampled('wrong ids, sampled with weights', weighted, (draws) => ({
    causes: [wrongId({ chance: between(draws, 0.4, 0.9) })],
    application: { tools: withTools({ wrongId: between(draws, 0.03, 0.1) }) },
  })),
  sampled('input while a call is pending, sampled', head, (draws) => ({
    causes: [race({ chance: between(draws, 0.05, 0.3) })],
  })),
  sampled('the larger the likelier, no ends of the others', bare, (draws) => ({
    causes: [
      smoothResponse({
        half: logBetween(draws, 6_000, 20_000),
        steepness: between(draws, 0.8, 1.5),
        chance: 0.7,
      }),
    ],
  })),
  sampled('large responses among parallel calls, sampled', head, (draws) => ({
    causes: [largeResponse({ bytes: 6_000, chance: between(draws, 0.2, 0.6), after: [0.1, 3] })],
    parallel: between(draws, 0.5, 0.9),
    application: { answers: 'singly' },
  })),
  sampled('large responses, chosen by the end', tail, (draws) => ({
    causes: [largeResponse({ bytes: 8_192, chance: between(draws, 0.15, 0.6) })],
  })),
  sampled('slow responses that are large, sampled', head, (draws) => ({
    causes: [slowTool({ seconds: 5, chance: between(draws, 0.15, 0.5) })],
    application: { tools: withTools({ slowIsLarge: between(draws, 0.6, 0.9) }) },
  })),
  sampled('a bad tool that is large, sampled with weights', weighted, (draws) => ({
    causes: [badTool({ tool: 'documents', chance: between(draws, 0.08, 0.3) })],
    application: { tools: withTool('documents', { bytes: 14_000 }) },
  })),
  sampled('many sessions of a process, sampled', head, (draws) => ({
    causes: [manySessions({ limit: 6, chance: between(draws, 0.3, 0.8), of: 'process' })],
    load: 5,
  })),
  sampled('many connects, sampled', head, (draws) => ({
    causes: [manyConnects({ perMinute: 6, chance: between(draws, 0.3, 0.9), of: 'process', text: false })],
    application: { retries: { chance: 0.4, seconds: 40, most: 3 } },
    load: 10,
  })),
  sampled('context overflow, generic text, sampled', head, (draws) => ({
    causes: [contextOverflow({ tokens: 12_000, chance: between(draws, 0.3, 0.8) })],
    users: { visit: 300 },
    application: { tools: withTools({ bytes: 3_000 }) },
  })),
  sampled('cut at an age, sampled with weights', weighted, (draws) => ({
    causes: [cutAtAge({ seconds: 180, chance: between(draws, 0.3, 0.9) })],
    users: { visit: 220 },
  })),
  sampled('an outage, sampled', head, (draws) => ({
    causes: [outage({ start: between(draws, 0.2, 0.7), minutes: 60, perMinute: between(draws, 0.3, 1.5) })],
    operations: { hours: 12 },
  })),
  sampled('an outage, chosen by the end', tail, (draws) => ({
    causes: [outage({ start: between(draws, 0.2, 0.7), minutes: 60, perMinute: between(draws, 0.3, 1.5) })],
    operations: { hours: 12 },
  })),
  sampled('connections that break, chosen by the end', tail, (draws) => ({
    causes: [hazard({ hypothesis: 'connection', perHour: between(draws, 4, 10) })],
  })),
  sampled('faults of the service, sampled', head, (draws) => ({
    causes: [hazard({ hypothesis: 'internal_error', perHour: between(draws, 3, 10) })],
  })),
];
