import type { SetupSummary } from '../../protocol/frame.ts';
import { count, list } from '../wording.ts';
import { type ModelFamily, modelFamily } from './model-family.ts';
import type { SignalTest, SignalTests } from './signal-test.ts';

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

/** What the session was configured with. */
export const setupTests = {
  model_2_0: model(({ generation }) => generation === '2.0'),
  model_2_5_native_audio: model(({ generation, nativeAudio }) => generation === '2.5' && nativeAudio),
  model_3: model(({ generation }) => generation === '3'),
  model_retired_or_experimental: (closure) => {
    const family = modelFamily(closure);
    return family?.retiredOrExperimental === true
      ? `The model, ${family.name}, is retired or experimental.`
      : undefined;
  },
  modality_text: configured(
    ({ responseModalities }) => responseModalities.includes('TEXT'),
    ({ responseModalities }) => `The response modalities were ${modalitiesOf(responseModalities)}.`,
  ),
  modality_missing: configured(
    ({ responseModalities }) => responseModalities.length === 0,
    () => 'No response modality was given.',
  ),
  modalities_two: configured(
    ({ responseModalities }) => responseModalities.length > 1,
    ({ responseModalities }) =>
      `${responseModalities.length} response modalities were given: ${modalitiesOf(responseModalities)}.`,
  ),
  language_code_set: ({ setup }) =>
    setup?.languageCode === undefined
      ? undefined
      : `The language code was set to ${short(setup.languageCode)}.`,
  voice_set: ({ setup }) =>
    setup?.voice === undefined ? undefined : `The voice was set to ${short(setup.voice)}.`,
  affective_dialog: configured(
    ({ affectiveDialog }) => affectiveDialog,
    () => 'Affective dialog was on.',
  ),
  proactive_audio: configured(
    ({ proactiveAudio }) => proactiveAudio,
    () => 'Proactive audio was on.',
  ),
  translation_region_subtag: configured(
    ({ translationTargetLanguage: language }) => language !== undefined && regionSubtag.test(language),
    ({ translationTargetLanguage: language = '' }) =>
      `The target language of the translation, ${short(language)}, has a region.`,
  ),
  thinking_configured: configured(
    ({ thinking }) => thinking,
    ({ thinkingLevel }) => `Thinking was configured, ${thinkingLevel ? 'with' : 'without'} a thinking level.`,
  ),
  empty_setup_fields: ({ setup }) => {
    if (setup === undefined || setup.emptyFields.length === 0) return undefined;
    const strict = strictModel.test(setup.model ?? '');
    const empty = setup.emptyFields.filter((path) => !isTelling(path, strict));
    return empty.length > 0
      ? `${count(empty.length, 'field')} of the setup ${empty.length === 1 ? 'was' : 'were'} empty: ${list(empty.slice(0, 5))}.`
      : undefined;
  },
  empty_required_in_schema: ({ setup }) => {
    const empty = setup?.emptyFields.filter((path) => requiredOfSchema.test(path)) ?? [];
    return empty.length > 0
      ? `${count(empty.length, 'function schema')} had an empty \`required\`: ${empty[0]}.`
      : undefined;
  },
  compression_empty: configured(
    ({ emptyFields }) => emptyFields.some((path) => normal(path) === 'contextwindowcompression'),
    () => 'The context window compression was configured with nothing in it.',
  ),
  tool_config_set: configured(
    ({ toolConfig }) => toolConfig,
    () => 'The setup had a toolConfig, which Live does not know.',
  ),
  transcription_configured: configured(
    ({ inputTranscription, outputTranscription }) => inputTranscription || outputTranscription,
    ({ inputTranscription, outputTranscription }) =>
      `Transcription was configured for ${list([...(inputTranscription ? ['input'] : []), ...(outputTranscription ? ['output'] : [])])}.`,
  ),
} as const satisfies SignalTests;

function configured(
  fits: (setup: SetupSummary) => boolean,
  sentence: (setup: SetupSummary) => string,
): SignalTest {
  return ({ setup }) => (setup !== undefined && fits(setup) ? sentence(setup) : undefined);
}

function model(fits: (family: ModelFamily) => boolean): SignalTest {
  return (closure) => {
    const family = modelFamily(closure);
    return family !== undefined && fits(family) ? `The model was ${family.name}.` : undefined;
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
