import type { CloseFrame } from '../../../src/testing/close-frames.ts';
import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { Duration } from '../../../src/testing/script.ts';
import { answer, callTools } from '../../../src/testing/scripts/phrases.ts';
import type { Agent, Scenario } from '../scenario.ts';
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
  say,
  scenario,
  talker,
  talking,
  tools,
  wait,
} from './words.ts';

const fault = 'tool-response-1011-internal';
const large = 'tool-response-large-1011';
const notFound = 'tool-response-1008-not-found';
const slow = 'tool-slow-1011-thread-cancelled';
const generic = 'internal-generic-1011';
const {
  internalError,
  internalErrorEncountered,
  entityNotFound,
  contextOverflow,
  threadCancelled,
  invalidArgument,
} = closeFrames;
const after = (ms: Duration, close: CloseFrame) =>
  calling(ends({ event: 'tool_response' }, ms, close, { times: 1 }));
const threeTurns: Partial<Agent> = { steps: [wait(1_000), say, wait(12_000), say, wait(12_000), say] };
const resumable = {
  agent: talker({
    config: { sessionResumption: {} },
    steps: [wait(500), say, wait(6_000), { do: 'close' }],
  } as Agent),
  service: talking(),
};

/** What a tool response is blamed for: the fault of the service, its size, its id, its shape, its lateness. */
export const toolResponseScenarios: readonly Scenario[] = [
  scenario('tool-response/internal', fault, caller(), after([20, 300], internalError)),
  scenario(
    'tool-response/internal-encountered',
    fault,
    caller({ afterMs: 1_100 }),
    after([20, 300], internalErrorEncountered),
  ),
  scenario(
    'tool-response/internal-utf8',
    fault,
    caller({ encoding: 'utf8', bytes: 400 }),
    after(300, internalError),
  ),
  scenario('tool-response/internal-at-1.7-s', fault, caller(), after(1_700, internalError)),
  scenario('tool-response/internal-2-kb', fault, caller({ bytes: 2_000 }), after(300, internalError)),
  scenario('tool-response/internal-neighbours', fault, caller(), irregular(after([20, 300], internalError)), {
    before: neighbours(5),
    atMs: 4_000,
  }),
  scenario(
    'tool-response/internal-third',
    fault,
    caller({}, threeTurns),
    talking(
      ends({ event: 'tool_response', tool: 'book_table' }, 150, internalError),
      does({ event: 'user_turn', nth: 3 }, ...callTools([{ declared: 1 }])),
      does({ event: 'user_turn' }, ...callTools([{ declared: 0 }]), ...answer),
    ),
  ),
  scenario(
    'tool-response/internal-resumed',
    fault,
    caller({}, { handle: 'last' }),
    after(250, internalError),
    { before: [resumable] },
  ),
  scenario(
    'tool-response/internal-with-camera',
    fault,
    caller({}, { camera: { gated: true } }),
    after(200, internalError),
  ),
  scenario(
    'tool-response/internal-3-minutes-in',
    fault,
    caller(
      {},
      {
        microphone: { gated: true, everyMs: 1_000 },
        steps: [wait(30_000), say, wait(60_000), say, wait(60_000), say],
      },
    ),
    talking(
      ends({ event: 'tool_response' }, 90, internalError),
      does({ event: 'user_turn', nth: 3 }, ...callTools([{}])),
      does({ event: 'user_turn' }, ...answer),
    ),
  ),

  // The same close long after the response has nothing to do with it.
  scenario('tool-response/refused-12-s', generic, caller(), after(12_000, internalError)),
  scenario('tool-response/refused-5-s', generic, caller(), after(5_000, internalErrorEncountered)),
  scenario(
    'tool-response/refused-40-s',
    generic,
    caller({ bytes: 900 }),
    irregular(after(40_000, internalError)),
  ),
  scenario(
    'tool-response/refused-no-call',
    generic,
    talker({ config: { tools: [tools] } }),
    endingAt(7_300, internalError),
  ),
  // Named as the example of a tie: 0.3 s after a response and 590 s old.
  scenario(
    'tool-response/tie-with-lifetime',
    [fault, 'lifetime-1011-internal-10min'],
    caller({}, { microphone: { everyMs: 1_000, gated: true }, steps: [wait(587_000), say] }),
    after(300, internalError),
  ),

  // Size: suspected, no threshold is known. Tens of kilobytes may be either, hundreds speak for themselves.
  scenario(
    'tool-response/large-30-kb',
    [large, fault],
    caller({ bytes: 30_000, depth: 5 }),
    after([20, 300], internalError),
  ),
  scenario(
    'tool-response/large-12-kb',
    [large, fault],
    caller({ bytes: 12_000, depth: 3 }),
    after(200, internalError),
  ),
  scenario(
    'tool-response/large-250-kb',
    large,
    caller({ bytes: 250_000, depth: 6 }),
    after([20, 300], internalError),
  ),
  scenario(
    'tool-response/large-base64',
    large,
    caller({ bytes: 180_000, encoding: 'base64' }),
    after(250, internalErrorEncountered),
  ),
  scenario(
    'tool-response/large-after-small',
    large,
    caller({ bytes: 120_000, depth: 4, onlyFrom: 3 }, threeTurns),
    calling(ends({ event: 'tool_response', minBytes: 100_000 }, 200, internalError)),
  ),
  scenario(
    'tool-response/large-refused-12-s',
    generic,
    caller({ bytes: 60_000, depth: 5 }),
    after(12_000, internalError),
  ),

  scenario(
    'tool-response/overflow',
    'tool-response-context-overflow-1007',
    caller({ bytes: 300_000, encoding: 'base64' }),
    after(200, contextOverflow),
  ),
  scenario(
    'tool-response/overflow-text',
    'tool-response-context-overflow-1007',
    caller({ bytes: 700_000 }),
    after([100, 900], {
      code: 1007,
      reason:
        'the provided content is above the context window size 131072.; Error raised from operator assemble_generate_request',
    }),
  ),
  scenario(
    'tool-response/overflow-vertex',
    'tool-response-context-overflow-1007',
    caller({ bytes: 300_000, encoding: 'base64' }, { api: 'vertex', model: models.vertex }),
    after(200, contextOverflow),
  ),
  scenario(
    'tool-response/overflow-cut-and-noisy',
    'tool-response-context-overflow-1007',
    caller({ bytes: 150_000, encoding: 'utf8', depth: 3 }),
    irregular(after(400, contextOverflow)),
    { before: neighbours(3), atMs: 1_500 },
  ),

  // NOT_FOUND, after a response.
  scenario('tool-response/not-found', notFound, caller(), after([20, 300], entityNotFound)),
  scenario(
    'tool-response/not-found-late',
    notFound,
    caller({ afterMs: 3_000 }),
    after(1_500, entityNotFound),
  ),
  scenario('tool-response/not-found-fresh-after-1011', notFound, caller(), after(200, entityNotFound), {
    before: [{ agent: caller(), service: after(200, internalError) }],
    pauseMs: 1_000,
  }),
  scenario(
    'tool-response/not-found-unknown-id',
    'tool-response-id-mismatch',
    caller({ id: 'unknown' }),
    after(200, entityNotFound),
  ),
  scenario(
    'tool-response/not-found-neighbours',
    notFound,
    caller({ bytes: 500 }),
    irregular(after(120, entityNotFound)),
    { before: neighbours(4), atMs: 2_500 },
  ),
  // No handle was used and no response was sent: no known cause.
  scenario('tool-response/not-found-refused-idle', 'unknown', talker(), endingAt(9_000, entityNotFound)),
  scenario('tool-response/not-found-refused-12-s', 'unknown', caller(), after(12_000, entityNotFound)),

  // A response to a call of the connection before.
  ...['Requested entity was not found.', 'Operation is not implemented, or supported, or enabled.'].map(
    (reason, index) =>
      scenario(
        `tool-response/orphan-${index + 1}`,
        'tool-response-after-reconnect-orphan',
        { handle: 'last', config: { tools: [tools] }, steps: [wait(400), { do: 'answer_earlier_call' }] },
        calling(ends({ event: 'tool_response' }, 200, { code: 1008, reason })),
        {
          before: [
            {
              agent: caller({ afterMs: 'never' }, { config: { tools: [tools], sessionResumption: {} } }),
              service: calling(ends({ event: 'call_unanswered', ms: 2_000 }, 0, internalError)),
            },
          ],
          pauseMs: 800,
        },
      ),
  ),
  scenario(
    'tool-response/orphan-without-handle',
    'tool-response-after-reconnect-orphan',
    { config: { tools: [tools] }, steps: [wait(400), { do: 'answer_earlier_call' }] },
    calling(ends({ event: 'tool_response' }, 200, entityNotFound)),
    {
      before: [
        {
          agent: caller({ afterMs: 'never' }),
          service: calling({ on: { event: 'call_unanswered', ms: 2_000 }, do: [{ do: 'drop' }] }),
        },
      ],
      pauseMs: 800,
    },
  ),

  // Too late.
  scenario(
    'tool-response/slow-36-s',
    slow,
    caller({ afterMs: 36_100 }),
    calling(ends({ event: 'call_unanswered', ms: 36_090 }, 0, threadCancelled)),
  ),
  scenario(
    'tool-response/slow-at-30-s',
    slow,
    caller({ afterMs: 60_000 }),
    calling(ends({ event: 'call_unanswered', ms: 30_000 }, 0, threadCancelled)),
  ),
  scenario(
    'tool-response/slow-microphone',
    slow,
    caller({ afterMs: 60_000 }, { microphone: { everyMs: 500 } }),
    calling(ends({ event: 'call_unanswered', ms: 34_000 }, 0, threadCancelled)),
  ),
  scenario('tool-response/slow-on-response', slow, caller({ afterMs: 36_100 }), after(20, threadCancelled)),
  // At the ten-minute limit the text is seen without any tool.
  scenario(
    'tool-response/thread-cancelled-at-600-s',
    [slow, 'lifetime-1011-inference-10min'],
    patient(10),
    endingAt(600_000, threadCancelled),
    { hypotheses: ['lifetime', 'internal_error'] },
  ),

  // Shape.
  scenario(
    'tool-response/scheduling-unsupported',
    'tool-response-scheduling-unsupported-1007',
    caller({ scheduling: 'WHEN_IDLE' }, { model: models.live35 }),
    after([20, 200], closeFrames.schedulingUnsupported),
  ),
  scenario(
    'tool-response/scheduling-unsupported-noisy',
    'tool-response-scheduling-unsupported-1007',
    caller({ scheduling: 'SILENT', bytes: 20_000 }, { model: models.live35, microphone: { fromMs: 0 } }),
    irregular(after(80, closeFrames.schedulingUnsupported)),
  ),
  scenario(
    'tool-response/scheduling-invalid',
    'tool-response-scheduling-invalid-1007',
    caller({ scheduling: 'SOON' }, { model: models.live38 }),
    calling(),
  ),
  scenario(
    'tool-response/scheduling-invalid-second',
    'tool-response-scheduling-invalid-1007',
    caller({ scheduling: 'NOW' }, { model: models.live38 }),
    after(50, { code: 1007, reason: "Invalid value at 'tool_response.function_responses[1].scheduling'" }),
  ),
  scenario(
    'tool-response/wrong-wrapper',
    'tool-response-wrong-shape-1007',
    caller({ raw: { toolResponse: { function_response: { name: 'find_table', response: {} } } } }),
    calling(),
  ),
  scenario(
    'tool-response/wrong-field',
    'tool-response-wrong-shape-1007',
    caller({ raw: { toolResponse: { functionResponses: [{ name: 'find_table', output: { ok: true } }] } } }),
    calling(),
  ),
  scenario(
    'tool-response/vertex-id',
    'tool-response-wrong-shape-1007',
    caller({}, { api: 'vertex', model: models.vertex }),
    after(60, {
      code: 1007,
      reason: `Invalid JSON payload received. Unknown name "id" at 'tool_response.function_responses[0]': Cannot find field.`,
    }),
  ),

  // Tools by the side door, and what compression does to them.
  scenario(
    'tool-response/history-in-content',
    'tool-history-in-client-content-1007',
    {
      steps: [
        wait(200),
        {
          do: 'content',
          content: {
            turns: [
              { role: 'user', parts: [{ text: 'A table?' }] },
              { role: 'model', parts: [{ functionCall: { name: 'find_table', args: {} } }] },
              { role: 'user', parts: [{ functionResponse: { name: 'find_table', response: { ok: true } } }] },
            ],
            turnComplete: false,
          },
        },
      ],
    },
    talking(),
  ),
  scenario(
    'tool-response/history-in-content-3.8',
    'tool-history-in-client-content-1007',
    {
      model: models.live38,
      microphone: { fromMs: 500 },
      steps: [
        wait(100),
        {
          do: 'content',
          content: {
            turns: [
              { role: 'user', parts: [{ functionResponse: { name: 'find_table', response: { ok: true } } }] },
            ],
            turnComplete: true,
          },
        },
      ],
    },
    irregular(talking()),
  ),
  ...[1, 2].map((turnsLater) =>
    scenario(
      `tool-response/orphaned-by-compression-${turnsLater}`,
      'tool-compression-orphaned-call-1007',
      caller(
        {},
        {
          config: {
            tools: [tools],
            contextWindowCompression: { triggerTokens: '5000', slidingWindow: { targetTokens: '2000' } },
          },
          steps: [
            wait(1_000),
            ...Array.from({ length: 5 }, () => [say, wait(10_000)]).flat(),
            say,
            wait(8_000),
            { do: 'say', text: 'And then?' },
          ],
        },
      ),
      talking(
        ends({ event: 'user_turn', nth: 5 + turnsLater }, 120, invalidArgument),
        does(
          { event: 'user_turn', nth: 5 },
          { do: 'speak', ms: 600 },
          {
            do: 'message',
            message: {
              usageMetadata: { promptTokenCount: 2_027, responseTokenCount: 30, totalTokenCount: 2_057 },
            },
          },
          { do: 'turn_complete', usage: 'none' },
        ),
        does(
          { event: 'user_turn', nth: 4 },
          ...callTools([{}]),
          { do: 'speak', ms: 600 },
          {
            do: 'message',
            message: {
              usageMetadata: { promptTokenCount: 4_010, responseTokenCount: 60, totalTokenCount: 4_070 },
            },
          },
          { do: 'turn_complete', usage: 'none' },
        ),
        does(
          { event: 'user_turn' },
          ...callTools([{}]),
          { do: 'speak', ms: 600 },
          {
            do: 'message',
            message: {
              usageMetadata: { promptTokenCount: 3_200, responseTokenCount: 60, totalTokenCount: 3_260 },
            },
          },
          { do: 'turn_complete', usage: 'none' },
        ),
      ),
    ),
  ),
  scenario(
    'tool-response/content-after-is-not-blamed',
    generic,
    caller({}, { steps: [wait(1_000), say, wait(15_000), content('Thanks.')] }),
    calling(ends({ event: 'client_content' }, 3_000, internalError)),
  ),
];
