import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { JsonObject } from '../../../src/testing/json.ts';
import type { Agent, Scenario, Step } from '../scenario.ts';
import {
  content,
  endingAt,
  ends,
  irregular,
  models,
  neighbours,
  say,
  scenario,
  script,
  talker,
  talking,
  turns,
  wait,
} from './words.ts';

const { invalidArgument, preconditionFailed, notImplemented, notSupported, internalError } = closeFrames;
const manual: JsonObject = { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } };
const start: Step = { do: 'activity', mark: 'start' };
const end: Step = { do: 'activity', mark: 'end' };
const onContent = (ms: number) => talking(ends({ event: 'client_content' }, ms, invalidArgument));
const fileTurn: Step = {
  do: 'content',
  content: {
    turns: [
      { role: 'user', parts: [{ fileData: { fileUri: 'https://x/files/1', mimeType: 'application/pdf' } }] },
    ],
    turnComplete: true,
  },
};
const audioTurn = (rate: number): Step => ({
  do: 'content',
  content: {
    turns: [
      { role: 'user', parts: [{ inlineData: { data: 'AAAAAAAA', mimeType: `audio/pcm;rate=${rate}` } }] },
    ],
    turnComplete: true,
  },
});
const noRole: Step = {
  do: 'content',
  content: { turns: [{ parts: [{ text: 'Hello' }] }], turnComplete: true },
};
const live31: Partial<Agent> = { model: models.live31 };

