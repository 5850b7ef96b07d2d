import type { CloseFrame } from '../../../src/testing/close-frames.ts';
import { closeFrames } from '../../../src/testing/close-frames.ts';
import type { Agent, Scenario } from '../scenario.ts';
import {
  caller,
  content,
  endingAt,
  ends,
  irregular,
  models,
  neighbours,
  refusing,
  say,
  scenario,
  talker,
  talking,
  tools,
  wait,
} from './words.ts';

const f = closeFrames;
const { invalidArgument, preconditionFailed } = f;
const vertex: Partial<Agent> = { api: 'vertex', model: models.vertex };
const speech = (more: object): Agent => ({ config: { speechConfig: more as never } });

/** Texts that name what is wrong with the setup, with a setup that is. */
const named: readonly (readonly [name: string, truth: string, close: CloseFrame, agent: Agent])[] = [
  ['model-retired', 'model-not-found-1008', f.modelNotFound, { model: models.halfCascade }],
  [
    'model-v1alpha',
    'model-not-found-1008',
    {
      code: 1008,
      reason:
        'models/gemini-9-live is not found for API version v1alpha, or is not supported for bidiGenerateContent. Call ListModels',
    },
    { model: 'gemini-9-live' },
  ],
  ['model-publisher', 'publisher-model-not-found-1008', f.publisherModelNotFound, vertex],
  [
    'model-publisher-region',
    'publisher-model-not-found-1008',
    {
      code: 1008,
      reason:
        'Publisher Model `projects/p-1/locations/us-east5/publishers/google/models/gemini-live-2.5-flash-native-audio` was not found',
    },
    vertex,
  ],
  ['model-not-live', 'model-not-live-1007', f.modelNotLive, { api: 'vertex', model: models.flashExp }],
  [
    'model-path',
    'resource-path-invalid-1007',
    f.resourceInvalid,
    {
      api: 'vertex',
      setup: {
        model: 'models/projects/p-1/locations/global/publishers/google/models/x',
        generationConfig: { responseModalities: ['AUDIO'] },
      },
    },
  ],
  [
    'modality-voices',
    'text-modality-voices-1007',
    f.textWithVoice,
    { setup: { model: `models/${models.native12}`, generationConfig: {} }, model: models.native12 },
  ],
  [
    'modality-combination',
    'modality-combination-1007',
    f.textModality,
    { config: { responseModalities: ['TEXT'] }, model: models.live38 },
  ],
  [
    'modality-vertex',
    'text-output-native-audio-1007',
    f.textOutputUnsupported,
    { api: 'vertex', model: 'gemini-live-2.5-flash', config: { responseModalities: ['TEXT'] } },
  ],
  [
    'modality-two',
    'two-modalities-1007',
    f.twoModalities,
    { config: { responseModalities: ['AUDIO', 'TEXT'] } },
  ],
  ['language', 'language-code-unsupported-1007', f.languageUnsupported, speech({ languageCode: 'en-IN' })],
  [
    'language-other',
    'language-code-unsupported-1007',
    {
      code: 1007,
      reason: "Unsupported language code 'pl' for model models/gemini-2.5-flash-native-audio-latest",
    },
    speech({ languageCode: 'pl' }),
  ],
  [
    'voice',
    'voice-unknown-1007',
    f.voiceUnknown,
    speech({ voiceConfig: { prebuiltVoiceConfig: { voiceName: 'alloy' } } }),
  ],
  [
    'voice-other',
    'voice-unknown-1007',
    { code: 1007, reason: 'No matching speaker voice found for name: shimmer' },
    speech({ voiceConfig: { prebuiltVoiceConfig: { voiceName: 'shimmer' } } }),
  ],
  ['voice-sample', 'custom-voice-wav-1007', f.voiceSampleInvalid, {}],
  [
    'field-affective',
    'unknown-field-1007',
    f.unknownSetupField,
    { setup: { model: 'models/x', enableAffectiveDialog: true } },
  ],
  ['field-affective-2', 'unknown-field-1007', f.unknownFieldAffectiveDialog, {}],
  [
    'field-initial-content',
    'unknown-field-1007',
    {
      code: 1007,
      reason: `Invalid JSON payload received. Unknown name "initial_content" at 'setup': Cannot find field.`,
    },
    {},
  ],
  [
    'enum-vad',
    'invalid-enum-or-oneof-1007',
    {
      code: 1007,
      reason:
        "Invalid value at 'setup.realtime_input_config.automatic_activity_detection.start_of_speech_sensitivity'",
    },
    {},
  ],
  ['enum-oneof', 'invalid-enum-or-oneof-1007', f.invalidOneof, {}],
  ['parameter', 'generation-param-unsupported-1007', f.parameterUnsupported, {}],
  [
    'parameter-presence',
    'generation-param-unsupported-1007',
    { code: 1007, reason: 'presence_penalty not supported in generation config' },
    {},
  ],
  ['thinking-level', 'thinking-level-required-1007', f.thinkingLevelRequired, { model: models.live38 }],
  [
    'compression-range',
    'compression-trigger-range-1007',
    f.compressionTriggerRange,
    { config: { contextWindowCompression: { triggerTokens: '2000', slidingWindow: {} } } },
  ],
  [
    'instruction',
    'system-instruction-too-long-1007',
    f.systemInstructionTooLong,
    { config: { systemInstruction: { parts: [{ text: 'Be brief. '.repeat(16_000) }] } } },
  ],
  [
    'code-execution',
    'code-execution-unsupported-1007',
    f.codeExecutionUnsupported,
    { config: { tools: [{ codeExecution: {} }] } },
  ],
  ['schema', 'tool-schema-invalid-1007', f.schemaInvalid, { config: { tools: [tools] } }],
  [
    'schema-other',
    'tool-schema-invalid-1007',
    {
      code: 1007,
      reason:
        '* BidiGenerateContentRequest.setup.tools[1].function_declarations[0].parameters.properties[tags].items: missing field.',
    },
    { config: { tools: [tools] } },
  ],
  [
    'tool-config',
    'tool-config-unknown-1007',
    f.toolConfigUnknown,
    { setup: { model: 'models/x', tools: [tools], toolConfig: { functionCallingConfig: { mode: 'ANY' } } } },
  ],
  [
    'tool-config-field',
    'tool-config-unknown-1007',
    {
      code: 1007,
      reason: `Invalid JSON payload received. Unknown name "toolConfig" at 'setup': Cannot find field.`,
    },
    { setup: { model: 'models/x', tools: [tools], toolConfig: {} } },
  ],
];

