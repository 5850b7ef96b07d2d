import type { CloseFrame } from '../../../src/testing/close-frames.ts';
import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { JsonObject } from '../../../src/testing/json.ts';
import type { Agent, Scenario, SessionPlan, Step } from '../scenario.ts';
import {
  caller,
  calling,
  content,
  does,
  endingAt,
  ends,
  irregular,
  models,
  neighbours,
  patient,
  refusing,
  say,
  scenario,
  script,
  talker,
  talking,
  tools,
  turns,
  wait,
} from './words.ts';

const f = closeFrames;
const { invalidArgument, notImplemented, internalError, internalErrorEncountered, entityNotFound, aborted } =
  f;
const manual: JsonObject = { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } };
const start: Step = { do: 'activity', mark: 'start' };
const end: Step = { do: 'activity', mark: 'end' };
const noRole: Step = {
  do: 'content',
  content: { turns: [{ parts: [{ text: 'Hello' }] }], turnComplete: true },
};
const file: Step = {
  do: 'content',
  content: {
    turns: [
      { role: 'user', parts: [{ fileData: { fileUri: 'https://x/files/1', mimeType: 'application/pdf' } }] },
    ],
    turnComplete: true,
  },
};
const onContent = (close: CloseFrame, ms = 100) => ends({ event: 'client_content' }, ms, close);
const generic = 'internal-generic-1011';
const fault = 'tool-response-1011-internal';
const race = 'tool-pending-realtime-input-1008';
const handles = { sessionResumption: {} };
const earlier: SessionPlan = {
  agent: talker({ config: handles, steps: [wait(500), say, wait(6_000), { do: 'close' }] }),
  service: talking(),
};
/** Sessions of others that all end in the same moment. */
const outage = (count: number, close: CloseFrame): readonly SessionPlan[] =>
  Array.from({ length: count }, (_, index) => ({
    atMs: index * 50,
    agent: talker(),
    service: endingAt(14_000 + index * 300, close),
  }));

