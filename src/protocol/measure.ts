import type { Encoding, Shape } from '../conventions/vocabulary.ts';
import { base64MinimumCharacters, looksLikeBase64 } from './base64.ts';
import { byteLength } from './bytes.ts';
import { isObject } from './fields.ts';
import type { ToolResponseSummary } from './frame.ts';

/** Levels of nesting that are looked into; a deeper value counts as this deep. */
const maximumDepth = 256;

type ResponseMeasure = Pick<
  ToolResponseSummary,
  'responseBytes' | 'encoding' | 'shape' | 'depth' | 'longestString' | 'controlCharacters' | 'isError'
>;

// An escape begins with an odd backslash.
const unicodeEscape = /(?<!\\)(?:\\\\)*\\u/;
const controlEscape = /(?<!\\)(?:\\\\)*\\(?:[bf]|u00(?:0[0-8bBcCeEfF]|1[0-9a-fA-F]))/;

/** Whether a JSON text holds control characters in its strings: there they can only stand as escapes. */
export const hasControlCharacters = (json: string): boolean =>
  json.includes('\\') && controlEscape.test(json);

interface Walk {
  readonly depth: number;
  readonly longestString: number;
  readonly base64: boolean;
}

/** Without recursion, so that no nesting overflows the stack. */
function walk(root: unknown): Walk {
  let depth = 0;
  let longestString = 0;
  let base64 = false;
  const values: unknown[] = [root];
  const depths: number[] = [0];
  for (
    let value = values.pop(), level = depths.pop() ?? 0;
    ;
    value = values.pop(), level = depths.pop() ?? 0
  ) {
    if (typeof value === 'string') {
      longestString = Math.max(longestString, value.length);
      base64 ||= value.length >= base64MinimumCharacters && looksLikeBase64(value);
    } else if (typeof value === 'object' && value !== null) {
      depth = Math.max(depth, level + 1);
      if (level + 1 < maximumDepth) {
        for (const inner of Object.values(value)) {
          values.push(inner);
          depths.push(level + 1);
        }
      }
    }
    if (values.length === 0) return { depth, longestString, base64 };
  }
}

function encodingOf(json: string, bytes: number, base64: boolean): Encoding {
  if (base64) return 'base64';
  if (json.includes('\\u') && unicodeEscape.test(json)) return 'escaped';
  return bytes === json.length ? 'ascii' : 'utf8';
}

function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'object':
      return 'object';
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'missing';
  }
}

/** `error: null` is how many tools say that there was none. */
const carriesError = (value: unknown): boolean =>
  isObject(value) && Object.hasOwn(value, 'error') && value.error !== null;

/**
 * Measures the `response` of a function response. `json` is its text as it stood in the frame, empty when it
 * was missing. Strings are counted in UTF-16 code units.
 */
export function measureResponse(value: unknown, json: string): ResponseMeasure {
  const { depth, longestString, base64 } = walk(value);
  const responseBytes = byteLength(json);
  return {
    responseBytes,
    encoding: encodingOf(json, responseBytes, base64),
    shape: shapeOf(value),
    depth,
    longestString,
    controlCharacters: hasControlCharacters(json),
    isError: carriesError(value),
  };
}
