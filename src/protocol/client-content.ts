import { flagField, type JsonObject, listField, objectsField, snakeCase, textField } from './fields.ts';
import type { ClassifyOptions, ClientContentSummary } from './frame.ts';
import { spanAt } from './json-span.ts';
import { hasControlCharacters } from './measure.ts';
import { audioRatesOf } from './media.ts';
import { redactCredentials } from './redact.ts';

const partFields = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse'] as const;

const partKind = (part: JsonObject): string => {
  const name = partFields.find((field) => (part[field] ?? part[snakeCase(field)] ?? undefined) !== undefined);
  return name === undefined ? 'other' : snakeCase(name);
};

/** The parts of all turns of a `clientContent`. */
export const partsOf = (content: JsonObject): readonly JsonObject[] =>
  objectsField(content, 'turns').flatMap((turn) => objectsField(turn, 'parts'));

/** Summary of a `clientContent`; `json` is the text of the whole frame. */
export function summarizeClientContent(
  content: JsonObject,
  json: string,
  { captureContent }: ClassifyOptions,
): ClientContentSummary {
  const parts = partsOf(content);
  const audioRates = audioRatesOf(parts);
  const span = spanAt(json, ['clientContent', 'turns']);
  const text = parts
    .map((part) => textField(part, 'text'))
    .filter((part) => part !== undefined)
    .join('\n');
  return {
    turns: listField(content, 'turns').length,
    turnComplete: flagField(content, 'turnComplete'),
    partKinds: [...new Set(parts.map(partKind))],
    ...(audioRates.length > 0 && { audioRates }),
    rolesMissing: objectsField(content, 'turns').filter((turn) => textField(turn, 'role') === undefined)
      .length,
    controlCharacters: span !== undefined && hasControlCharacters(json.slice(span.start, span.end)),
    ...(captureContent && text !== '' && { text: redactCredentials(text) }),
  };
}
