import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { Agent, Scenario, SessionPlan } from '../scenario.ts';
import {
  caller,
  calling,
  does,
  endingAt,
  irregular,
  models,
  neighbours,
  patient,
  say,
  scenario,
  script,
  talker,
  talking,
  turns,
  wait,
} from './words.ts';

const drop = { do: 'drop' } as const;
const dropAt = (ms: number) => talking(does({ event: 'elapsed', ms }, drop));
const reap = talking(does({ event: 'line_silent', ms: 126_000 }, drop));
const quiet: Agent = { steps: [wait(500), say] };
const reaped: SessionPlan = { agent: quiet, service: reap, pauseMs: 5_000 };
const relay = (code: number, reason: string, ms = 14_000) => endingAt(ms, { code, reason });

/** Ends of the wire, of the application and of the process. */
export const transportScenarios: readonly Scenario[] = [
  scenario('transport/drop', 'abnormal-1006', talker(), dropAt(13_700)),
  scenario(
    'transport/drop-mid-speech',
    'abnormal-1006',
    talker(),
    talking(does({ event: 'user_turn' }, { do: 'speak', ms: 700 }, drop)),
  ),
  scenario(
    'transport/drop-after-response',
    'abnormal-1006',
    caller(),
    calling(does({ event: 'tool_response' }, { do: 'wait', ms: 80 }, drop)),
  ),
  scenario(
    'transport/drop-while-pending',
    'abnormal-1006',
    caller({ afterMs: 8_000 }, { microphone: { fromMs: 50 } }),
    calling(does({ event: 'call_unanswered', ms: 1_200 }, drop)),
  ),
  scenario(
    'transport/drop-large-response',
    'abnormal-1006',
    caller({ bytes: 300_000 }),
    calling(does({ event: 'tool_response' }, { do: 'wait', ms: 60 }, drop)),
  ),
  scenario('transport/drop-neighbours', 'abnormal-1006', talker(), irregular(dropAt(13_700)), {
    before: neighbours(3),
    atMs: 1_900,
  }),
  scenario(
    'transport/drop-event-loop',
    'abnormal-1006',
    talker({ eventLoopDelayMs: 24_000 }),
    dropAt(41_000),
  ),
  scenario(
    'transport/drop-vertex',
    'abnormal-1006',
    talker({ api: 'vertex', model: models.vertex }),
    dropAt(77_000),
  ),
  scenario(
    'transport/drop-in-setup',
    ['abnormal-1006', 'binary-frames-not-decoded-1006'],
    {},
    script([{ on: { event: 'setup' }, do: [{ do: 'wait', ms: 400 }, drop] }]),
    { hypotheses: ['connection', 'client'] },
  ),
  scenario('transport/reaped', 'proxy-idle-reap-1006', quiet, reap, {
    before: [reaped, reaped],
    pauseMs: 5_000,
  }),
  scenario('transport/reaped-fourth', 'proxy-idle-reap-1006', quiet, irregular(reap), {
    before: [reaped, reaped, reaped],
    pauseMs: 60_000,
  }),
  // Once only: nothing tells the proxy from any other loss of the line.
  scenario('transport/reaped-once', ['proxy-idle-reap-1006', 'abnormal-1006'], quiet, reap),
  scenario(
    'transport/reaped-refused-other-ages',
    'abnormal-1006',
    talker({ steps: turns(6) }),
    dropAt(47_000),
    {
      before: [
        { agent: talker(), service: dropAt(12_000) },
        { agent: talker(), service: dropAt(29_500), pauseMs: 2_000 },
      ],
      pauseMs: 3_000,
    },
  ),
  scenario(
    'transport/zombie',
    'idle-zombie-no-close',
    {
      steps: [
        wait(500),
        say,
        wait(620_000),
        say,
        wait(9_000),
        { do: 'send', message: { realtimeInput: { text: 'Still there?' } } },
      ],
    },
    script([
      does({ event: 'user_turn', nth: 2 }, { do: 'mute' }, { do: 'wait', ms: 15_000 }, drop),
      { on: { event: 'user_turn' }, do: [{ do: 'speak', ms: 500 }, { do: 'turn_complete' }] },
    ]),
  ),
  scenario(
    'transport/keepalive',
    'keepalive-ping-timeout-1011',
    talker(),
    endingAt(41_000, closeFrames.keepaliveTimeout),
  ),
  scenario(
    'transport/keepalive-text',
    'keepalive-ping-timeout-1011',
    talker({ eventLoopDelayMs: 21_000 }),
    endingAt(61_000, { code: 1011, reason: 'keepalive ping timeout; no close frame received' }),
  ),
  ...[404, 401, 429, 400, 403, 502].map((status) =>
    scenario(`transport/handshake-${status}`, 'handshake-rejected', {}, { handshakeStatus: status }),
  ),
  scenario('transport/unreachable', 'service-unreachable', {}, { unopened: 'refused' }),
  scenario('transport/unknown-host', 'service-unreachable', {}, { unopened: 'unknown_host' }),
  scenario('transport/reset-before-open', 'handshake-reset', {}, { unopened: 'reset' }),
  scenario('transport/certificate', 'certificate-refused', {}, { unopened: 'certificate' }),
  scenario('transport/other-protocol', 'handshake-wrong-protocol', {}, { unopened: 'other_protocol' }),
  scenario('transport/relay-1012', 'own-relay-code', talker(), relay(1012, 'service restart')),
  scenario('transport/relay-1001', 'own-relay-code', talker(), relay(1001, '')),
  scenario('transport/relay-1013', 'own-relay-code', talker(), relay(1013, 'try again later')),
  scenario(
    'transport/relay-4029',
    'own-relay-code',
    caller(),
    calling({
      on: { event: 'tool_response' },
      do: [
        { do: 'wait', ms: 100 },
        { do: 'close', code: 4029, reason: 'usage limit' },
      ],
    }),
  ),
  scenario('transport/relay-4000', 'own-relay-code', talker(), irregular(relay(4000, 'server_shutdown'))),

  scenario(
    'client/closes',
    'client-closed-normal',
    { microphone: { fromMs: 50 }, steps: [...turns(2), { do: 'close' }] },
    talking(),
  ),
  scenario(
    'client/closes-mid-call',
    'client-closed-normal',
    caller({ afterMs: 9_000 }, { steps: [wait(500), say, { do: 'await_call' }, wait(900), { do: 'close' }] }),
    calling(),
  ),
  scenario(
    'client/closes-after-go-away',
    'client-closed-normal',
    patient(10, { steps: [wait(546_000), { do: 'close' }] }),
    talking(does({ event: 'elapsed', ms: 540_000 }, { do: 'go_away', timeLeftMs: 50_000 })),
  ),
  scenario(
    'client/closes-after-response',
    'client-closed-normal',
    caller({ bytes: 90_000 }, { steps: [wait(500), say, { do: 'await_call' }, wait(400), { do: 'close' }] }),
    irregular(calling()),
    { before: neighbours(2), atMs: 500 },
  ),
  ...(['signal', 'exit', 'uncaught_exception', 'unhandled_rejection', 'empty_event_loop'] as const).map(
    (ending) =>
      scenario(
        `process/${ending}`,
        'process-exited',
        { microphone: { fromMs: 50 }, steps: [...turns(1), { do: 'process_ends', ending }] },
        talking(),
      ),
  ),

  // Silences that are no end of the socket.
  scenario('stall/unanswered', 'stall-unanswered-tool-call', caller({ afterMs: 'never' }), calling(), {
    stall: true,
  }),
  scenario(
    'stall/unanswered-open-microphone',
    'stall-unanswered-tool-call',
    caller({ afterMs: 'never' }, { microphone: { everyMs: 500 } }),
    irregular(calling()),
    { stall: true },
  ),
  scenario(
    'stall/no-setup-complete',
    'stall-no-setup-complete',
    { config: { enableAffectiveDialog: true }, model: models.live31 },
    script([{ on: { event: 'setup' }, do: [{ do: 'mute' }] }]),
    { stall: true },
  ),
  scenario(
    'stall/3.1-after-response',
    'stall-3x-blocking-after-tool-response',
    caller({}, { model: models.live31 }),
    talking({ on: { event: 'user_turn' }, do: [{ do: 'tool_call', calls: [{}] }] }),
    { stall: true },
  ),
  scenario(
    'stall/heard-and-not-answered',
    'stall-no-generation',
    {
      model: models.live31,
      microphone: { everyMs: 200 },
      config: { inputAudioTranscription: {} },
      steps: [wait(800), { do: 'speak', ms: 1_200 }],
    },
    script([does({ event: 'user_turn' }, { do: 'input_transcription', text: 'Hello?' })]),
    { stall: true },
  ),
  scenario(
    'stall/text-not-answered',
    'stall-no-generation',
    talker({ steps: [wait(500), say] }),
    script([{ on: { event: 'user_turn' }, do: [{ do: 'mute' }] }]),
    { stall: true },
  ),
  scenario(
    'stall/resumed-no-generation',
    'stall-post-resume-no-generation',
    {
      handle: 'last',
      microphone: { everyMs: 200 },
      config: { inputAudioTranscription: {} },
      steps: [wait(800), { do: 'speak', ms: 1_200 }],
    },
    script([does({ event: 'user_turn' }, { do: 'input_transcription', text: 'Hello?' })]),
    {
      stall: true,
      before: [
        {
          agent: talker({
            config: { sessionResumption: {} },
            steps: [wait(500), say, wait(6_000), { do: 'close' }],
          }),
          service: talking(),
        },
      ],
      pauseMs: 600,
    },
  ),
];
