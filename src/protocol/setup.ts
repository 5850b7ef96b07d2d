import { clientFields } from '../conventions/wire.ts';
import { emptyFieldsOf } from './empty-fields.ts';
import {
  bothSpellings,
  field,
  flagField,
  isObject,
  type JsonObject,
  numberField,
  objectField,
  objectsField,
  snakeCase,
  textField,
  textsField,
} from './fields.ts';
import type { SetupSummary } from './frame.ts';
import { hashHandle } from './handle-hash.ts';
import { unknownFieldsOf } from './unknown-fields.ts';

const maximumToolKinds = 32;

const knownFields = bothSpellings(clientFields.setup);

function voiceOf(speech: JsonObject | undefined): string | undefined {
  const voice = objectField(speech, 'voiceConfig');
  return textField(objectField(voice, 'prebuiltVoiceConfig'), 'voiceName') ?? textField(voice, 'voice');
}

const none: readonly string[] = Object.freeze([]);

/** Most lists of most sessions are empty, and each open session keeps its own. */
const listOf = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? none : texts);

const namesOf = (declarations: readonly JsonObject[]): readonly string[] =>
  listOf(
    declarations.map((declaration) => textField(declaration, 'name')).filter((name) => name !== undefined),
  );

function toolsOf(setup: JsonObject) {
  const tools = objectsField(setup, 'tools');
  const declarations = tools.flatMap((tool) => objectsField(tool, 'functionDeclarations'));
  const kinds = new Set(tools.flatMap((tool) => Object.keys(tool)).map(snakeCase));
  return {
    functionNames: namesOf(declarations),
    nonBlockingFunctionNames: namesOf(declarations.filter((each) => each.behavior === 'NON_BLOCKING')),
    blockingFunctionNames: namesOf(declarations.filter((each) => each.behavior === 'BLOCKING')),
    toolKinds: listOf([...kinds].slice(0, maximumToolKinds)),
  };
}

function generationOf(generation: JsonObject | undefined) {
  const speech = objectField(generation, 'speechConfig');
  const optional = {
    languageCode: textField(speech, 'languageCode'),
    voice: voiceOf(speech),
    temperature: numberField(generation, 'temperature'),
    topP: numberField(generation, 'topP'),
    topK: numberField(generation, 'topK'),
    maxOutputTokens: numberField(generation, 'maxOutputTokens'),
    thinkingLevel: textField(objectField(generation, 'thinkingConfig'), 'thinkingLevel'),
  };
  const { languageCode, voice, temperature, topP, topK, maxOutputTokens, thinkingLevel } = optional;
  return {
    responseModalities: listOf(textsField(generation, 'responseModalities')),
    ...(languageCode !== undefined && { languageCode }),
    ...(voice !== undefined && { voice }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(thinkingLevel !== undefined && { thinkingLevel }),
    affectiveDialog: flagField(generation, 'enableAffectiveDialog'),
    thinking: field(generation, 'thinkingConfig') !== undefined,
  };
}

/** A string or a content: its parts' texts count together. */
function instructionCharacters(setup: JsonObject): number | undefined {
  const instruction = field(setup, 'systemInstruction');
  if (typeof instruction === 'string') return instruction.length;
  return instruction === undefined || !isObject(instruction)
    ? undefined
    : objectsField(instruction, 'parts').reduce(
        (sum, part) => sum + (textField(part, 'text')?.length ?? 0),
        0,
      );
}

function optionsOf(setup: JsonObject) {
  const compression = objectField(setup, 'contextWindowCompression');
  const translation =
    objectField(objectField(setup, 'generationConfig'), 'translationConfig') ??
    objectField(setup, 'translationConfig');
  const compressionTriggerTokens = numberField(compression, 'triggerTokens');
  const translationTargetLanguage = textField(translation, 'targetLanguageCode');
  const systemInstructionCharacters = instructionCharacters(setup);
  const unknownFields = unknownFieldsOf(setup, knownFields);
  return {
    ...(compressionTriggerTokens !== undefined && { compressionTriggerTokens }),
    ...(translationTargetLanguage !== undefined && { translationTargetLanguage }),
    ...(systemInstructionCharacters !== undefined && { systemInstructionCharacters }),
    toolConfig: field(setup, 'toolConfig') !== undefined,
    initialHistoryInClientContent: flagField(
      objectField(setup, 'historyConfig'),
      'initialHistoryInClientContent',
    ),
    ...(unknownFields.length > 0 && { unknownFields }),
  };
}

/** The configuration of a session, from its `setup` message. Instructions, schemas and the handle stay out. */
export function summarizeSetup(setup: JsonObject): SetupSummary {
  const model = textField(setup, 'model');
  const detection = objectField(objectField(setup, 'realtimeInputConfig'), 'automaticActivityDetection');
  const resumption = objectField(setup, 'sessionResumption');
  const handle = textField(resumption, 'handle');
  return {
    ...(model !== undefined && { model }),
    ...generationOf(objectField(setup, 'generationConfig')),
    ...toolsOf(setup),
    ...optionsOf(setup),
    automaticActivityDetection: !flagField(detection, 'disabled'),
    contextWindowCompression: field(setup, 'contextWindowCompression') !== undefined,
    inputTranscription: field(setup, 'inputAudioTranscription') !== undefined,
    outputTranscription: field(setup, 'outputAudioTranscription') !== undefined,
    resumption: resumption !== undefined,
    transparentResumption: flagField(resumption, 'transparent'),
    ...(handle !== undefined && { handleHash: hashHandle(handle) }),
    proactiveAudio: flagField(objectField(setup, 'proactivity'), 'proactiveAudio'),
    proactivity: field(setup, 'proactivity') !== undefined,
    emptyFields: listOf(emptyFieldsOf(setup)),
  };
}
