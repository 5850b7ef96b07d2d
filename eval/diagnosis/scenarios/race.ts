import { closeFrames } from '../../../src/testing/close-frames.ts';
import { callTools } from '../../../src/testing/scripts/phrases.ts';
import type { Scenario } from '../scenario.ts';
import {
  caller,
  calling,
  does,
  endingAt,
  ends,
  irregular,
  models,
  neighbours,
  say,
  scenario,
  talker,
  talking,
  tools,
  wait,
} from './words.ts';

const race = 'tool-pending-realtime-input-1008';
const generic = 'unimplemented-generic-1008';
const { notImplemented, internalError, internalErrorEncountered, contentTypeAudio } = closeFrames;
const onInput = ends({ event: 'input_while_call_pending' }, [50, 500], notImplemented, { times: 1 });
const onResponse = ends({ event: 'tool_response' }, [20, 900], notImplemented, { times: 1 });
const open = { microphone: { fromMs: 50 } };
const nonBlocking = {
  tools: [
    {
      functionDeclarations: [
        { name: 'find_table', behavior: 'NON_BLOCKING', parameters: { type: 'OBJECT', properties: {} } },
      ],
    },
  ],
};

/** "Operation is not implemented": the text of the tool race, of half a dozen mistakes, and of nothing in particular. */
export const raceScenarios: readonly Scenario[] = [
  scenario('race/microphone', race, caller({ afterMs: 1_400 }, open), calling(onInput)),
  scenario(
    'race/microphone-12-2025',
    race,
    caller({ afterMs: 900 }, { ...open, model: models.native12 }),
    calling(onInput),
  ),
  scenario(
    'race/microphone-latest',
    race,
    caller({ afterMs: 2_500 }, { ...open, model: models.nativeLatest }),
    irregular(calling(onInput)),
  ),
  scenario('race/microphone-neighbours', race, caller({ afterMs: 1_400 }, open), calling(onInput), {
    before: neighbours(3),
    atMs: 2_000,
  }),
  scenario('race/closes-on-the-response', race, caller({ afterMs: 700 }, open), calling(onResponse)),
  scenario(
    'race/closes-late-on-the-response',
    race,
    caller({ afterMs: 700 }, open),
    calling(ends({ event: 'tool_response' }, 1_600, notImplemented)),
  ),
  scenario(
    'race/second-of-two-calls',
    race,
    caller({ afterMs: 3_000, onlyFrom: 2 }, { ...open, steps: [wait(1_000), say, wait(15_000), say] }),
    calling(ends({ event: 'call_unanswered', ms: 1_500, afterInput: true }, 0, notImplemented)),
  ),
  scenario('race/camera', race, caller({ afterMs: 2_000 }, { camera: { everyMs: 500 } }), calling(onInput)),
  scenario(
    'race/text-while-pending',
    race,
    caller(
      { afterMs: 4_000 },
      {
        microphone: { gated: true },
        steps: [wait(1_000), say, { do: 'await_call' }, wait(300), { do: 'say', text: 'Hello?' }],
      },
    ),
    calling(onInput),
  ),
  scenario(
    'race/stream-end-while-pending',
    race,
    caller(
      { afterMs: 4_000 },
      {
        microphone: { gated: true },
        steps: [
          wait(1_000),
          say,
          { do: 'await_call' },
          wait(200),
          { do: 'send', message: { realtimeInput: { audioStreamEnd: true } } },
        ],
      },
    ),
    calling(onInput),
  ),
  scenario(
    'race/one-frame-only',
    race,
    caller(
      { afterMs: 4_000 },
      {
        microphone: { gated: true },
        steps: [wait(1_000), say, { do: 'await_call' }, wait(150), { do: 'audio', frames: 1 }],
      },
    ),
    calling(onInput),
  ),
  scenario('race/twenty-sessions', race, caller({ afterMs: 1_400 }, open), calling(onInput), {
    before: neighbours(12),
    atMs: 3_000,
  }),
  scenario(
    'race/parallel-calls',
    race,
    caller({ afterMs: 2_000 }, open),
    talking(onInput, does({ event: 'user_turn' }, ...callTools([{ declared: 0 }, { declared: 1 }]))),
  ),
  scenario(
    'race/with-large-response',
    race,
    caller({ afterMs: 1_000, bytes: 20_000 }, open),
    calling(onResponse),
  ),
  scenario(
    'race/after-resumption',
    race,
    caller({ afterMs: 1_400 }, { ...open, handle: 'last' }),
    calling(onInput),
    {
      before: [
        {
          agent: talker({
            config: { sessionResumption: {} },
            steps: [wait(500), say, wait(6_000), { do: 'close' }],
          }),
          service: talking(),
        },
      ],
    },
  ),

  // The same text without the race.
  scenario(
    'race/refused-gated-microphone',
    generic,
    caller({ afterMs: 1_400 }),
    calling(ends({ event: 'tool_response' }, 300, notImplemented)),
  ),
  scenario(
    'race/refused-gated-late',
    generic,
    caller({ afterMs: 1_400 }),
    calling(ends({ event: 'tool_response' }, 8_000, notImplemented)),
  ),
  scenario(
    'race/refused-no-tools',
    generic,
    talker({ model: models.nativeLatest }),
    endingAt(9_000, notImplemented),
  ),
  scenario(
    'race/refused-tools-declared-only',
    generic,
    talker({ config: { tools: [tools] }, model: models.native12 }),
    endingAt(11_000, notImplemented),
  ),
  scenario(
    'race/refused-right-after-setup',
    generic,
    { model: models.native12 },
    endingAt(40, notImplemented),
  ),
  scenario(
    'race/refused-long-ago',
    generic,
    caller({ afterMs: 1_400 }, open),
    calling(ends({ event: 'tool_response' }, 60_000, notImplemented)),
  ),
  scenario(
    'race/refused-neighbours',
    generic,
    talker({ model: models.nativeLatest }),
    endingAt(9_000, notImplemented),
    { before: neighbours(4), atMs: 1_000 },
  ),

  // NON_BLOCKING calls may be talked over; some 2.5 sessions end all the same.
  scenario(
    'race/non-blocking-long',
    'tool-nonblocking-long-1008',
    caller({ afterMs: 40_000 }, { ...open, config: nonBlocking }),
    calling(ends({ event: 'call_unanswered', ms: 25_000 }, 0, notImplemented)),
  ),
  scenario(
    'race/non-blocking-no-text',
    'tool-nonblocking-long-1008',
    caller({ afterMs: 60_000 }, { ...open, config: nonBlocking }),
    calling(ends({ event: 'call_unanswered', ms: 31_000 }, 0, { code: 1008, reason: '' })),
  ),
  scenario(
    'race/non-blocking-gated',
    'tool-nonblocking-long-1008',
    caller({ afterMs: 60_000 }, { config: nonBlocking }),
    calling(ends({ event: 'call_unanswered', ms: 18_000 }, 0, notImplemented)),
  ),
  // The calls of 3.8 are non-blocking unless declared otherwise: input beside them is no race.
  scenario(
    'race/microphone-3.8',
    generic,
    caller({ afterMs: 3_000 }, { ...open, model: models.live38 }),
    calling(onInput),
  ),
  scenario(
    'race/microphone-3.8-internal',
    'internal-generic-1011',
    caller({ afterMs: 5_000 }, { ...open, model: models.live38 }),
    calling(ends({ event: 'input_while_call_pending' }, [50, 500], internalErrorEncountered, { times: 1 })),
  ),
  scenario(
    'race/text-3.8-internal',
    'internal-generic-1011',
    caller({ afterMs: 9_000 }, { model: models.live38, steps: [wait(600), say, wait(4_000), say] }),
    calling(ends({ event: 'input_while_call_pending' }, [50, 500], internalError, { times: 1 })),
  ),

  // The race as an internal error, and what only looks like it.
  scenario(
    'race/internal',
    'tool-pending-realtime-input-1011',
    caller({ afterMs: 5_000 }, open),
    calling(ends({ event: 'input_while_call_pending' }, [50, 500], internalError, { times: 1 })),
  ),
  scenario(
    'race/internal-encountered',
    'tool-pending-realtime-input-1011',
    caller({ afterMs: 9_000 }, { camera: {} }),
    calling(ends({ event: 'input_while_call_pending' }, [50, 500], internalErrorEncountered, { times: 1 })),
  ),
  scenario(
    'race/internal-refused-gated',
    'internal-generic-1011',
    caller({ afterMs: 20_000 }),
    calling(ends({ event: 'call_unanswered', ms: 6_000 }, 0, internalError)),
  ),
  // Both are said of it: input while the call was pending, and a response 0.2 s before.
  scenario(
    'race/internal-on-the-response',
    ['tool-pending-realtime-input-1011', 'tool-response-1011-internal'],
    caller({ afterMs: 800 }, open),
    calling(ends({ event: 'tool_response' }, 200, internalError)),
  ),

  scenario(
    'race/content-type',
    'tool-pending-audio-1007-content-type',
    caller({ afterMs: 4_000 }, open),
    calling(ends({ event: 'input_while_call_pending' }, [50, 300], contentTypeAudio, { times: 1 })),
  ),
  // Two explanations compete where no call is pending: the setup, or a bug of that model with its first audio.
  scenario(
    'race/content-type-compression',
    ['tool-pending-audio-1007-content-type', 'first-mic-chunk-1007'],
    talker({ config: { contextWindowCompression: { slidingWindow: {} } }, steps: [] }),
    talking(ends({ event: 'audio', nth: 1 }, [0, 200], contentTypeAudio)),
    {
      hypotheses: ['concurrency', 'setup', 'internal_error', 'not_established'],
    },
  ),
  scenario(
    'race/content-type-first-chunk',
    ['tool-pending-audio-1007-content-type', 'first-mic-chunk-1007'],
    talker({ model: models.native12, steps: [] }),
    talking(ends({ event: 'audio', nth: 1 }, [0, 200], contentTypeAudio)),
    {
      hypotheses: ['concurrency', 'setup', 'internal_error', 'not_established'],
    },
  ),
];
