import { emptyFieldsOf } from './empty-fields.ts';
import {
  field,
  flagField,
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

const maximumToolKinds = 32;

function voiceOf(speech: JsonObject | undefined): string | undefined {
  const voice = objectField(speech, 'voiceConfig');
  return textField(objectField(voice, 'prebuiltVoiceConfig'), 'voiceName') ?? textField(voice, 'voice');
}

const namesOf = (declarations: readonly JsonObject[]): readonly string[] =>
  declarations.map((declaration) => textField(declaration, 'name')).filter((name) => name !== undefined);

function toolsOf(setup: JsonObject) {
  const tools = objectsField(setup, 'tools');
  const declarations = tools.flatMap((tool) => objectsField(tool, 'functionDeclarations'));
  const kinds = new Set(tools.flatMap((tool) => Object.keys(tool)).map(snakeCase));
  return {
    functionNames: namesOf(declarations),
    nonBlockingFunctionNames: namesOf(declarations.filter((each) => each.behavior === 'NON_BLOCKING')),
    toolKinds: [...kinds].slice(0, maximumToolKinds),
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
  };
  const { languageCode, voice, temperature, topP, topK, maxOutputTokens } = optional;
  return {
    responseModalities: textsField(generation, 'responseModalities'),
    ...(languageCode !== undefined && { languageCode }),
    ...(voice !== undefined && { voice }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    affectiveDialog: flagField(generation, 'enableAffectiveDialog'),
    thinking: field(generation, 'thinkingConfig') !== undefined,
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
    automaticActivityDetection: !flagField(detection, 'disabled'),
    contextWindowCompression: field(setup, 'contextWindowCompression') !== undefined,
    inputTranscription: field(setup, 'inputAudioTranscription') !== undefined,
    outputTranscription: field(setup, 'outputAudioTranscription') !== undefined,
    resumption: resumption !== undefined,
    transparentResumption: flagField(resumption, 'transparent'),
    ...(handle !== undefined && { handleHash: hashHandle(handle) }),
    proactiveAudio: flagField(objectField(setup, 'proactivity'), 'proactiveAudio'),
    emptyFields: emptyFieldsOf(setup),
  };
}
