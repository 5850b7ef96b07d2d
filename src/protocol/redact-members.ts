/** Values that stand behind the name of a credential: in JSON at any depth, in queries, headers and plain sentences. */
import { credentialNames, harmlessNames } from '../conventions/credentials.ts';

/** A name, the quotes that close it, and what leads to its value. Bounded: linear in the length of the text. */
const member = /(?<![\w-])([A-Za-z_][\w-]{0,80})(\\{0,64}["'`])?\s{0,8}(=>|[:=])\s{0,8}/g;
const openingQuote = /(\\{0,64})(["'`])/y;
const bareValue = /[^\s"'`\\,;&<>#(){}[\]|]+/y;
const scheme = /(?:basic|bearer|digest|token|apikey|negotiate|ntlm|aws4-hmac-sha256)\s+/iy;
const restOfLine = /[^\r\n"'`\\]+/y;
const endOfList = /[^\]]*\]?/y;
/** A word of a sentence, and the next: `token: must be set`, not `token: hunter`. */
const prose = /[a-z']+[.,]?(?=\s+[a-z])/y;
const says =
  /^(?:invalid|missing|expired|expected|required|null|undefined|none|empty|true|false|unauthorized|\d+)$/i;

const names = new Set(credentialNames);
const harmless = new Set(harmlessNames);
const mostWords = Math.max(...[...names, ...harmless].map((name) => name.split(' ').length));

/** With `placeholder` for each such value. Leaves its own result as it is. */
export function redactMembers(text: string, placeholder: string): string {
  let result = '';
  let done = 0;
  member.lastIndex = 0;
  for (let found = member.exec(text); found !== null; found = member.exec(text)) {
    const [whole, name = '', quote, separator = ''] = found;
    const at = found.index + whole.length;
    const range = text.startsWith(placeholder, at) ? undefined : valueAt(text, at, name, separator, quote);
    if (range === undefined) {
      // The value may be a name itself: `"a":"token=x"`.
      member.lastIndex = at;
      continue;
    }
    result += text.slice(done, range.from) + placeholder;
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
  if (credential === undefined) return undefined;
  const opened = match(openingQuote, text, at);
  if (opened) {
    const [whole, backslashes = '', mark = ''] = opened;
    const from = at + whole.length;
    return text.startsWith('[redacted]', from)
      ? undefined
      : { from, to: endOfText(text, from, backslashes.length, mark) };
  }
  if (text[at] === '[') return { from: at, to: at + (match(endOfList, text, at)?.[0].length ?? 1) };
  if (quote === undefined && credential === 'cookie' && separator === ':') return span(restOfLine, text, at);
  if (credential === 'authorization') {
    const known = match(scheme, text, at)?.[0].length ?? 0;
    return span(bareValue, text, at + known);
  }
  const bare = span(bareValue, text, at);
  if (bare === undefined) return undefined;
  if (separator === '=') return bare;
  const value = text.slice(bare.from, bare.to);
  return says.test(value) || match(prose, text, at) ? undefined : bare;
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
  // The query of a URL of Google's, `?key=`.
  if (separator === '=' && words.at(-1) === 'key') return 'key';
  const endings = Array.from({ length: mostWords }, (_, index) => words.slice(-index - 1).join(' '));
  return endings.some((ending) => harmless.has(ending))
    ? undefined
    : endings.find((ending) => names.has(ending));
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function span(pattern: RegExp, text: string, at: number): Range | undefined {
  const found = match(pattern, text, at);
  return found ? { from: at, to: at + found[0].length } : undefined;
}
