/**
 * Pairs with the same close code and text that only what was seen tells apart, through `observe` and the whole catalogue.
 */
import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { noOthers, type OtherSessions } from '../../src/diagnosis/others.ts';
import { musicFacts } from '../support/music-facts.ts';
import { answered, type ClosureFields, closureOf, end, pending, start } from './closures.ts';

const notImplemented = { code: 1008, reason: 'Operation is not implemented, or supported, or enabled.' };
const aborted = { code: 1008, reason: 'The operation was aborted.' };
const notFound = { code: 1008, reason: 'Requested entity was not found.' };
const invalid = { code: 1007, reason: 'Request contains an invalid argument.' };
const internal = { code: 1011, reason: 'Internal error encountered.' };
const noFrame = { code: 1006, reason: '', initiator: 'network', wasClean: false } as const;

const regular: ClosureFields = { setup: { contextWindowCompression: false } };
const inSetup: ClosureFields = { phase: 'setup', connectionAgeMs: 400, sentAudioFrames: 0 };
const aged = (ms: number): ClosureFields => ({
  connectionAgeMs: ms,
  activeMs: ms - 300,
  conversationAgeMs: ms,
});
const goAway: ClosureFields = {
  phase: 'after_go_away',
  goAway: { agoMs: 50_500, timeLeftMs: 50_000, deadlinePassed: true },
};
const resumed: ClosureFields = { resumption: { resumed: true, requested: true, handleAgeMs: 60_000 } };
const content: ClosureFields = {
  preceding: 'client_content',
  precedingAgoMs: 100,
  lastSentNotable: { kind: 'client_content', bytes: 200, agoMs: 100 },
};
const model3: ClosureFields = { setup: { model: 'models/gemini-3.1-flash-live-preview' } };
const video: ClosureFields = { sentVideoFrames: 95 };
const lyria: ClosureFields = { music: musicFacts(), setup: { model: 'models/lyria-realtime-exp' } };
const race = pending({ inputWhilePending: { frames: 37, audioFrames: 37, lastAt: end - 20 } });

interface Case {
  readonly cause: string;
  readonly when: string;
  readonly fields: readonly ClosureFields[];
  readonly others?: Partial<OtherSessions>;
}

