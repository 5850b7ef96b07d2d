import { type JsonObject, objectField, textField } from './fields.ts';
import { blobBytes } from './parse.ts';

/** Whether a blob says that it is audio. */
export const isAudio = (blob: JsonObject | undefined): boolean =>
  textField(blob, 'mimeType')?.startsWith('audio/') ?? false;

/** Decoded bytes of the audio in the parts of a content. */
export const audioBytesOf = (parts: readonly JsonObject[]): number =>
  parts
    .map((part) => objectField(part, 'inlineData'))
    .filter(isAudio)
    .reduce((sum, blob) => sum + blobBytes(blob), 0);
