import { counted } from '../../conventions/words.ts';
import { isRetiredOrExperimental } from '../../models/lookup.ts';
import type { LiveModel } from '../../models/model.ts';
import { type SetupProblem, setupProblems } from '../../models/setup-problems.ts';
import type { SetupSummary } from '../../protocol/frame.ts';
import { list } from '../wording.ts';
import { liveModelOf } from './live-model.ts';
import type { Signals, SignalTest } from './signal.ts';

/** A language with a region, as in `ru-RU` or `es-419`. */
const regionSubtag = /^[a-z]{2,3}(?:-[a-z]{4})?-(?:[a-z]{2}|\d{3})(?:-|$)/i;
const requiredOfSchema = /(?:^|\.)required$/;
/** Empty fields that say something by being there, wherever they stand; the services take them. */
const tellingWhenEmpty: ReadonlySet<string> = new Set([
  'inputaudiotranscription',
  'outputaudiotranscription',
  'slidingwindow',
  'sessionresumption',
  'automaticactivitydetection',
  'googlesearch',
  'googlesearchretrieval',
  'codeexecution',
  'urlcontext',
  'googlemaps',
]);
/** The field with a model of this name that rejects it where others take it, as reported for the agents of LiveKit. */
const strictModel = /gemini-3\.1/;

const retired = problem('model_retired');

/** What the session was configured with. */
export const setupSignals = {
  model_2_0: { words: 'the model was of the 2.0 family', test: model(({ generation }) => generation === 2) },
  model_2_5_native_audio: {
    words: 'the model was a 2.5 native-audio one',
    test: model(({ generation, family }) => generation === 2.5 && family?.nativeAudio === true),
  },
  model_3: { words: 'the model was of the 3.x family', test: model(({ generation = 0 }) => generation >= 3) },
  model_3_1: {
    words: 'the model was of the 3.1 family',
    test: model(({ family }) => family?.generation === 3.1),
  },
  model_translation: {
    words: 'the model was one for translation',
    test: model(({ family }) => family?.kind === 'translation'),
  },
  model_retired_or_experimental: {
    words: 'the model was retired or experimental',
    test: (closure, ...rest) => {
      const found = liveModelOf(closure);
      if (found === undefined || !isRetiredOrExperimental(found)) return undefined;
      return retired(closure, ...rest) ?? `The model, ${found.name}, is experimental.`;
    },
  },
  modality_text: {
    words: 'text was asked for as response modality',
    test: configured(
      ({ responseModalities }) => responseModalities.includes('TEXT'),
      ({ responseModalities }) => `The response modalities were ${modalitiesOf(responseModalities)}.`,
    ),
  },
  modality_missing: {
    words: 'no response modality was set',
    test: configured(
      ({ responseModalities }) => responseModalities.length === 0,
      () => 'No response modality was given.',
    ),
  },
  modalities_two: {
    words: 'two response modalities were set',
    irregular: true,
    test: configured(
      ({ responseModalities }) => responseModalities.length > 1,
      ({ responseModalities }) =>
        `${responseModalities.length} response modalities were given: ${modalitiesOf(responseModalities)}.`,
    ),
  },
  modality_unsupported: {
    words: 'a response modality was asked for that the model does not have',
    irregular: true,
    test: problem('modality'),
  },
  affective_dialog_unsupported: {
    words: 'affective dialog was asked for, which the model does not have',
    irregular: true,
    test: problem('affective_dialog'),
  },
  proactivity_unsupported: {
    words: 'the setup had the field proactivity, which the model does not take',
    irregular: true,
    test: problem('proactivity'),
  },
  thinking_level_wrong: {
    words: 'the thinking level was missing or one that the model does not take',
    irregular: true,
    test: problem('thinking_level'),
  },
  behavior_unsupported: {
    words: 'functions were declared with a behavior that the model does not take',
    irregular: true,
    test: problem('behavior'),
  },
  language_code_set: {
    words: 'a language code was set',
    test: ({ setup }) =>
      setup?.languageCode === undefined
        ? undefined
        : `The language code was set to ${short(setup.languageCode)}.`,
  },
  voice_set: {
    words: 'a voice was set',
    test: ({ setup }) =>
      setup?.voice === undefined ? undefined : `The voice was set to ${short(setup.voice)}.`,
  },
  affective_dialog: {
    words: 'affective dialog was configured',
    test: configured(
      ({ affectiveDialog }) => affectiveDialog,
      () => 'Affective dialog was on.',
    ),
  },
  proactive_audio: {
    words: 'proactive audio was configured',
    test: configured(
      ({ proactiveAudio }) => proactiveAudio,
      () => 'Proactive audio was on.',
    ),
  },
  translation_region_subtag: {
    words: 'the target language of the translation had a region subtag',
    irregular: true,
    test: configured(
      ({ translationTargetLanguage: language }) => language !== undefined && regionSubtag.test(language),
      ({ translationTargetLanguage: language = '' }) =>
        `The target language of the translation, ${short(language)}, has a region.`,
    ),
  },
  thinking_configured: {
    words: 'thinking was configured',
    test: configured(
      ({ thinking }) => thinking,
      ({ thinkingLevel }) =>
        `Thinking was configured, ${thinkingLevel === undefined ? 'without' : 'with'} a thinking level.`,
    ),
  },
  empty_setup_fields: {
    words: 'the setup had empty fields',
    irregular: true,
    test: ({ setup }) => {
      if (setup === undefined || setup.emptyFields.length === 0) return undefined;
      const strict = strictModel.test(setup.model ?? '');
      const empty = setup.emptyFields.filter((path) => !isTelling(path, strict));
      return empty.length > 0
        ? `${counted(empty.length, 'field')} of the setup ${empty.length === 1 ? 'was' : 'were'} empty: ${list(empty.slice(0, 5))}.`
        : undefined;
    },
  },
  empty_required_in_schema: {
    words: 'a function schema had an empty required list',
    irregular: true,
    test: ({ setup }) => {
      const empty = setup?.emptyFields.filter((path) => requiredOfSchema.test(path)) ?? [];
      return empty.length > 0
        ? `${counted(empty.length, 'function schema')} had an empty \`required\`: ${empty[0]}.`
        : undefined;
    },
  },
  compression_empty: {
    words: 'context window compression was configured without a sliding window',
    irregular: true,
    test: configured(
      ({ emptyFields }) => emptyFields.some((path) => normal(path) === 'contextwindowcompression'),
      () => 'The context window compression was configured with nothing in it.',
    ),
  },
  tool_config_set: {
    words: 'the setup had a toolConfig',
    irregular: true,
    test: configured(
      ({ toolConfig }) => toolConfig,
      () => 'The setup had a toolConfig, which Live does not know.',
    ),
  },
  transcription_configured: {
    words: 'transcription was configured',
    test: configured(
      ({ inputTranscription, outputTranscription }) => inputTranscription || outputTranscription,
      ({ inputTranscription, outputTranscription }) =>
        `Transcription was configured for ${list([...(inputTranscription ? ['input'] : []), ...(outputTranscription ? ['output'] : [])])}.`,
    ),
  },
} as const satisfies Signals;