/** Texts that say who may not. */
const refused: readonly (readonly [name: string, truth: string, close: CloseFrame, agent: Agent])[] = [
  ['key-invalid', 'api-key-invalid-1007', f.keyInvalid, {}],
  ['key-expired', 'api-key-expired-1007', f.keyExpired, {}],
  ['unregistered', 'unregistered-caller-1008', f.callerUnregistered, { credential: 'none' }],
  ['auth-invalid', 'auth-invalid-1008', f.credentialsInvalid, {}],
  ['auth-invalid-vertex', 'auth-invalid-1008', f.credentialsInvalid, vertex],
  ['project-denied', 'project-denied-1008', f.projectDenied, {}],
  ['permission', 'vertex-permission-1008', f.permissionDenied, vertex],
  ['api-disabled', 'vertex-api-disabled-1008', f.apiDisabled, vertex],
  [
    'api-disabled-other',
    'vertex-api-disabled-1008',
    {
      code: 1008,
      reason:
        'Vertex AI API has not been used in project 123456 before or it is disabled. Enable it by visiting https://console.develope',
    },
    vertex,
  ],
  ['location', 'region-unsupported-1007', f.locationUnsupported, {}],
];

const invalidAt = (name: string, truth: string | readonly string[], agent: Agent, more = {}) =>
  scenario(`setup/${name}`, truth, agent, refusing(invalidArgument), more);