/** What the application sends, how and when. */
export const inputScenarios: readonly Scenario[] = [
  scenario(
    'input/media-chunks',
    'media-chunks-deprecated-1007',
    { ...live31, microphone: { fromMs: 300, mediaChunks: true } },
    talking(),
  ),
  scenario(
    'input/media-chunks-3.8',
    'media-chunks-deprecated-1007',
    { model: models.live38, microphone: { fromMs: 1_500, mediaChunks: true } },
    irregular(talking()),
    { before: neighbours(2), atMs: 600 },
  ),
  scenario(
    'input/activity-start',
    'activity-with-auto-vad-1007',
    { microphone: { fromMs: 100 }, steps: [wait(900), start] },
    talking(),
  ),
  scenario(
    'input/activity-end',
    'activity-with-auto-vad-1007',
    { ...live31, microphone: { fromMs: 100 }, steps: [wait(2_000), end] },
    talking(),
  ),
  scenario(
    'input/activity-to-interrupt',
    'activity-with-auto-vad-1007',
    { microphone: { fromMs: 100 }, steps: [wait(500), say, wait(1_400), start] },
    irregular(talking()),
  ),
  scenario(
    'input/audio-before-start',
    'audio-before-activity-start-1007',
    { config: manual, microphone: { fromMs: 300 } },
    talking(),
  ),
  scenario(
    'input/audio-before-start-late',
    'audio-before-activity-start-1007',
    { config: manual, steps: [wait(900), { do: 'audio', frames: 2, everyMs: 100 }, wait(50), start] },
    talking(ends({ event: 'audio', nth: 1 }, 60, invalidArgument)),
  ),
  scenario(
    'input/audio-between-activities',
    'audio-before-activity-start-1007',
    {
      config: manual,
      steps: [
        wait(300),
        start,
        { do: 'audio', frames: 8, everyMs: 100 },
        end,
        wait(6_000),
        { do: 'audio', frames: 1 },
      ],
    },
    talking(),
  ),
  scenario(
    'input/text-first-in-activity',
    'activity-window-nonaudio-first-1007',
    {
      model: models.live38,
      config: manual,
      steps: [wait(300), start, wait(50), { do: 'say', text: 'Hello' }],
    },
    script([ends({ event: 'user_turn', by: 'text' }, 120, preconditionFailed)]),
  ),
  scenario(
    'input/video-first-in-activity',
    'activity-window-nonaudio-first-1007',
    { config: manual, steps: [wait(300), start, wait(50), { do: 'video', frames: 1 }] },
    talking(ends({ event: 'video', nth: 1 }, 120, invalidArgument)),
  ),
  scenario(
    'input/video-first-precondition',
    'activity-window-nonaudio-first-1007',
    { model: models.live38, config: manual, steps: [wait(300), start, wait(50), { do: 'video', frames: 2 }] },
    irregular(talking(ends({ event: 'video', nth: 1 }, 120, preconditionFailed))),
  ),

  // clientContent.
  scenario(
    'input/content-3.1',
    'client-content-3x-1007',
    { ...live31, steps: [wait(500), say, wait(6_000), content('And tomorrow?')] },
    talking(),
  ),
  scenario(
    'input/content-3.1-audio',
    ['client-content-3x-1007', 'client-content-interleaved-1007'],
    {
      ...live31,
      microphone: { fromMs: 100 },
      steps: [wait(500), say, wait(6_000), content('And tomorrow?')],
    },
    talking(),
  ),
  scenario(
    'input/content-3.1-at-once',
    'client-content-3x-1007',
    { ...live31, steps: [wait(300), content('You are a waiter.')] },
    onContent(150),
  ),
  scenario(
    'input/content-3.1-neighbours',
    'client-content-3x-1007',
    { ...live31, steps: [wait(500), say, wait(6_000), content('And tomorrow?')] },
    irregular(talking()),
    { before: neighbours(3), atMs: 1_200 },
  ),
  // The 3.8 models take content in mid-session: the text alone does not say what was wrong.
  ...[0, 3].map((others) =>
    scenario(
      `input/content-3.8-${others}`,
      'unknown',
      { model: models.live38, steps: [wait(500), say, wait(6_000), content('And tomorrow?')] },
      onContent(120),
      { before: neighbours(others), atMs: 900 },
    ),
  ),
  scenario(
    'input/content-interleaved',
    'client-content-interleaved-1007',
    { microphone: { fromMs: 50, untilMs: 4_000 }, steps: [wait(4_200), content('Stop.')] },
    talking(ends({ event: 'client_content', afterAudio: true }, 0, invalidArgument)),
  ),
  scenario(
    'input/content-interleaved-200-ms',
    'client-content-interleaved-1007',
    { microphone: { fromMs: 50 }, steps: [wait(500), say, wait(5_000), content('Stop.')] },
    irregular(talking(ends({ event: 'client_content', afterAudio: true }, 200, invalidArgument))),
  ),
  scenario(
    'input/content-interleaved-12-2025',
    'client-content-interleaved-1007',
    { model: models.native12, microphone: { fromMs: 50 }, steps: [wait(5_000), content('Stop.')] },
    talking(ends({ event: 'client_content', afterAudio: true }, 200, invalidArgument)),
    { before: neighbours(2), atMs: 900 },
  ),
  scenario(
    'input/content-no-role',
    'client-content-missing-role-1007',
    { model: models.live38, steps: [wait(300), noRole] },
    talking(),
  ),
  scenario(
    'input/content-no-role-2.5',
    'client-content-missing-role-1007',
    { steps: [wait(300), noRole] },
    irregular(talking()),
  ),
  scenario(
    'input/content-in-activity',
    'client-content-in-activity-1011',
    {
      config: manual,
      steps: [wait(300), start, { do: 'audio', frames: 5, everyMs: 100 }, content('A note.')],
    },
    talking(ends({ event: 'client_content' }, 100, internalError)),
  ),
  scenario(
    'input/content-in-activity-no-text',
    'client-content-in-activity-1011',
    {
      config: manual,
      steps: [wait(300), start, { do: 'audio', frames: 5, everyMs: 100 }, content('A note.')],
    },
    talking(ends({ event: 'client_content' }, 100, { code: 1011, reason: '' })),
  ),
  scenario(
    'input/content-outside-activity',
    'internal-generic-1011',
    {
      config: manual,
      steps: [
        wait(300),
        start,
        { do: 'audio', frames: 5, everyMs: 100 },
        end,
        wait(4_000),
        content('A note.'),
      ],
    },
    talking(ends({ event: 'client_content' }, 100, internalError)),
  ),
  scenario(
    'input/content-file',
    'client-content-file-data-1008',
    { ...live31, steps: [wait(300), fileTurn] },
    talking(ends({ event: 'client_content' }, 100, notSupported)),
  ),
  scenario(
    'input/content-file-not-implemented',
    'client-content-file-data-1008',
    { steps: [wait(300), fileTurn] },
    talking(ends({ event: 'client_content' }, 100, notImplemented)),
  ),
  scenario(
    'input/content-24-khz',
    'seed-audio-rate-1008',
    { model: models.live38, steps: [wait(300), audioTurn(24_000)] },
    talking(ends({ event: 'client_content' }, 100, notImplemented)),
  ),
  scenario(
    'input/content-8-khz',
    'seed-audio-rate-1008',
    { steps: [wait(300), audioTurn(8_000)] },
    irregular(talking(ends({ event: 'client_content' }, 100, notImplemented))),
  ),
  scenario(
    'input/content-16-khz',
    'unimplemented-generic-1008',
    { model: models.native12, steps: [wait(300), audioTurn(16_000)] },
    talking(ends({ event: 'client_content' }, 100, notImplemented)),
  ),
  scenario(
    'input/content-control-characters',
    'text-control-chars-1007',
    { steps: [wait(300), content('A table\u0000 for two\u0007')] },
    onContent(80),
  ),
  scenario(
    'input/text-control-characters',
    'text-control-chars-1007',
    { steps: [wait(300), { do: 'say', text: 'A table\u0001 for two' }] },
    talking(ends({ event: 'user_turn', by: 'text' }, 80, invalidArgument)),
  ),
  scenario(
    'input/content-plain',
    ['alpha-instability-1007-legacy', 'unknown'],
    { steps: [wait(300), content('A table for two')] },
    onContent(80),
    { hypotheses: ['not_established', 'internal_error'] },
  ),
  scenario(
    'input/unknown-content-field',
    'unknown-field-1007',
    { steps: [wait(300), { do: 'send', message: { clientContent: { contents: [] } } }] },
    talking(),
  ),
  scenario(
    'input/unknown-content-field-named',
    'unknown-field-1007',
    { steps: [wait(300), content('Hello')] },
    talking(ends({ event: 'client_content' }, 40, closeFrames.unknownContentField)),
  ),

  // Realtime input.
  scenario(
    'input/empty',
    'empty-realtime-input-1008',
    { steps: [wait(2_000), { do: 'send', message: { realtimeInput: {} } }] },
    talking(),
  ),
  scenario(
    'input/empty-keepalive',
    'empty-realtime-input-1008',
    {
      microphone: { fromMs: 0, untilMs: 3_000 },
      steps: [wait(8_000), { do: 'send', message: { realtimeInput: {} } }],
    },
    irregular(talking()),
  ),
  scenario(
    'input/image',
    'image-on-audio-only-model-1008',
    { camera: { fromMs: 1_000 }, model: models.native09 },
    talking(ends({ event: 'video', nth: 1 }, 150, notImplemented)),
    { hypotheses: ['encoding', 'internal_error'] },
  ),
  scenario(
    'input/legacy-alpha',
    'alpha-instability-1007-legacy',
    talker({ model: models.flashExp, steps: turns(3) }),
    endingAt(26_000, invalidArgument),
  ),
];
