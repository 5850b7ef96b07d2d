import { describe, expect, it } from 'vitest';
import type { setupSignals } from '../../../src/diagnosis/signals/setup.ts';
import { checkSignals, type SignalCase, sentenceOf } from './check-signals.ts';

checkSignals({
  model_2_0: {
    seen: { setup: { model: 'models/gemini-2.0-flash-live-001' } },
    sentence: 'The model was gemini-2.0-flash-live-001.',
    unseen: {},
  },
  model_2_5_native_audio: {
    seen: {
      setup: { model: 'projects/p/locations/l/publishers/google/models/gemini-live-2.5-flash-native-audio' },
    },
    sentence: 'The model was gemini-live-2.5-flash-native-audio.',
    unseen: { setup: { model: 'models/gemini-live-2.5-flash-preview' } },
  },
  model_3: {
    seen: { setup: { model: 'models/gemini-3.1-flash-live-preview' } },
    sentence: 'The model was gemini-3.1-flash-live-preview.',
    unseen: { setup: { model: undefined } },
  },
  model_3_1: {
    seen: { setup: { model: 'models/gemini-3.1-flash-live-preview' } },
    sentence: 'The model was gemini-3.1-flash-live-preview.',
    unseen: { setup: { model: 'models/gemini-3.8-live' } },
  },
  model_translation: {
    seen: { setup: { model: 'models/gemini-3.5-live-translate-preview' } },
    sentence: 'The model was gemini-3.5-live-translate-preview.',
    unseen: { setup: { model: 'models/gemini-3.5-transcribe-live' } },
  },
  modality_unsupported: {
    seen: { setup: { model: 'models/gemini-3.1-flash-live-preview', responseModalities: ['TEXT'] } },
    sentence:
      'The model gemini-3.1-flash-live-preview has no TEXT output, only AUDIO. Set responseModalities to AUDIO, and take the text from outputAudioTranscription.',
    unseen: { setup: { model: 'models/gemini-3.5-transcribe-live', responseModalities: ['TEXT'] } },
  },
  affective_dialog_unsupported: {
    seen: { setup: { model: 'models/gemini-3.8-live', affectiveDialog: true } },
    sentence:
      'The setup enables affective dialog, which the model gemini-3.8-live does not have. Take enableAffectiveDialog out of the setup.',
    unseen: { setup: { affectiveDialog: true } },
  },
  proactivity_unsupported: {
    seen: { setup: { model: 'models/gemini-3.8-live', proactivity: true } },
    sentence:
      'The setup has the field proactivity, which the model gemini-3.8-live refuses: it is always proactive. Take proactivity out of the setup.',
    unseen: { setup: { proactivity: true } },
  },
  thinking_level_wrong: {
    seen: {
      setup: {
        model: 'models/gemini-3.8-live-extended-thinking',
        thinking: true,
        thinkingLevel: 'MINIMAL',
      },
    },
    sentence:
      'The model gemini-3.8-live-extended-thinking does not take the thinking level MINIMAL. Set thinkingConfig.thinkingLevel to LOW, MEDIUM or HIGH.',
    unseen: {
      setup: { model: 'models/gemini-3.8-live-extended-thinking', thinking: true, thinkingLevel: 'LOW' },
    },
  },
  behavior_unsupported: {
    seen: {
      setup: { model: 'models/gemini-3.8-live-extended-thinking', blockingFunctionNames: ['find_flight'] },
    },
    sentence:
      'The setup declares functions BLOCKING, which the model gemini-3.8-live-extended-thinking does not take. Leave behavior out of the function declarations, or set it to NON_BLOCKING.',
    unseen: { setup: { model: 'models/gemini-3.8-live', blockingFunctionNames: ['find_flight'] } },
  },
  model_retired_or_experimental: {
    seen: { setup: { model: 'models/gemini-live-2.5-flash-preview-native-audio-09-2025' } },
    sentence:
      'The model gemini-live-2.5-flash-preview-native-audio-09-2025 was retired on 2026-08-27. Use gemini-live-2.5-flash-native-audio instead.',
    unseen: { setup: { model: 'models/gemini-expert' } },
  },
  modality_text: {
    seen: { setup: { responseModalities: ['TEXT'] } },
    sentence: 'The response modalities were TEXT.',
    unseen: {},
  },
  modality_missing: {
    seen: { setup: { responseModalities: [] } },
    sentence: 'No response modality was given.',
    unseen: { setup: undefined },
  },
  modalities_two: {
    seen: { setup: { responseModalities: ['AUDIO', 'TEXT'] } },
    sentence: '2 response modalities were given: AUDIO and TEXT.',
    unseen: { setup: { responseModalities: ['TEXT'] } },
  },
  language_code_set: {
    seen: { setup: { languageCode: 'de-DE' } },
    sentence: 'The language code was set to de-DE.',
    unseen: {},
  },
  voice_set: {
    seen: { setup: { voice: 'Kore' } },
    sentence: 'The voice was set to Kore.',
    unseen: {},
  },
  affective_dialog: {
    seen: { setup: { affectiveDialog: true } },
    sentence: 'Affective dialog was on.',
    unseen: { setup: { proactiveAudio: true } },
  },
  proactive_audio: {
    seen: { setup: { proactiveAudio: true } },
    sentence: 'Proactive audio was on.',
    unseen: { setup: { affectiveDialog: true } },
  },
  translation_region_subtag: {
    seen: { setup: { translationTargetLanguage: 'ru-RU' } },
    sentence: 'The target language of the translation, ru-RU, has a region.',
    unseen: { setup: { translationTargetLanguage: 'zh-Hant' } },
  },
  thinking_configured: {
    seen: { setup: { thinking: true } },
    sentence: 'Thinking was configured, without a thinking level.',
    unseen: {},
  },
  empty_setup_fields: {
    seen: { setup: { emptyFields: ['tools', 'inputAudioTranscription'] } },
    sentence: '1 field of the setup was empty: tools.',
    unseen: {
      setup: {
        emptyFields: [
          'tools[0].functionDeclarations[0].parameters.properties',
          'tools[1].googleSearch',
          'contextWindowCompression.slidingWindow',
          'sessionResumption',
        ],
      },
    },
  },
  empty_required_in_schema: {
    seen: { setup: { emptyFields: ['tools[0].functionDeclarations[0].parameters.required'] } },
    sentence:
      '1 function schema had an empty `required`: tools[0].functionDeclarations[0].parameters.required.',
    unseen: { setup: { emptyFields: ['tools[0].functionDeclarations'] } },
  },
  compression_empty: {
    seen: { setup: { emptyFields: ['context_window_compression'] } },
    sentence: 'The context window compression was configured with nothing in it.',
    unseen: { setup: { emptyFields: ['contextWindowCompression.slidingWindow'] } },
  },
  tool_config_set: {
    seen: { setup: { toolConfig: true } },
    sentence: 'The setup had a toolConfig, which Live does not know.',
    unseen: { setup: { functionNames: ['a'] } },
  },
  transcription_configured: {
    seen: { setup: { inputTranscription: true, outputTranscription: true } },
    sentence: 'Transcription was configured for input and output.',
    unseen: {},
  },
} satisfies Record<keyof typeof setupSignals, SignalCase>);

describe('an empty sessionResumption', () => {
  it('counts with a model that rejects it', () => {
    expect(
      sentenceOf('empty_setup_fields', {
        setup: { model: 'models/gemini-3.1-flash-live-preview', emptyFields: ['session_resumption'] },
      }),
    ).toBe('1 field of the setup was empty: session_resumption.');
  });
});

describe('a target language with a script', () => {
  it('has a region only where one follows', () => {
    expect(
      sentenceOf('translation_region_subtag', { setup: { translationTargetLanguage: 'zh-Hant-TW' } }),
    ).toBe('The target language of the translation, zh-Hant-TW, has a region.');
  });
});

describe('a model that Google shut down', () => {
  it('is called retired', () => {
    expect(
      sentenceOf('model_retired_or_experimental', {
        setup: { model: 'models/gemini-live-2.5-flash-preview' },
      }),
    ).toBe(
      'The model gemini-live-2.5-flash-preview was retired. Use gemini-2.5-flash-native-audio-preview-12-2025 instead.',
    );
    expect(
      sentenceOf('model_retired_or_experimental', { setup: { model: 'models/gemini-2.0-flash-exp' } }),
    ).toBe('The model, gemini-2.0-flash-exp, is experimental.');
  });
});
