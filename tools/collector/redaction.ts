/** The Collector's part of masking credentials, made of the package's own list. Patterns are RE2's. */
import { credentialNames, credentialShapes, shapePattern } from '../../src/conventions/credentials.ts';

/**
 * A name with or without separators between its words. RE2 has no look-ahead: the harmless names that the package
 * leaves alone, such as `pageToken`, are masked here.
 */
const names = credentialNames.map((name) => name.replaceAll(' ', '[_-]?')).join('|');
const shapes = credentialShapes.map(shapePattern).join('|');
const urlLogin = '://[^\\s/@"\'\\\\]{1,256}@';
const ephemeralToken = 'auth_tokens(?:/|%2F)[^\\s"\'\\\\&,;<>)]+';
const bearer = '(?i)\\b(?:Bearer|Basic)\\s{1,8}[A-Za-z0-9+/._~-]{6,}={0,2}';
const inQuery = `(?i)(?:\\bkey|(?:${names}))=[^\\s&"'\\\\<>#]+`;
const inHeader = `(?i)\\b[\\w-]{0,40}(?:${names})["']?\\s{0,8}:\\s{0,8}[^\\s"'\\\\,;{[]{8,}`;
/** At the first level, in a text of JSON, and deeper: there up to the next quote. */
const inJson = `(?i)"[\\w-]{0,40}(?:${names})"\\s*:\\s*"(?:[^"\\\\]|\\\\.)*"?`;
const inNestedJson = `(?i)\\\\"[\\w-]{0,40}(?:${names})\\\\"\\s*:\\s*\\\\"(?:[^"\\\\]|\\\\\\\\(?:\\\\.|[^\\\\]))*(?:\\\\")?`;
const deeper = `(?i)\\\\{2,8}"[\\w-]{0,40}(?:${names})\\\\{2,8}"\\s*:\\s*\\\\{2,8}"[^"]*"?`;
const privateKey =
  '(?s)-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,32}(?:-----)?|\\z)';

const camelCase = credentialNames
  .map((name) => name.replace(/(?:^| )([a-z])/g, (_, letter: string) => letter.toUpperCase()))
  .join('|');

/** `redaction/blocked_key_patterns`: whole values of attributes with such a name. */
export const blockedKeyPatterns: readonly string[] = [
  `(?i)(?:^|[._-])(?:${names})$`,
  `[a-z0-9](?:${camelCase})$`,
];

/** `redaction/blocked_values`. */
export const blockedValues: readonly string[] = [
  `${shapes}|${ephemeralToken}|${urlLogin}`,
  bearer,
  inQuery,
  inHeader,
  inJson,
  inNestedJson,
  deeper,
  privateKey,
];

/** `transform/redact`: texts of a span that are no attributes. */
export const maskedTexts: readonly string[] = [`${shapes}|${ephemeralToken}|${urlLogin}`, bearer, inQuery];

const begin = '# Made by `npm run collector`.';
const end = '# End of what is made.';

/** The configuration with its generated parts as they must be; `$` is written twice, since the Collector reads variables. */
export function withRedaction(configuration: string): string {
  const list = (indent: string, items: readonly string[]): string[] =>
    items.map((item) => `${indent}- ${quoted(item)}`);
  const parts: Readonly<Record<string, (indent: string) => readonly string[]>> = {
    blocked_key_patterns: (indent) => list(indent, blockedKeyPatterns),
    blocked_values: (indent) => list(indent, blockedValues),
    masked_texts: (indent) =>
      maskedTexts.flatMap((pattern) =>
        ['span.status.message', 'span.name'].map(
          (field) => `${indent}- ${quoted(`replace_pattern(${field}, ${JSON.stringify(pattern)}, "****")`)}`,
        ),
      ),
  };
  const marked = new RegExp(`^( *)${begin} (\\w+)\\n[\\s\\S]*?^ *${end}$`, 'gm');
  return configuration.replace(marked, (_, indent: string, name: string) => {
    const part = parts[name];
    if (!part) throw new Error(`collector.yaml wants "${name}", which nothing here makes.`);
    return [`${indent}${begin} ${name}`, ...part(indent), `${indent}${end}`].join('\n');
  });
}

/** In YAML's single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('$', () => '$$')}'`;
}