/** Sessions that show something of another cause as well, and which is refused by what is known of it. */
export const rivalScenarios: readonly Scenario[] = [
  // "Request contains an invalid argument": the last message of the client says why.
  scenario(
    'rival/affective-long-fine-then-no-role',
    'client-content-missing-role-1007',
    { model: models.live38, config: { enableAffectiveDialog: true }, steps: [...turns(3, 20_000), noRole] },
    talking(),
  ),
  scenario(
    'rival/search-and-functions-fine-then-control-characters',
    'text-control-chars-1007',
    {
      model: models.flash20,
      config: { tools: [{ googleSearch: {} }, tools] },
      steps: [wait(500), { do: 'say', text: 'Hi' }, wait(9_000), { do: 'say', text: 'A\u0000B' }],
    },
    talking(ends({ event: 'user_turn', nth: 2 }, 60, invalidArgument)),
  ),
  scenario(
    'rival/empty-fields-fine-then-content',
    'client-content-3x-1007',
    {
      model: models.live31,
      setup: {
        model: `models/${models.live31}`,
        generationConfig: { responseModalities: ['AUDIO'] },
        tools: [],
      },
      steps: [...turns(2, 20_000), content('Now?')],
    },
    talking(),
  ),
  scenario(
    'rival/first-chunk-outside-activity',
    'audio-before-activity-start-1007',
    { model: models.native12, config: manual, microphone: { fromMs: 300 } },
    talking(),
  ),
  scenario(
    'rival/first-chunk-other-model',
    ['first-mic-chunk-1007', 'unknown'],
    { model: models.live38, microphone: { fromMs: 300 } },
    talking(ends({ event: 'audio', nth: 1 }, 90, invalidArgument)),
  ),
  scenario(
    'rival/affective-and-no-role',
    ['client-content-missing-role-1007', 'affective-dialog-deferred-1007'],
    { model: models.live38, config: { enableAffectiveDialog: true }, steps: [wait(500), noRole] },
    talking(),
  ),
  scenario(
    'rival/compression-empty-fine-then-content',
    'client-content-interleaved-1007',
    {
      config: { contextWindowCompression: {} },
      microphone: { fromMs: 50 },
      steps: [...turns(2, 9_000), content('Stop.')],
    },
    talking(ends({ event: 'client_content', afterAudio: true }, 180, invalidArgument)),
  ),
  scenario(
    'rival/resumed-long-ago-then-content',
    'client-content-interleaved-1007',
    {
      handle: 'last',
      microphone: { fromMs: 50, everyMs: 400 },
      steps: [...turns(3, 20_000), content('Stop.')],
    },
    talking(ends({ event: 'client_content', afterAudio: true }, 180, invalidArgument)),
    { before: [earlier] },
  ),
  scenario(
    'rival/tool-response-then-content',
    'client-content-interleaved-1007',
    caller({}, { steps: [wait(1_000), say, wait(7_000), content('Stop.')] }),
    calling(ends({ event: 'client_content', afterAudio: true }, 180, invalidArgument)),
  ),
  scenario(
    'rival/second-setup-after-content',
    'setup-twice-1007',
    {
      microphone: { fromMs: 9_000 },
      steps: [
        wait(300),
        content('You are a waiter.', { turnComplete: false }),
        wait(4_000),
        { do: 'send', message: { setup: { model: 'models/x' } } },
      ],
    },
    { ...talking(), behaviour: { secondSetup: invalidArgument } },
  ),
  scenario(
    'rival/history-in-resumed-session',
    ['tool-history-in-client-content-1007', 'resume-reseed-storm-1007'],
    {
      handle: 'last',
      steps: [
        wait(100),
        {
          do: 'content',
          content: {
            turns: [{ role: 'model', parts: [{ functionCall: { name: 'find_table', args: {} } }] }],
            turnComplete: false,
          },
        },
      ],
    },
    talking(),
    { before: [earlier] },
  ),
  scenario(
    'rival/full-window-then-no-role',
    ['client-content-missing-role-1007', 'context-exhausted-1007'],
    { model: models.live38, steps: [wait(500), say, wait(9_000), noRole] },
    talking(
      does(
        { event: 'user_turn' },
        { do: 'speak', ms: 500 },
        {
          do: 'message',
          message: {
            usageMetadata: { promptTokenCount: 120_000, responseTokenCount: 100, totalTokenCount: 120_100 },
          },
        },
        { do: 'turn_complete', usage: 'none' },
      ),
    ),
  ),
  scenario(
    'rival/manual-and-proper-then-nothing',
    ['alpha-instability-1007-legacy', 'unknown'],
    {
      config: manual,
      steps: [wait(300), start, { do: 'audio', frames: 12, everyMs: 100 }, end, wait(60_000)],
    },
    endingAt(31_000, invalidArgument),
    { hypotheses: ['not_established', 'internal_error'] },
  ),

  // "Operation is not implemented".
  scenario(
    'rival/race-long-ago-then-file',
    'client-content-file-data-1008',
    caller({ afterMs: 1_500 }, { microphone: { fromMs: 50 }, steps: [wait(1_000), say, wait(30_000), file] }),
    calling(onContent(notImplemented)),
  ),
  scenario(
    'rival/empty-input-while-pending',
    ['empty-realtime-input-1008', race],
    caller(
      { afterMs: 9_000 },
      {
        steps: [
          wait(1_000),
          say,
          { do: 'await_call' },
          wait(500),
          { do: 'send', message: { realtimeInput: {} } },
        ],
      },
    ),
    calling(),
  ),
  scenario(
    'rival/race-with-video-all-along',
    race,
    caller({ afterMs: 2_000 }, { camera: {}, microphone: { fromMs: 50 }, steps: [wait(21_000), say] }),
    calling(ends({ event: 'input_while_call_pending' }, 200, notImplemented, { times: 1 })),
  ),
  scenario(
    'rival/race-in-an-idle-hour',
    race,
    caller({ afterMs: 2_000 }, { microphone: { everyMs: 1_000 }, steps: [wait(152_000), say] }),
    calling(ends({ event: 'input_while_call_pending' }, 200, notImplemented, { times: 1 })),
  ),
  scenario(
    'rival/race-many-sessions',
    race,
    caller({ afterMs: 2_000 }, { microphone: { fromMs: 50 } }),
    calling(ends({ event: 'input_while_call_pending' }, 200, notImplemented, { times: 1 })),
    { before: neighbours(25), atMs: 3_000 },
  ),
  scenario(
    'rival/race-after-go-away',
    race,
    caller({ afterMs: 2_000 }, { microphone: { everyMs: 500 }, steps: [wait(545_000), say] }),
    calling(
      ends({ event: 'input_while_call_pending' }, 200, notImplemented, { times: 1 }),
      does({ event: 'elapsed', ms: 540_000 }, { do: 'go_away', timeLeftMs: 50_000 }),
    ),
  ),
  scenario(
    'rival/generic-with-old-large-response',
    'unimplemented-generic-1008',
    caller({ bytes: 90_000, depth: 5 }, { model: models.nativeLatest }),
    calling(ends({ event: 'tool_response' }, 25_000, notImplemented)),
  ),
  scenario(
    'rival/generic-many-connects',
    'unimplemented-generic-1008',
    talker({ model: models.native12 }),
    endingAt(9_000, notImplemented),
    { before: [...neighbours(14)], atMs: 2_000 },
  ),
  scenario(
    'rival/generic-cancelled-call',
    'unimplemented-generic-1008',
    caller({ afterMs: 4_000 }, { microphone: { gated: true }, model: models.nativeLatest }),
    talking(
      ends({ event: 'elapsed', ms: 30_000 }, 0, notImplemented),
      does(
        { event: 'user_turn' },
        { do: 'tool_call', calls: [{}], wait: false },
        { do: 'wait', ms: 900 },
        { do: 'cancel_calls' },
        { do: 'speak', ms: 500 },
        { do: 'turn_complete' },
      ),
    ),
  ),

  // "Internal error".
  scenario(
    'rival/response-and-video',
    [fault, 'audio-video-1011-2min'],
    caller(
      {},
      { model: models.live31, camera: {}, microphone: { everyMs: 250 }, steps: [wait(100_000), say] },
    ),
    calling(ends({ event: 'tool_response' }, 250, internalErrorEncountered)),
  ),
  scenario(
    'rival/response-unknown-id',
    'tool-response-id-mismatch',
    caller({ id: 'unknown' }, { microphone: { untilMs: 900 } }),
    calling(ends({ event: 'tool_response' }, 250, internalError)),
  ),
  scenario(
    'rival/response-blocked-loop',
    fault,
    caller({ afterMs: 900 }, { eventLoopDelayMs: 2_400 }),
    calling(ends({ event: 'tool_response' }, 220, internalError)),
  ),
  scenario(
    'rival/response-many-sessions',
    fault,
    caller(),
    calling(ends({ event: 'tool_response' }, 220, internalError)),
    { before: neighbours(25), atMs: 3_000 },
  ),
  scenario(
    'rival/response-in-outage',
    [fault, generic],
    caller({}, { steps: [wait(12_000), say] }),
    calling(ends({ event: 'tool_response' }, 220, internalError)),
    { before: outage(5, internalError), atMs: 400 },
  ),
  scenario('rival/outage', generic, talker(), endingAt(14_500, internalError), {
    before: outage(6, internalError),
    atMs: 400,
  }),
  scenario('rival/many-sessions', generic, talker(), endingAt(11_000, internalErrorEncountered), {
    before: neighbours(30),
    atMs: 3_000,
  }),
  scenario(
    'rival/ten-minutes-on-vertex',
    ['lifetime-1011-internal-10min', generic],
    patient(10, { api: 'vertex', model: models.vertex }),
    endingAt(600_000, internalErrorEncountered),
    { hypotheses: ['lifetime', 'internal_error'] },
  ),
  scenario(
    'rival/resumed-first-time',
    ['resume-poisoned-context-1011', generic],
    { handle: 'last', microphone: { fromMs: 50 }, steps: turns(2) },
    talking(ends({ event: 'audio', nth: 1 }, 500, internalErrorEncountered, { resumed: true })),
    { before: [earlier], hypotheses: ['context', 'internal_error'] },
  ),
  scenario(
    'rival/resumed-large-response-long-ago',
    generic,
    caller({ bytes: 70_000 }, { handle: 'last' }),
    calling(ends({ event: 'tool_response' }, 20_000, internalError)),
    { before: [earlier] },
  ),
  scenario(
    'rival/video-on-2.5',
    ['audio-video-1011-2min', generic],
    { microphone: { everyMs: 250 }, camera: {}, steps: turns(8, 12_000) },
    endingAt(101_000, internalErrorEncountered),
    { hypotheses: ['context', 'internal_error'] },
  ),
  scenario('rival/idle-150-s', generic, { microphone: { everyMs: 1_000 } }, endingAt(150_000, internalError)),
  scenario(
    'rival/pending-non-blocking',
    [generic, 'tool-pending-realtime-input-1011'],
    caller(
      { afterMs: 20_000 },
      {
        microphone: { fromMs: 50 },
        model: models.live38,
        config: {
          tools: [
            {
              functionDeclarations: [
                {
                  name: 'find_table',
                  behavior: 'NON_BLOCKING',
                  parameters: { type: 'OBJECT', properties: {} },
                },
              ],
            },
          ],
        },
      },
    ),
    calling(ends({ event: 'call_unanswered', ms: 9_000 }, 0, internalError)),
    { hypotheses: ['internal_error', 'concurrency'] },
  ),

  // NOT_FOUND and ids.
  scenario(
    'rival/not-found-twice-answered',
    'tool-response-id-mismatch',
    caller({ twice: true }),
    calling(ends({ event: 'tool_response' }, 200, entityNotFound)),
  ),
  scenario(
    'rival/not-found-cancelled',
    'tool-response-id-mismatch',
    caller({ afterMs: 3_000, evenCancelled: true }),
    talking(
      ends({ event: 'tool_response' }, 200, entityNotFound),
      does(
        { event: 'user_turn' },
        { do: 'tool_call', calls: [{}], wait: false },
        { do: 'wait', ms: 900 },
        { do: 'cancel_calls' },
      ),
    ),
  ),
  scenario(
    'rival/not-found-resumed-no-tool',
    'unknown',
    { handle: 'last', microphone: { fromMs: 50 }, steps: turns(2) },
    endingAt(13_000, entityNotFound),
    { before: [earlier] },
  ),

  // "The operation was aborted".
  scenario(
    'rival/aborted-pending-tool-young',
    'unknown',
    caller({ afterMs: 'never' }, { microphone: { fromMs: 50 } }),
    calling(ends({ event: 'call_unanswered', ms: 5_000 }, 0, aborted)),
  ),
  scenario(
    'rival/aborted-after-response',
    'unknown',
    caller({ bytes: 40_000 }),
    calling(ends({ event: 'tool_response' }, 200, aborted)),
  ),
  scenario(
    'rival/aborted-ten-minutes-silent',
    ['lifetime-aborted-1008', 'idle-aborted-1008'],
    { microphone: { everyMs: 1_000 }, steps: turns(22, 20_000) },
    endingAt(595_000, aborted),
  ),
  scenario('rival/aborted-outage', 'unknown', talker(), endingAt(14_500, aborted), {
    before: outage(5, aborted),
    atMs: 400,
  }),

  // Texts that say it, whatever else there is to see.
  scenario(
    'rival/quota-after-go-away',
    'quota-exceeded-1011',
    patient(10),
    talking(
      ends({ event: 'elapsed', ms: 590_000 }, 0, f.quotaExceeded),
      does({ event: 'elapsed', ms: 540_000 }, { do: 'go_away', timeLeftMs: 50_000 }),
    ),
  ),
  scenario(
    'rival/unavailable-at-ten-minutes',
    'service-unavailable-1011',
    patient(10),
    endingAt(590_000, f.unavailable),
  ),
  scenario(
    'rival/unavailable-while-racing',
    'service-unavailable-1011',
    caller({ afterMs: 5_000 }, { microphone: { fromMs: 50 } }),
    calling(ends({ event: 'input_while_call_pending' }, 100, f.unavailable, { times: 1 })),
  ),
  scenario(
    'rival/overflow-after-content',
    'tool-response-context-overflow-1007',
    caller(
      {},
      { microphone: { untilMs: 900 }, steps: [wait(1_000), say, wait(9_000), content('x'.repeat(400_000))] },
    ),
    calling(onContent(f.contextOverflow, 300)),
    { hypotheses: ['payload_size', 'context'] },
  ),
  scenario(
    'rival/go-away-at-one-minute',
    'goaway-not-honoured-1008',
    talker({ steps: turns(9) }),
    talking(
      ends({ event: 'elapsed', ms: 70_000 }, 0, f.goAwayNotHonoured),
      does({ event: 'elapsed', ms: 60_000 }, { do: 'go_away', timeLeftMs: 10_000 }),
    ),
  ),
  scenario(
    'rival/quota-in-a-race',
    'resource-exhausted-1011',
    caller({ afterMs: 5_000 }, { microphone: { fromMs: 50 } }),
    calling(ends({ event: 'input_while_call_pending' }, 100, f.resourceExhausted, { times: 1 })),
  ),
  scenario(
    'rival/model-not-found-with-handle',
    'model-not-found-1008',
    { handle: { text: 'stored' }, model: models.halfCascade },
    refusing(f.modelNotFound),
  ),
  scenario(
    'rival/key-invalid-with-handle',
    'api-key-invalid-1007',
    { handle: { text: 'stored' } },
    refusing(f.keyInvalid),
  ),
  scenario(
    'rival/small-letters',
    fault,
    caller(),
    calling(ends({ event: 'tool_response' }, 220, { code: 1011, reason: 'internal error occurred' })),
  ),
  scenario(
    'rival/small-letters-race',
    race,
    caller({ afterMs: 2_000 }, { microphone: { fromMs: 50 } }),
    calling(
      ends(
        { event: 'input_while_call_pending' },
        200,
        { code: 1008, reason: 'Operation is not implemented, or supported, or enabled' },
        { times: 1 },
      ),
    ),
  ),

  // The wire.
  scenario(
    'rival/drop-after-go-away',
    'abnormal-1006',
    patient(10),
    talking(
      does({ event: 'elapsed', ms: 589_000 }, { do: 'drop' }),
      does({ event: 'elapsed', ms: 540_000 }, { do: 'go_away', timeLeftMs: 50_000 }),
    ),
    { hypotheses: ['connection', 'lifetime'] },
  ),
  scenario(
    'rival/drop-in-a-race',
    'abnormal-1006',
    caller({ afterMs: 9_000 }, { microphone: { fromMs: 50 } }),
    calling(does({ event: 'input_while_call_pending' }, { do: 'wait', ms: 90 }, { do: 'drop' })),
  ),
  scenario(
    'rival/drop-same-age-but-busy',
    ['abnormal-1006', 'proxy-idle-reap-1006'],
    talker({ steps: turns(9) }),
    talking(does({ event: 'elapsed', ms: 33_000 }, { do: 'drop' })),
    {
      before: [
        {
          agent: talker({ steps: turns(9) }),
          service: talking(does({ event: 'elapsed', ms: 33_000 }, { do: 'drop' })),
        },
      ],
      pauseMs: 4_000,
    },
  ),
  scenario(
    'rival/keepalive-while-pending',
    'keepalive-ping-timeout-1011',
    caller({ afterMs: 40_000 }, { microphone: { fromMs: 50 } }),
    calling(ends({ event: 'call_unanswered', ms: 22_000 }, 0, f.keepaliveTimeout)),
  ),
  scenario(
    'rival/closed-in-a-stall',
    'client-closed-normal',
    caller({ afterMs: 'never' }, { steps: [wait(1_000), say, wait(70_000), { do: 'close' }] }),
    irregular(calling()),
  ),
  scenario(
    'rival/exit-in-a-race',
    'process-exited',
    caller(
      { afterMs: 9_000 },
      {
        microphone: { fromMs: 50 },
        steps: [wait(1_000), say, { do: 'await_call' }, wait(800), { do: 'process_ends', ending: 'signal' }],
      },
    ),
    calling(),
  ),
  scenario(
    'rival/empty-1000-after-response',
    'server-close-1000-empty',
    caller({}, { api: 'vertex', model: models.vertex } as Partial<Agent>),
    calling(ends({ event: 'tool_response' }, 300, { code: 1000, reason: '' })),
  ),
  scenario(
    'rival/mute-then-drop',
    'abnormal-1006',
    talker({ steps: turns(3) }),
    script([
      does({ event: 'elapsed', ms: 21_000 }, { do: 'mute' }, { do: 'wait', ms: 18_000 }, { do: 'drop' }),
    ]),
  ),
];
