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

const rateParameter = /;\s*rate=(\d{1,7})/i;

/** Sample rates in Hz that the inline audio of the parts names, each once. */
export function audioRatesOf(parts: readonly JsonObject[]): readonly number[] {
  const rates = parts
    .map((part) => objectField(part, 'inlineData'))
    .filter(isAudio)
    .map((blob) => rateParameter.exec(textField(blob, 'mimeType') ?? '')?.[1])
    .filter((rate) => rate !== undefined)
    .map(Number);
  return [...new Set(rates)];
}
