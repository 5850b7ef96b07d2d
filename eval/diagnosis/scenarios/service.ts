import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { Scenario, SessionPlan } from '../scenario.ts';
import {
  caller,
  calling,
  endingAt,
  ends,
  irregular,
  models,
  neighbours,
  refusing,
  scenario,
  script,
  talker,
  talking,
  turns,
  wait,
} from './words.ts';

const f = closeFrames;
const vertex = { api: 'vertex', model: models.vertex } as const;
const generic = 'internal-generic-1011';

/** So many connections one after another that end the same way. */
const storm = (count: number, plan: SessionPlan): readonly SessionPlan[] =>
  Array.from({ length: count }, () => ({ ...plan, pauseMs: 1_500 }));

/** Quota, and faults of the service. */
export const serviceScenarios: readonly Scenario[] = [
  scenario('quota/exceeded-at-setup', 'quota-exceeded-1011', {}, refusing(f.quotaExceeded)),
  scenario('quota/exceeded-mid-session', 'quota-exceeded-1011', talker(), endingAt(21_000, f.quotaExceeded)),
  scenario('quota/exceeded-concurrent', 'quota-exceeded-1011', {}, refusing(f.quotaExceeded), {
    before: neighbours(5),
    atMs: 2_000,
  }),
  scenario('quota/exceeded-storm', 'quota-exceeded-1011', {}, refusing(f.quotaExceeded), {
    before: storm(6, { agent: {}, service: refusing(f.quotaExceeded) }),
  }),
  scenario(
    'quota/exceeded-metric',
    'quota-exceeded-1011',
    talker(),
    endingAt(9_000, {
      code: 1011,
      reason: 'Quota exceeded for metric: generativelanguage.googleapis.com/bidi_generate_content_requests',
    }),
  ),
  scenario(
    'quota/exceeded-while-tool-pending',
    'quota-exceeded-1011',
    caller({ afterMs: 6_000 }, { microphone: { fromMs: 50 } }),
    calling(ends({ event: 'call_unanswered', ms: 1_000 }, 0, f.quotaExceeded)),
  ),
  scenario('quota/exhausted', 'resource-exhausted-1011', talker(), endingAt(31_000, f.resourceExhausted)),
  scenario('quota/exhausted-retry', 'resource-exhausted-1011', {}, refusing(f.resourceExhausted), {
    before: storm(4, { agent: {}, service: refusing(f.resourceExhausted) }),
  }),
  scenario(
    'quota/exhausted-after-response',
    'resource-exhausted-1011',
    caller(),
    calling(ends({ event: 'tool_response' }, 100, f.resourceExhausted)),
  ),
  scenario('quota/vertex', 'resource-exhausted-vertex-1011', vertex, refusing(f.resourceExhaustedVertex)),
  scenario(
    'quota/vertex-mid-session',
    'resource-exhausted-vertex-1011',
    talker(vertex),
    irregular(endingAt(18_000, f.resourceExhaustedVertex)),
    { before: neighbours(4), atMs: 2_500 },
  ),
  scenario('quota/credits', 'credits-depleted-1011', {}, refusing(f.creditsDepleted)),
  scenario(
    'quota/credits-mid-session',
    'credits-depleted-1011',
    talker(),
    endingAt(33_000, f.creditsDepleted),
  ),
  scenario('quota/spending-cap', 'spending-cap-1011', {}, refusing(f.spendingCapExceeded)),
  scenario(
    'quota/search',
    'google-search-quota-1011',
    talker({ config: { tools: [{ googleSearch: {} }] }, steps: turns(6) }),
    endingAt(47_000, f.searchQuota),
  ),
  scenario(
    'quota/overloaded',
    'overloaded-1011-legacy',
    talker({ model: models.flash20 }),
    refusing(f.overloaded),
    { before: storm(8, { agent: { model: models.flash20 }, service: refusing(f.overloaded) }) },
  ),

  scenario('service/unavailable', 'service-unavailable-1011', talker(), endingAt(44_000, f.unavailable)),
  scenario('service/unavailable-at-setup', 'service-unavailable-1011', {}, refusing(f.unavailable)),
  scenario(
    'service/unavailable-on-response',
    'service-unavailable-1011',
    caller(),
    calling(ends({ event: 'tool_response' }, 90, f.unavailable)),
  ),
  scenario(
    'service/unavailable-many',
    'service-unavailable-1011',
    talker(),
    endingAt(20_000, f.unavailable),
    { before: neighbours(4), atMs: 3_000 },
  ),
  scenario('service/internal', generic, talker(), endingAt(13_000, f.internalError)),
  scenario(
    'service/internal-encountered',
    generic,
    talker(),
    irregular(endingAt(23_000, f.internalErrorEncountered)),
  ),
  scenario('service/internal-vertex', generic, talker(vertex), endingAt(52_000, f.internalError)),
  scenario(
    'service/internal-3.1',
    generic,
    talker({ model: models.live31, steps: turns(6) }),
    endingAt(41_000, f.internalErrorEncountered),
  ),
  scenario(
    'service/internal-mid-speech',
    generic,
    talker({ steps: [wait(500), { do: 'speak', ms: 1_500 }] }),
    talking(ends({ event: 'user_turn' }, 400, f.internalErrorEncountered)),
  ),
  scenario('service/internal-neighbours', generic, talker(), endingAt(13_000, f.internalError), {
    before: neighbours(6),
    atMs: 2_000,
  }),
  scenario(
    'service/internal-affective',
    generic,
    talker({
      config: {
        enableAffectiveDialog: true,
        systemInstruction: { parts: [{ text: 'You are kind. '.repeat(1_500) }] },
      },
    }),
    endingAt(16_000, f.internalErrorEncountered),
  ),
  scenario(
    'service/internal-old-tool',
    generic,
    caller(),
    calling(ends({ event: 'elapsed', ms: 48_000 }, 0, f.internalError)),
  ),
  scenario(
    'service/empty-1000',
    'server-close-1000-empty',
    talker({ ...vertex, steps: turns(3) }),
    endingAt(28_000, { code: 1000, reason: '' }),
  ),
  scenario(
    'service/empty-1000-gemini',
    'server-close-1000-empty',
    { microphone: { everyMs: 500 }, steps: turns(4) },
    script([
      ends({ event: 'elapsed', ms: 41_000 }, 0, { code: 1000, reason: '' }),
      { on: { event: 'user_turn' }, do: [{ do: 'turn_complete' }] },
    ]),
  ),

  // Nothing that is known: to say so is right.
  scenario(
    'unknown/text',
    'unknown',
    talker(),
    endingAt(9_000, { code: 1011, reason: 'The flux regulator lost its phase.' }),
  ),
  scenario(
    'unknown/text-at-setup',
    'unknown',
    {},
    refusing({ code: 1008, reason: 'Attestation of the enclave is missing.' }),
  ),
  scenario(
    'unknown/text-1007',
    'unknown',
    talker({ steps: turns(4) }),
    endingAt(27_000, { code: 1007, reason: 'Codec negotiation was not concluded.' }),
  ),
  scenario('unknown/code-1003', 'unknown', talker(), endingAt(9_000, { code: 1003, reason: '' })),
  scenario(
    'unknown/code-1002',
    'unknown',
    talker(),
    endingAt(9_000, { code: 1002, reason: 'Frame out of sequence' }),
  ),
  scenario(
    'unknown/code-1009',
    'message-too-big-1009',
    caller({ bytes: 400_000 }),
    calling(ends({ event: 'tool_response' }, 60, { code: 1009, reason: 'message too big' })),
  ),
  scenario('unknown/code-3000', 'unknown', talker(), endingAt(9_000, { code: 3000, reason: 'quiesced' })),
  scenario(
    'unknown/text-after-response',
    'unknown',
    caller(),
    calling(ends({ event: 'tool_response' }, 150, { code: 1011, reason: 'Shard 7 was evicted.' })),
  ),
  scenario(
    'unknown/text-while-pending',
    'unknown',
    caller({ afterMs: 5_000 }, { microphone: { fromMs: 50 } }),
    calling(
      ends({ event: 'input_while_call_pending' }, 100, {
        code: 1008,
        reason: 'Policy bundle 12 was withdrawn.',
      }),
    ),
  ),
  scenario(
    'unknown/no-text-1008',
    'unknown',
    talker({ steps: turns(3) }),
    endingAt(25_000, { code: 1008, reason: '' }),
  ),
  scenario(
    'unknown/no-text-1011',
    'unknown',
    talker({ steps: turns(3) }),
    endingAt(25_000, { code: 1011, reason: '' }),
    { hypotheses: ['not_established', 'internal_error'] },
  ),
  scenario('unknown/code-1010', 'unknown', {}, refusing({ code: 1010, reason: 'extension' })),
];
