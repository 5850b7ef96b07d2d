/** Values that stand behind the name of a credential: in JSON at any depth, in queries, headers and plain sentences. */
import { credentialNames, harmlessNames, queryNames } from '../conventions/credentials.ts';

/**
 * A name, the quotes or stars that close it, and what leads to its value. The letters of a name may be escaped as in
 * JSON. Bounded: linear in the length of the text.
 */
const member =
  /(?<!\w|\w-)((?:[A-Za-z_À-ÿ]|\\{1,16}u00[4-7][\dA-Fa-f])(?:[\w\-À-ÿ]|\\{1,16}u00[2-7][\dA-Fa-f]){0,80})(\\{0,64}["'`]|\*{1,3})?\s{0,8}(=>|[:=：])(?:\*{1,3}(?=\s))?\s{0,8}/g;
const escapedLetter = /\\+u(00[2-7][\dA-Fa-f])/g;
/** What a name of several words has before it, in `Client Secret: …`. */
const wordsBefore = /(?<!\w)(?:[A-Za-z]{1,20} ){1,2}$/;
/** `{"name":"x-api-key","value":"…"}`, a header or a variable as many tools write it; HTML's attributes as well. */
const pairNames = new Set(['name', 'key', 'header', 'field', 'variable']);
const pairValue =
  /\\{0,64}["'`](?:\s{0,8},\s{0,8}\\{0,64}["'`]?|\s{1,8})value(?:\\{0,64}["'`])?\s{0,8}[:=]\s{0,8}/iy;
const openingQuote = /(\\{0,64})(["'`])/y;
const bareValue = /[^\s"'`\\,;&<>#(){}[\]|]+/y;
const scheme = /(?:basic|bearer|digest|token|apikey|negotiate|ntlm|aws4-hmac-sha256)\s+/iy;
const cookies = /[^\s=;:"'`\\]+=[^\r\n"'`\\]+/y;
/** `Digest username="…", response="…"`, `AWS4-HMAC-SHA256 Credential=…, Signature=…` */
const parameters = /(?:[\w-]{1,40}=(?:\\{0,8}"[^"\\]*\\{0,8}"|[^\s,;"'`\\]+)(?:,\s{0,8})?)+/y;
const endOfList = /[^\]]*\]?/y;
/** A word of a sentence, and the next: `token: must be set`, not `token: hunter`. */
const prose = /[a-z']+[.,]?(?=\s+[a-z])/y;
const says =
  /^(?:invalid|missing|expired|expected|required|null|undefined|none|empty|true|false|unauthorized|string|number|boolean|str|any|unknown|\d+)$/i;
/** What stands for a value in code and in documents. */
const placeholder = /^(?:null|undefined|none|true|false|await|new|\$\w*|\*+)$/i;

const names = new Set(credentialNames);
const harmless = new Set(harmlessNames);
/** Those that are no part of another word: `PGPASSWORD` and `authtoken` end in one as well. */
const glued = credentialNames
  .filter((name) => !['otp', 'handle', 'cookie', 'pwd', 'senha'].includes(name))
  .map((name) => name.replaceAll(' ', ''));
const mostWords = Math.max(...[...names, ...harmless].map((name) => name.split(' ').length));

/** With `placeholder` for each such value. Leaves its own result as it is. */
export function redactMembers(text: string, mask: string): string {
  let result = '';
  let done = 0;
  member.lastIndex = 0;
  for (let found = member.exec(text); found !== null; found = member.exec(text)) {
    const [whole, name = '', quote, separator = ''] = found;
    const at = found.index + whole.length;
    const range = text.startsWith(mask, at)
      ? undefined
      : valueAt(text, at, plainName(text, found.index, name, separator, quote), separator, quote);
    if (range === undefined) {
      // The value may be a name itself: `"a":"token=x"`.
      member.lastIndex = at;
      continue;
    }
    result += text.slice(done, range.from) + mask;
    done = range.to;
    member.lastIndex = Math.max(done, at);
  }
  return result + text.slice(done);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function valueAt(
  text: string,
  at: number,
  name: string,
  separator: string,
  quote: string | undefined,
): Range | undefined {
  const credential = credentialNameIn(name, separator);
  if (credential === undefined) return pairNames.has(name.toLowerCase()) ? valueOfPair(text, at) : undefined;
  const opened = match(openingQuote, text, at);
  if (opened) {
    const [whole, backslashes = '', mark = ''] = opened;
    const from = at + whole.length;
    const to = endOfText(text, from, backslashes.length, mark);
    return to === from || text.startsWith('[redacted]', from) ? undefined : { from, to };
  }
  if (text[at] === '[') return { from: at, to: at + (match(endOfList, text, at)?.[0].length ?? 1) };
  if (quote === undefined && credential === 'cookie' && separator === ':') return span(cookies, text, at);
  if (credential === 'authorization') {
    const known = match(scheme, text, at)?.[0].length ?? 0;
    return (
      (known > 0 && span(parameters, text, at + known)) ||
      unlessPlaceholder(text, span(bareValue, text, at + known))
    );
  }
  const bare = unlessPlaceholder(text, span(bareValue, text, at));
  if (bare === undefined) return undefined;
  if (separator === '=') return bare;
  const value = text.slice(bare.from, bare.to);
  if (credential === 'handle' && !/\d/.test(value)) return undefined;
  if (says.test(value)) return undefined;
  // A sentence has no header and no variable before its colon.
  return !/[-_]/.test(name) && match(prose, text, at) ? undefined : bare;
}

function unlessPlaceholder(text: string, range: Range | undefined): Range | undefined {
  return range && !placeholder.test(text.slice(range.from, range.to)) ? range : undefined;
}

/** The value of a pair whose name is written as a value itself, from `at` on. */
function valueOfPair(text: string, at: number): Range | undefined {
  const [opening, , mark] = match(openingQuote, text, at) ?? [];
  if (opening === undefined || mark === undefined) return undefined;
  const from = at + opening.length;
  const [name] = /^[\w-]{1,80}/.exec(text.slice(from, from + 80)) ?? [];
  const credential = name && credentialNameIn(name, ':');
  const between = name && match(pairValue, text, from + name.length);
  if (!credential || !between) return undefined;
  const value = from + name.length + between[0].length;
  return match(openingQuote, text, value)
    ? valueAt(text, value, name, ':', mark)
    : span(bareValue, text, value);
}

/** The name without escapes, and with the words before it where it has several. */
function plainName(
  text: string,
  at: number,
  name: string,
  separator: string,
  quote: string | undefined,
): string {
  const plain = name.replace(escapedLetter, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  // The letter of `\n` in an escaped text.
  if (text[at - 1] === '\\' && /^[nrt]/.test(plain)) return plain.slice(1);
  if (quote !== undefined && !quote.startsWith('*')) return plain;
  if (separator === '=') return plain;
  return (wordsBefore.exec(text.slice(Math.max(0, at - 42), at))?.[0] ?? '') + plain;
}

/**
 * Behind the text that a quote with so many backslashes before it opened. JSON inside of a JSON text escapes once more
 * at each level: a quote that is part of the value has more backslashes, one that ends it as many.
 */
function endOfText(text: string, from: number, backslashes: number, mark: string): number {
  const period = 2 * (backslashes + 1);
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === '\\') before += 1;
    // With fewer, it ends a text around this one.
    if (before < backslashes || before % period === backslashes) return at - Math.min(before, backslashes);
  }
  return text.length;
}

/** The name of {@link credentialNames} that `name` ends in. */
function credentialNameIn(name: string, separator: string): string | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (separator === '=' && queryNames.includes(last)) return last;
  const endings = Array.from({ length: mostWords }, (_, index) => words.slice(-index - 1).join(' '));
  return endings.some((ending) => harmless.has(ending))
    ? undefined
    : (endings.find((ending) => names.has(ending)) ?? glued.find((ending) => last.endsWith(ending)));
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function span(pattern: RegExp, text: string, at: number): Range | undefined {
  const found = match(pattern, text, at);
  return found ? { from: at, to: at + found[0].length } : undefined;
}
