import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { Agent, Scenario, SessionPlan } from '../scenario.ts';
import {
  caller,
  calling,
  content,
  endingAt,
  ends,
  irregular,
  models,
  neighbours,
  refusing,
  say,
  scenario,
  script,
  talker,
  talking,
  turns,
  wait,
} from './words.ts';

const {
  entityNotFound,
  handleExpired,
  handleOfOtherProject,
  handleInvalid,
  internalError,
  internalErrorEncountered,
  invalidArgument,
  aborted,
  callerUnregistered,
  credentialsInvalid,
} = closeFrames;
const stored = { handle: { text: 'handle-of-an-earlier-run' } } as const;
const resuming: Agent = { handle: 'last', microphone: { fromMs: 50 }, steps: turns(2) };

/** A session that asks for handles, talks and ends. */
const earlier = (
  more: Partial<Agent> = {},
  service = talking(ends({ event: 'elapsed', ms: 12_000 }, 0, aborted)),
): SessionPlan => ({
  agent: talker({
    ...more,
    config: { sessionResumption: {}, ...more.config },
    steps: more.steps ?? [wait(500), say],
  }),
  service,
});
const poison = ends({ event: 'audio', nth: 1 }, 500, internalErrorEncountered, { resumed: true });
const seeding: Agent = {
  ...resuming,
  microphone: { fromMs: 3_000 },
  steps: [wait(80), content('We spoke of a table for two.', { turnComplete: false })],
};
const seed = ends({ event: 'client_content' }, [20, 150], invalidArgument);

