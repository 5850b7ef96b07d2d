import type { CloseFrame } from '../../../src/testing/close-frames.ts';
import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { Script } from '../../../src/testing/script.ts';
import type { Agent, Scenario } from '../scenario.ts';
import {
  caller,
  calling,
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
  turns,
  wait,
} from './words.ts';

const {
  goAwayNotHonoured,
  aborted,
  deadlineExpired,
  cancelled,
  inferenceFailed,
  internalError,
  internalErrorEncountered,
  rpcDeadline,
  invalidArgument,
} = closeFrames;
const idle = 'idle-aborted-1008';
const end = 'lifetime-aborted-1008';

function rotating(close: CloseFrame, atMs = 590_000, noticeMs = 50_000): Script {
  return endingAt(
    atMs,
    close,
    does({ event: 'elapsed', ms: atMs - noticeMs }, { do: 'go_away', timeLeftMs: noticeMs }),
  );
}
const vertex: Partial<Agent> = { api: 'vertex', model: models.vertex };
/** Silence of the user for so long, from a turn at the start. */
const silent: Agent = { microphone: { everyMs: 1_000 } };
const usage = (total: number) => ({
  usageMetadata: { promptTokenCount: total - 200, responseTokenCount: 200, totalTokenCount: total },
});
const filling = (from: number, to: number, times: number) =>
  Array.from({ length: times }, (_, index) =>
    does(
      { event: 'user_turn', nth: index + 1 },
      { do: 'speak', ms: 800 },
      { do: 'message', message: usage(Math.round(from + ((to - from) * index) / (times - 1))) },
      { do: 'turn_complete', usage: 'none' },
    ),
  );