/** The setup is wrong, or the one who sends it. */
export const setupScenarios: readonly Scenario[] = [
  ...named.map(([name, truth, close, agent]) => scenario(`setup/${name}`, truth, agent, refusing(close))),
  ...refused.map(([name, truth, close, agent]) =>
    scenario(`credentials/${name}`, truth, agent, refusing(close)),
  ),
  // Other sessions and earlier ones change nothing about a text that names its cause.
  scenario(
    'setup/model-retired-neighbours',
    'model-not-found-1008',
    { model: models.halfCascade },
    refusing(f.modelNotFound),
    { before: neighbours(6), atMs: 1_000 },
  ),
  scenario('credentials/key-invalid-after-healthy', 'api-key-invalid-1007', {}, refusing(f.keyInvalid), {
    before: [{ agent: talker(), service: endingAt(12_000, f.internalError) }],
  }),
  scenario(
    'credentials/token-as-key',
    'unregistered-caller-1008',
    { credential: 'ephemeral_token' },
    refusing(f.callerUnregistered),
  ),

  // "Request contains an invalid argument", before setupComplete.
  invalidAt('audio-and-text', 'audio-text-invalid-argument-1007', {
    config: { responseModalities: ['AUDIO', 'TEXT'] },
  }),
  invalidAt('search-and-functions', 'google-search-plus-functions-1007', {
    model: models.flash20,
    config: { tools: [{ googleSearch: {} }, tools] },
  }),
  invalidAt(
    'search-and-functions-neighbours',
    'google-search-plus-functions-1007',
    { model: models.flash20, config: { tools: [tools, { googleSearch: {} }] } },
    { before: neighbours(2), atMs: 800 },
  ),
  invalidAt('search-and-functions-3.8', 'early-close-invalid-argument-1007', {
    model: models.live38,
    config: { tools: [{ googleSearch: {} }, tools] },
  }),
  invalidAt('search-alone', 'early-close-invalid-argument-1007', {
    model: models.flash20,
    config: { tools: [{ googleSearch: {} }] },
  }),
  invalidAt('empty-tools-3.1', 'setup-empty-fields-1007', {
    model: models.live31,
    setup: {
      model: 'models/gemini-3.1-flash-live-preview',
      generationConfig: { responseModalities: ['AUDIO'] },
      tools: [],
    },
  }),
  invalidAt('empty-resumption-3.1', 'setup-empty-fields-1007', {
    model: models.live31,
    setup: {
      model: 'models/gemini-3.1-flash-live-preview',
      generationConfig: { responseModalities: ['AUDIO'] },
      sessionResumption: {},
    },
  }),
  invalidAt('empty-compression', 'compression-rejected', {
    model: models.native12,
    config: { contextWindowCompression: {} },
  }),
  invalidAt('nothing-known', 'early-close-invalid-argument-1007', {}),
  invalidAt('nothing-known-vertex', 'early-close-invalid-argument-1007', {
    ...vertex,
    config: { temperature: 0.4 },
  }),
  scenario(
    'setup/compression-not-implemented',
    'compression-rejected',
    { model: models.native12, config: { contextWindowCompression: {} } },
    refusing(f.notImplementedSetup),
  ),
  scenario(
    'setup/empty-required',
    'tool-schema-empty-required-1008',
    {
      config: {
        tools: [
          {
            functionDeclarations: [
              {
                name: 'now',
                parameters: { type: 'OBJECT', properties: { zone: { type: 'STRING' } }, required: [] },
              },
            ],
          },
        ],
      },
    },
    refusing(f.notImplemented),
  ),

  // Accepted as setup, refused when it is used.
  ...[models.live38, models.live31].map((model) =>
    scenario(
      `setup/affective-${model.slice(7, 10)}`,
      'affective-dialog-deferred-1007',
      { model, config: { enableAffectiveDialog: true }, microphone: { fromMs: 400 } },
      talking(ends({ event: 'audio', nth: 1 }, [0, 200], invalidArgument)),
    ),
  ),
  scenario(
    'setup/affective-content',
    'affective-dialog-deferred-1007',
    { model: models.live38, config: { enableAffectiveDialog: true }, steps: [wait(700), content('Hello')] },
    talking(ends({ event: 'client_content' }, 90, invalidArgument)),
  ),
  scenario(
    'setup/translate-region',
    'translate-region-subtag-deferred-1007',
    {
      model: models.translate,
      setup: {
        model: `models/${models.translate}`,
        generationConfig: {
          responseModalities: ['AUDIO'],
          translationConfig: { targetLanguageCode: 'ru-RU' },
        },
      },
      microphone: { fromMs: 100 },
    },
    talking(ends({ event: 'audio', nth: 8 }, 200, invalidArgument)),
  ),
  scenario(
    'setup/first-chunk',
    'first-mic-chunk-1007',
    { model: models.native12, microphone: { fromMs: 200 } },
    talking(ends({ event: 'audio', nth: 1 }, [0, 200], invalidArgument)),
  ),
  scenario(
    'setup/first-chunk-noisy',
    'first-mic-chunk-1007',
    { model: models.native12, config: { tools: [tools] }, microphone: { fromMs: 900 } },
    irregular(talking(ends({ event: 'audio', nth: 1 }, 120, invalidArgument))),
    { before: neighbours(3), atMs: 500 },
  ),
  // The same model and text, minutes later: no first chunk, and nothing else that is known.
  scenario(
    'setup/first-chunk-refused-late',
    ['alpha-instability-1007-legacy', 'unknown'],
    { model: models.native12, microphone: { everyMs: 500 } },
    endingAt(70_000, invalidArgument),
    { hypotheses: ['not_established', 'internal_error'] },
  ),

  // Order of messages.
  scenario(
    'setup/twice',
    'setup-twice-1007',
    {
      microphone: { fromMs: 100 },
      steps: [wait(600), { do: 'send', message: { setup: { model: 'models/x' } } }],
    },
    { ...talking(), behaviour: { secondSetup: invalidArgument } },
  ),
  scenario(
    'setup/twice-named',
    'setup-twice-1007',
    { steps: [wait(600), { do: 'send', message: { setup: { model: 'models/x' } } }] },
    talking(),
  ),
  scenario(
    'setup/audio-before-complete',
    'setup-not-first-1007',
    { early: [{ realtimeInput: { audio: { data: 'AAAA', mimeType: 'audio/pcm;rate=16000' } } }] },
    talking({ on: { event: 'setup' }, do: [{ do: 'wait', ms: 300 }, { do: 'setup_complete' }] }),
  ),
  scenario(
    'setup/not-first-later',
    'setup-not-first-1007',
    talker({ model: models.live31 }),
    endingAt(16_000, f.setupFirst),
  ),
  scenario(
    'setup/precondition',
    'client-content-text-mode-precondition-1007',
    {
      model: models.halfCascade,
      config: { responseModalities: ['TEXT'] },
      steps: [wait(300), content('Hello')],
    },
    talking(ends({ event: 'client_content' }, 100, preconditionFailed)),
  ),
  scenario(
    'setup/precondition-handle',
    'client-content-text-mode-precondition-1007',
    { handle: { text: 'reused' }, steps: [] },
    refusing(preconditionFailed),
  ),
  scenario(
    'setup/json-not-accepted',
    'code-execution-output-1008-json',
    caller({}, { config: { tools: [{ codeExecution: {} }] }, steps: [wait(500), say, wait(9_000), say] }),
    talking(ends({ event: 'user_turn', nth: 2 }, 90, f.codeOutputNotJson), {
      on: { event: 'user_turn', nth: 1 },
      do: [{ do: 'code', code: 'plot()' }, { do: 'speak', ms: 500 }, { do: 'turn_complete' }],
    }),
  ),
];