/** Sessions that resume another, or try to. */
export const resumptionScenarios: readonly Scenario[] = [
  scenario('resume/entity-not-found', 'resume-handle-unknown-1008', stored, refusing(entityNotFound)),
  scenario(
    'resume/entity-not-found-3.8',
    'resume-handle-unknown-1008',
    { ...stored, model: models.live38 },
    refusing(entityNotFound),
    { before: neighbours(3), atMs: 900 },
  ),
  scenario(
    'resume/entity-not-found-of-this-process',
    'resume-handle-unknown-1008',
    resuming,
    refusing(entityNotFound),
    { before: [earlier()], pauseMs: 300_000 },
  ),
  // The same text in a session that resumed well and answers a tool.
  scenario(
    'resume/entity-not-found-after-response',
    'tool-response-1008-not-found',
    caller({}, { handle: 'last' }),
    calling(ends({ event: 'tool_response' }, 200, entityNotFound)),
    { before: [earlier()] },
  ),
  // Before setupComplete, and no handle was sent.
  scenario('resume/entity-not-found-no-handle', 'unknown', {}, refusing(entityNotFound)),

  scenario('resume/not-found', 'resume-handle-not-found-1008', stored, talking()),
  scenario('resume/not-found-again', 'resume-handle-not-found-1008', stored, talking(), {
    before: [{ agent: stored, service: talking() }],
    pauseMs: 2_000,
  }),
  scenario(
    'resume/not-found-neighbours',
    'resume-handle-not-found-1008',
    { ...stored, config: { tools: [{ googleSearch: {} }] } },
    irregular(talking()),
    { before: neighbours(4), atMs: 900 },
  ),
  scenario('resume/expired', 'resume-handle-expired-1008', resuming, talking(), {
    before: [earlier()],
    pauseMs: 2.2 * 3_600_000,
  }),
  scenario('resume/expired-stored', 'resume-handle-expired-1008', stored, refusing(handleExpired)),
  scenario(
    'resume/expired-vertex',
    'resume-handle-expired-1008',
    { ...resuming, api: 'vertex', model: models.vertex },
    talking(),
    { before: [earlier({ api: 'vertex', model: models.vertex })], pauseMs: 25 * 3_600_000 },
  ),
  scenario(
    'resume/other-project',
    'resume-handle-wrong-project-1008',
    resuming,
    refusing(handleOfOtherProject),
    { before: [earlier()], pauseMs: 4_000 },
  ),
  scenario(
    'resume/other-project-stored',
    'resume-handle-wrong-project-1008',
    stored,
    refusing(handleOfOtherProject),
  ),
  scenario(
    'resume/invalid',
    'resume-handle-invalid-1007',
    { handle: { text: '7f6b0a52-31a1-4e0b-8f0f-c2d7d1a5f0aa' } },
    refusing(handleInvalid),
  ),
  scenario(
    'resume/invalid-resumption-handle',
    'resume-handle-invalid-1007',
    stored,
    refusing({ code: 1007, reason: 'Invalid session resumption handle' }),
  ),

  // The earlier connection is still open.
  scenario('resume/old-socket-open', 'resume-while-old-socket-open-1011', resuming, refusing(internalError), {
    before: [earlier({}, talking())],
    atMs: 20_000,
  }),
  scenario(
    'resume/old-socket-open-no-text',
    'resume-while-old-socket-open-1011',
    resuming,
    refusing({ code: 1011, reason: '' }),
    { before: [earlier({}, talking())], atMs: 30_000 },
  ),
  // It was closed before: a fault of the service.
  scenario(
    'resume/old-socket-closed',
    ['internal-generic-1011', 'resume-poisoned-context-1011', 'unknown'],
    resuming,
    refusing(internalError),
    { before: [earlier()], pauseMs: 800, hypotheses: ['internal_error', 'context', 'not_established'] },
  ),

  // The restored context kills the session.
  scenario('resume/poisoned-second-time', 'resume-poisoned-context-1011', resuming, talking(poison), {
    before: [earlier(), { agent: resuming, service: talking(poison) }],
    pauseMs: 900,
  }),
  scenario(
    'resume/poisoned-third-time',
    'resume-poisoned-context-1011',
    resuming,
    irregular(talking(poison)),
    {
      before: [
        earlier(),
        { agent: resuming, service: talking(poison) },
        { agent: resuming, service: talking(poison), pauseMs: 900 },
      ],
      pauseMs: 900,
    },
  ),
  scenario(
    'resume/poisoned-after-video',
    'resume-poisoned-context-1011',
    { ...resuming, model: models.live31 },
    talking(poison),
    {
      before: [
        earlier(
          { model: models.live31, camera: {}, steps: turns(8, 12_000) },
          talking(ends({ event: 'elapsed', ms: 100_000 }, 0, internalErrorEncountered)),
        ),
        { agent: { ...resuming, model: models.live31 }, service: talking(poison) },
      ],
      pauseMs: 900,
    },
  ),
  // Resumed, and well for a minute.
  scenario(
    'resume/poisoned-refused-late',
    'internal-generic-1011',
    { ...resuming, steps: turns(7) },
    endingAt(62_000, internalErrorEncountered),
    { before: [earlier()], pauseMs: 900 },
  ),

  // The history is sent once more.
  scenario('resume/reseed', 'resume-reseed-storm-1007', { ...seeding, model: models.live31 }, talking(seed), {
    before: [earlier({ model: models.live31 })],
    pauseMs: 600,
  }),
  scenario(
    'resume/reseed-storm',
    'resume-reseed-storm-1007',
    { ...seeding, model: models.live31 },
    talking(seed),
    {
      before: [
        earlier({ model: models.live31 }),
        { agent: { ...seeding, model: models.live31 }, service: talking(seed) },
        { agent: { ...seeding, model: models.live31 }, service: talking(seed), pauseMs: 700 },
      ],
      pauseMs: 600,
    },
  ),
  scenario(
    'resume/reseed-after-ten-minutes',
    'resume-reseed-storm-1007',
    { ...seeding, model: models.live31 },
    irregular(talking(seed)),
    {
      before: [
        earlier(
          { model: models.live31, microphone: { everyMs: 2_000 } },
          talking(ends({ event: 'elapsed', ms: 580_000 }, 0, aborted)),
        ),
      ],
      pauseMs: 600,
    },
  ),
  // Queued audio in one burst, after a 1007.
  scenario(
    'resume/replayed-audio',
    'resume-replay-queue-1007',
    { handle: 'last', steps: [wait(30), { do: 'audio', frames: 60 }] },
    talking(ends({ event: 'audio', nth: 60 }, 80, invalidArgument)),
    {
      before: [earlier({}, talking(ends({ event: 'elapsed', ms: 12_000 }, 0, invalidArgument)))],
      pauseMs: 500,
    },
  ),
  scenario(
    'resume/replayed-video',
    'resume-replay-queue-1007',
    { handle: 'last', steps: [wait(30), { do: 'video', frames: 40 }] },
    irregular(talking(ends({ event: 'video', nth: 40 }, 120, invalidArgument))),
    {
      before: [earlier({ camera: {} }, talking(ends({ event: 'elapsed', ms: 12_000 }, 0, invalidArgument)))],
      pauseMs: 500,
    },
  ),

  // A token that is used up says what any missing credential says: only the kind of credential and the resumption tell.
  scenario(
    'resume/token-spent',
    'ephemeral-token-spent-on-resume',
    { ...resuming, credential: 'ephemeral_token' },
    refusing(callerUnregistered),
    { before: [earlier({ credential: 'ephemeral_token' })], pauseMs: 90_000 },
  ),
  scenario(
    'resume/token-spent-invalid',
    'ephemeral-token-spent-on-resume',
    { ...resuming, credential: 'ephemeral_token' },
    refusing(credentialsInvalid),
    { before: [earlier({ credential: 'ephemeral_token' })], pauseMs: 2_000_000 },
  ),
  scenario(
    'resume/token-refused-key',
    'unregistered-caller-1008',
    { ...resuming, credential: 'none' },
    refusing(callerUnregistered),
    { before: [earlier()], pauseMs: 90_000 },
  ),
  scenario(
    'resume/healthy-then-goaway',
    'goaway-not-honoured-1008',
    { ...resuming, microphone: { everyMs: 1_000 } },
    script([
      ...talking(ends({ event: 'elapsed', ms: 590_000 }, 0, closeFrames.goAwayNotHonoured), {
        on: { event: 'elapsed', ms: 540_000 },
        do: [{ do: 'go_away', timeLeftMs: 50_000 }],
      }).reactions,
    ]),
    { before: [earlier()], pauseMs: 500 },
  ),
];
