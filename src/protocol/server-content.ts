import { field, flagField, type JsonObject, objectField, objectsField, textField } from './fields.ts';
import type { ClassifyOptions, ServerContentSummary, TranscriptionSummary } from './frame.ts';
import { audioBytesOf, isAudio } from './media.ts';
import { blobBytes, isZerosBlob } from './parse.ts';
import { redactCredentials } from './redact.ts';

export const modelPartsOf = (content: JsonObject): readonly JsonObject[] =>
  objectsField(objectField(content, 'modelTurn'), 'parts');

/** Decoded bytes of the audio in a `serverContent`: parts of the model's turn, or `audioChunks` of a music session. */
export const audioBytesOfServer = (content: JsonObject): number =>
  audioBytesOf(modelPartsOf(content)) +
  objectsField(content, 'audioChunks').reduce((sum, chunk) => sum + blobBytes(chunk), 0);

/** There is audio in the parts of the model's turn, and all of it is zeros. */
export function isSilentServer(content: JsonObject): boolean {
  const blobs = modelPartsOf(content)
    .map((part) => objectField(part, 'inlineData'))
    .filter(isAudio);
  return blobs.length > 0 && blobs.every(isZerosBlob);
}

/** A part with nothing but an empty text, or nothing at all, was seen where a model stays silent. */
const holdsSomething = (part: JsonObject): boolean =>
  Object.entries(part).some(([name, value]) => name !== 'thought' && value !== '' && value !== null);

/** What a transcription makes of sounds that are no speech: marks in brackets, notes, dots. */
const marksOfNoise = /^(?:\s|<[a-z_ ]+>|\[[a-z_ ]+\]|\([a-z_ ]+\)|[.…♪♫♬*])+$/i;

function summarizeTranscription(
  transcription: JsonObject,
  { captureContent }: ClassifyOptions,
): TranscriptionSummary {
  const text = textField(transcription, 'text') ?? '';
  return {
    characters: text.length,
    finished: flagField(transcription, 'finished'),
    ...(text.trim() !== '' && marksOfNoise.test(text) && { noise: true }),
    ...(captureContent && text !== '' && { text: redactCredentials(text) }),
  };
}

/** Summary of a `serverContent`. Characters are UTF-16 code units. */
export function summarizeServerContent(content: JsonObject, options: ClassifyOptions): ServerContentSummary {
  const parts = modelPartsOf(content);
  const spoken = parts.filter((part) => part.thought !== true);
  const text = spoken.map((part) => textField(part, 'text') ?? '').join('');
  const turnCompleteReason = textField(content, 'turnCompleteReason');
  const interactionStatus = textField(content, 'interactionStatus');
  const input = objectField(content, 'inputTranscription');
  const output = objectField(content, 'outputTranscription');
  return {
    turnComplete: flagField(content, 'turnComplete'),
    ...(turnCompleteReason !== undefined && { turnCompleteReason }),
    ...(interactionStatus !== undefined && { interactionStatus }),
    generationComplete: flagField(content, 'generationComplete'),
    interrupted: flagField(content, 'interrupted'),
    waitingForInput: flagField(content, 'waitingForInput'),
    output: parts.some(holdsSomething),
    textCharacters: text.length,
    thought: spoken.length < parts.length,
    executableCode: parts.some((part) => field(part, 'executableCode') !== undefined),
    ...(input !== undefined && { inputTranscription: summarizeTranscription(input, options) }),
    ...(output !== undefined && { outputTranscription: summarizeTranscription(output, options) }),
    ...(options.captureContent && text !== '' && { text: redactCredentials(text) }),
  };
}