const cases: readonly Case[] = [
  {
    when: 'music of a model that makes none',
    cause: 'music-model-other',
    fields: [{ code: 1008, reason: '' }, inSetup, { music: musicFacts() }],
  },
  {
    when: 'music that was configured out of range',
    cause: 'music-config-out-of-range',
    fields: [
      invalid,
      lyria,
      { music: musicFacts({ config: ['bpm=300'], outOfRange: ['bpm'] }), setup: lyria.setup },
    ],
  },
  {
    when: 'music before its setup was complete',
    cause: 'music-sent-before-setup',
    fields: [
      { code: 1007, reason: '' },
      inSetup,
      lyria,
      { input: { sentBeforeSetupComplete: true }, activeMs: undefined },
    ],
  },
  {
    when: 'music of ten minutes',
    cause: 'music-session-limit',
    fields: [{ code: 1011, reason: '' }, lyria, aged(600_000)],
  },
  { when: 'music that played well', cause: 'internal-generic-1011', fields: [internal, lyria] },
  {
    when: 'input while a call is pending',
    cause: 'tool-pending-realtime-input-1008',
    fields: [notImplemented, race],
  },
  {
    when: 'a file in the content',
    cause: 'client-content-file-data-1008',
    fields: [notImplemented, content, { input: { contentPartKinds: ['text', 'file_data'] } }],
  },
  {
    when: 'seeded audio of 24 kHz',
    cause: 'seed-audio-rate-1008',
    fields: [
      notImplemented,
      content,
      { input: { contentPartKinds: ['inline_data'], contentAudioRates: [24_000] } },
    ],
  },
  { when: 'nothing of note', cause: 'unimplemented-generic-1008', fields: [notImplemented, regular] },

  {
    when: '150 s without a sign of the user',
    cause: 'idle-aborted-1008',
    fields: [aborted, aged(150_400), { msSinceUserActivity: 150_000, lastOutputAgoMs: undefined }],
  },
  {
    when: 'goAway and its deadline',
    cause: 'lifetime-aborted-1008',
    fields: [aborted, aged(590_000), goAway],
  },
  { when: 'neither of them', cause: 'unknown', fields: [aborted] },

  {
    when: 'a handle, before setupComplete',
    cause: 'resume-handle-unknown-1008',
    fields: [notFound, inSetup, resumed],
  },
  {
    when: 'a tool response just before',
    cause: 'tool-response-1008-not-found',
    fields: [notFound, answered()],
  },
  {
    when: 'a response to a call of an earlier connection',
    cause: 'tool-response-after-reconnect-orphan',
    fields: [notFound, answered({}, { idMatch: 'earlier_connection' }), resumed],
  },

  {
    when: 'clientContent after audio',
    cause: 'client-content-interleaved-1007',
    fields: [invalid, content, { input: { clientContentAfterAudio: true } }],
  },
  {
    when: 'clientContent on a 3.x model',
    cause: 'client-content-3x-1007',
    fields: [invalid, content, model3, { input: { clientContentAfterFirstTurn: true } }],
  },
  {
    when: 'a turn without a role',
    cause: 'client-content-missing-role-1007',
    fields: [invalid, content, { input: { contentRolesMissing: true } }],
  },
  {
    when: 'a second setup',
    cause: 'setup-twice-1007',
    fields: [invalid, { input: { setupSentTwice: true } }],
  },
  {
    when: 'audio before activityStart',
    cause: 'audio-before-activity-start-1007',
    fields: [
      invalid,
      { setup: { automaticActivityDetection: false }, input: { audioBeforeActivityStart: true } },
    ],
  },
  {
    when: 'a setup refused without a hint',
    cause: 'early-close-invalid-argument-1007',
    fields: [invalid, inSetup, regular],
  },
  {
    when: 'the history sent again after a resumption',
    cause: 'resume-reseed-storm-1007',
    fields: [invalid, content, model3, resumed, aged(1_500), { input: { clientContentAfterResume: true } }],
  },
  { when: 'nothing of note', cause: 'unknown', fields: [invalid, regular] },

  {
    when: 'a tool response just before',
    cause: 'tool-response-1011-internal',
    fields: [internal, answered()],
  },
  {
    when: 'a large one just before',
    cause: 'tool-response-large-1011',
    fields: [internal, answered({ bytes: 20_000 })],
  },
  {
    when: 'input while a call is pending',
    cause: 'tool-pending-realtime-input-1011',
    fields: [internal, race],
  },
  {
    when: 'video for 95 s',
    cause: 'audio-video-1011-2min',
    fields: [internal, aged(95_000), video, regular],
  },
  { when: 'an age of ten minutes', cause: 'lifetime-1011-internal-10min', fields: [internal, aged(600_000)] },
  {
    when: 'a handle that failed before',
    cause: 'resume-poisoned-context-1011',
    fields: [internal, aged(2_000), resumed],
    others: { handleFailures: 2 },
  },
  { when: 'nothing of note', cause: 'internal-generic-1011', fields: [internal] },

  {
    when: 'the same odd age as before',
    cause: 'proxy-idle-reap-1006',
    fields: [noFrame, aged(125_800), { quietMs: 125_000 }],
    others: {
      recent: [
        {
          at: start - 200_000,
          code: 1006,
          reason: '',
          expected: false,
          connectionAgeMs: 125_600,
          conversationId: 'earlier',
        },
      ],
    },
  },
  { when: 'nothing of note', cause: 'abnormal-1006', fields: [noFrame] },
];

test.each(
  cases.map(
    (one) => [`${one.fields[0]?.code} ${one.fields[0]?.reason ?? ''}`, one.when, one.cause, one] as const,
  ),
)('%s with %s is %s', (_, _when, cause, { fields, others }) => {
  const closure = closureOf(merge(fields));
  expect(diagnose(closure, { ...noOthers, ...others }).cause).toBe(cause);
});

/** One over the other; of setup, input and resumption, field by field. */
function merge(fields: readonly ClosureFields[]): ClosureFields {
  return {
    ...Object.assign({}, ...fields),
    setup: Object.assign({}, ...fields.map(({ setup }) => setup)),
    input: Object.assign({}, ...fields.map(({ input }) => input)),
    resumption: Object.assign({}, ...fields.map(({ resumption }) => resumption)),
  };
}
