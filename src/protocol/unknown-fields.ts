import type { JsonObject } from './fields.ts';
import { redactCredentials } from './redact.ts';

const maximumNames = 16;
const maximumCharacters = 64;

/** Names of the fields that are not among the known ones: a bounded number, cut to a bounded length. */
export const unknownFieldsOf = (message: JsonObject, known: ReadonlySet<string>): readonly string[] =>
  Object.keys(message)
    .filter((name) => !known.has(name))
    .slice(0, maximumNames)
    .map((name) => redactCredentials(name).slice(0, maximumCharacters));