/** Ten minutes, 150 s of silence, and the window of tokens. */
export const lifetimeScenarios: readonly Scenario[] = [
  scenario('lifetime/go-away', 'goaway-not-honoured-1008', patient(10), rotating(goAwayNotHonoured)),
  scenario(
    'lifetime/go-away-583',
    'goaway-not-honoured-1008',
    patient(10, { model: models.live31 }),
    irregular(rotating(goAwayNotHonoured, 583_000)),
  ),
  scenario('lifetime/go-away-then-silence', 'goaway-not-honoured-1008', silent, rotating(goAwayNotHonoured)),
  scenario(
    'lifetime/go-away-tool-pending',
    'goaway-not-honoured-1008',
    caller({ afterMs: 'never' }, { microphone: { everyMs: 1_000 }, steps: [wait(588_000), say] }),
    calling(...rotating(goAwayNotHonoured).reactions),
  ),

  scenario('lifetime/deadline', 'lifetime-deadline-1011', patient(10), rotating(deadlineExpired)),
  scenario(
    'lifetime/deadline-early',
    'lifetime-deadline-1011',
    patient(8),
    rotating(deadlineExpired, 431_000),
  ),
  scenario(
    'lifetime/deadline-unannounced',
    'lifetime-deadline-1011',
    patient(10),
    endingAt(598_000, deadlineExpired),
  ),
  // At three minutes without goAway the text is that of a fault of the service.
  scenario(
    'lifetime/deadline-at-3-minutes',
    ['lifetime-deadline-1011', 'unknown'],
    patient(4),
    endingAt(180_000, deadlineExpired),
    { hypotheses: ['internal_error', 'not_established'] },
  ),
  scenario(
    'lifetime/deadline-at-40-s',
    ['lifetime-deadline-1011', 'unknown'],
    talker({ steps: turns(8) }),
    endingAt(40_000, deadlineExpired),
    { hypotheses: ['internal_error', 'not_established'] },
  ),

  scenario(
    'lifetime/vertex-cancelled',
    'lifetime-cancelled-1000-vertex',
    patient(10, vertex),
    rotating(cancelled, 600_000, 60_000),
  ),
  scenario(
    'lifetime/vertex-cancelled-unannounced',
    'lifetime-cancelled-1000-vertex',
    patient(10, vertex),
    endingAt(601_000, cancelled),
  ),
  scenario(
    'lifetime/vertex-cancelled-idle',
    'lifetime-cancelled-1000-vertex',
    { ...silent, ...vertex },
    rotating(cancelled, 599_000),
  ),

  scenario('lifetime/aborted', end, patient(10), rotating(aborted)),
  scenario('lifetime/aborted-silent-user', end, silent, rotating(aborted)),
  scenario('lifetime/aborted-unannounced', end, patient(10), endingAt(592_000, aborted)),
  scenario('lifetime/aborted-neighbours', end, patient(10), irregular(rotating(aborted)), {
    before: neighbours(2),
    atMs: 1_000,
  }),
  scenario(
    'lifetime/aborted-short-notice',
    end,
    talker({ steps: turns(8) }),
    rotating(aborted, 60_000, 10_000),
  ),

  scenario('lifetime/idle', idle, silent, endingAt(150_000, aborted)),
  scenario('lifetime/idle-nothing-sent', idle, {}, endingAt(150_000, aborted)),
  scenario('lifetime/idle-3.1', idle, { ...silent, model: models.live31 }, endingAt(151_000, aborted)),
  scenario(
    'lifetime/idle-after-talk',
    idle,
    { microphone: { everyMs: 1_000 }, steps: [wait(500), say, wait(5_000), say] },
    talking(ends({ event: 'idle', ms: 150_000 }, 0, aborted)),
  ),
  scenario(
    'lifetime/idle-late',
    idle,
    { microphone: { everyMs: 1_000 }, steps: turns(9, 20_000) },
    talking(ends({ event: 'idle', ms: 152_000 }, 0, aborted)),
  ),
  scenario(
    'lifetime/idle-tool-pending',
    idle,
    caller({ afterMs: 'never' }, { microphone: { everyMs: 1_000, gated: true }, steps: [wait(300), say] }),
    calling(ends({ event: 'call_unanswered', ms: 150_000 }, 0, aborted)),
  ),
  scenario('lifetime/idle-neighbours', idle, silent, irregular(endingAt(150_000, aborted)), {
    before: neighbours(3),
    atMs: 700,
  }),
  scenario(
    'lifetime/idle-pings-only',
    idle,
    { steps: [wait(500), say] },
    talking(ends({ event: 'idle', ms: 150_000 }, 0, aborted)),
  ),
  // Young, talked to, no goAway: none of the two.
  scenario(
    'lifetime/aborted-refused-young',
    'unknown',
    talker({ steps: turns(5, 5_000) }),
    endingAt(24_000, aborted),
  ),
  scenario('lifetime/aborted-refused-busy', 'unknown', patient(4), endingAt(230_000, aborted)),

  scenario(
    'lifetime/inference',
    'lifetime-1011-inference-10min',
    patient(10),
    endingAt(600_000, inferenceFailed),
  ),
  scenario(
    'lifetime/inference-announced',
    'lifetime-1011-inference-10min',
    patient(10),
    rotating(inferenceFailed, 600_000),
  ),
  scenario(
    'lifetime/internal-600',
    'lifetime-1011-internal-10min',
    patient(10),
    endingAt(600_000, internalErrorEncountered),
  ),
  scenario(
    'lifetime/internal-announced',
    'lifetime-1011-internal-10min',
    patient(10),
    rotating(internalError),
  ),
  scenario(
    'lifetime/internal-refused-4-minutes',
    'internal-generic-1011',
    patient(4),
    endingAt(241_000, internalErrorEncountered),
  ),
  scenario(
    'lifetime/internal-refused-7-minutes',
    'internal-generic-1011',
    patient(7),
    endingAt(405_000, internalError),
  ),
  scenario(
    'lifetime/rpc-deadline',
    'lifetime-rpc-deadline-1011-legacy',
    patient(3, { model: models.flashExp }),
    endingAt(150_000, rpcDeadline),
  ),
  scenario(
    'lifetime/rpc-deadline-2',
    'lifetime-rpc-deadline-1011-legacy',
    patient(3, { model: models.flashExp }),
    endingAt(172_000, {
      code: 1011,
      reason: 'Request trace id: 77ab0192fe01cc21, [ORIGINAL ERROR] RPC::DEADLINE_EXCEEDED: deadline',
    }),
  ),

  // The window of tokens.
  scenario(
    'context/vertex-15-minutes',
    'session-token-limit',
    { ...vertex, microphone: { everyMs: 1_000 }, steps: turns(20, 45_000) },
    talking(
      ends({ event: 'elapsed', ms: 900_000 }, 0, { code: 1000, reason: '' }),
      ...filling(6_000, 127_000, 20),
    ),
  ),
  scenario(
    'context/2-minutes-with-video',
    'session-token-limit',
    { ...vertex, microphone: { everyMs: 500 }, camera: {}, steps: turns(5, 20_000) },
    talking(
      ends({ event: 'elapsed', ms: 120_000 }, 0, { code: 1000, reason: '' }),
      ...filling(20_000, 126_500, 5),
    ),
  ),
  // A clean end without a text, and tokens far from the limit.
  scenario(
    'context/refused-few-tokens',
    'server-close-1000-empty',
    { ...vertex, microphone: { everyMs: 500 }, steps: turns(6, 10_000) },
    talking(ends({ event: 'elapsed', ms: 65_000 }, 0, { code: 1000, reason: '' }), ...filling(900, 4_000, 6)),
  ),
  scenario(
    'context/refused-compression',
    'server-close-1000-empty',
    {
      ...vertex,
      config: { contextWindowCompression: { slidingWindow: {} } },
      microphone: { everyMs: 500 },
      steps: turns(4, 10_000),
    },
    endingAt(210_000, { code: 1000, reason: '' }),
  ),
  scenario(
    'context/exhausted',
    'context-exhausted-1007',
    { microphone: { everyMs: 1_000 }, steps: turns(10, 30_000) },
    talking(ends({ event: 'user_turn', nth: 10 }, 150, invalidArgument), ...filling(10_000, 127_400, 9)),
  ),
  scenario(
    'context/exhausted-32k',
    'context-exhausted-1007',
    { model: models.halfCascade, microphone: { everyMs: 1_000 }, steps: turns(8, 30_000) },
    talking(ends({ event: 'user_turn', nth: 8 }, 150, invalidArgument), ...filling(5_000, 31_600, 7)),
  ),

  // Audio and video: about two minutes.
  scenario(
    'context/audio-video-95',
    'audio-video-1011-2min',
    { model: models.live31, microphone: { everyMs: 250 }, camera: {}, steps: turns(8, 12_000) },
    endingAt(95_000, internalErrorEncountered),
  ),
  scenario(
    'context/audio-video-118',
    'audio-video-1011-2min',
    { model: models.live31, microphone: { everyMs: 250 }, camera: {}, steps: turns(8, 12_000) },
    irregular(endingAt(118_000, internalErrorEncountered)),
  ),
  scenario(
    'context/audio-video-refused-young',
    'internal-generic-1011',
    { model: models.live31, microphone: { everyMs: 250 }, camera: {}, steps: turns(2, 6_000) },
    endingAt(14_000, internalErrorEncountered),
  ),
  scenario(
    'context/audio-only-refused',
    'internal-generic-1011',
    { model: models.live31, microphone: { everyMs: 250 }, steps: turns(8, 12_000) },
    endingAt(104_000, internalErrorEncountered),
  ),
];