function configured(
  fits: (setup: SetupSummary) => boolean,
  sentence: (setup: SetupSummary) => string,
): SignalTest {
  return ({ setup }) => (setup !== undefined && fits(setup) ? sentence(setup) : undefined);
}

function model(fits: (model: LiveModel) => boolean): SignalTest {
  return (closure) => {
    const found = liveModelOf(closure);
    return found !== undefined && fits(found) ? `The model was ${found.name}.` : undefined;
  };
}

/** What the table of models has against the setup, and what it says to do. */
function problem(kind: SetupProblem['kind']): SignalTest {
  return ({ setup }) => {
    const found = setup && setupProblems(setup).find((each) => each.kind === kind);
    return found && `${found.message} ${found.remedy}`;
  };
}

/** Empty schemas, as of a function without parameters, are usual too; an empty `required` is a signal of its own. */
function isTelling(path: string, strict: boolean): boolean {
  if (normal(path).includes('functiondeclarations[')) return true;
  const name = normal(path.slice(path.lastIndexOf('.') + 1));
  return tellingWhenEmpty.has(name) && !(strict && name === 'sessionresumption');
}

/** Either spelling of a field as one. */
function normal(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Values that the application wrote itself, cut to what such a value can be. */
function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}

function modalitiesOf(modalities: readonly string[]): string {
  return list(modalities.slice(0, 5).map(short));
}
