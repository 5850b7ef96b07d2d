/** What stands in the place of a credential. */
const redacted = '[redacted]';

interface Rule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/**
 * Credentials by their shape. Close reasons are cut at 123 bytes, so that a credential may come without its end:
 * none of these asks for a full length. Each is linear in the length of the text, and leaves its own result as it
 * is.
 */
const rules: readonly Rule[] = [
  // A member of JSON, or of JSON inside a JSON string.
  {
    pattern:
      /("(?:access_?token|refresh_?token|id_?token|auth_?token|client_?secret|private_?key|api_?key|x-goog-api-key|authorization|password)\\{0,8}"\s*:\s*\\{0,8}")[^"\\]+/gi,
    replacement: `$1${redacted}`,
  },
  // The query of a URL, or a header.
  {
    pattern:
      /(?<![a-z0-9])((?:[a-z0-9]{1,32}[_-]){0,4}(?:key|access_?token|handle|apikey|client_?secret|password)=)[^\s&"'\\<>#]+/gi,
    replacement: `$1${redacted}`,
  },
  { pattern: /(x-goog-api-key["']?\s*[:=]\s*["']?)[^\s"'\\,;]+/gi, replacement: `$1${redacted}` },
  // Whoever logs in with a URL.
  { pattern: /(:\/\/)[^\s/@"'\\]{1,256}@/g, replacement: `$1${redacted}@` },
  { pattern: /\b(Bearer\s+)[^\s"'\\,;]+/gi, replacement: `$1${redacted}` },
  // Ephemeral tokens of the Gemini API.
  { pattern: /(auth_tokens(?:\/|%2F))[^\s"'\\&,;<>)]+/gi, replacement: `$1${redacted}` },
  // API keys, the older and the newer.
  { pattern: /AIza[\w-]+/g, replacement: redacted },
  { pattern: /(?<![A-Za-z0-9_])AQ\.[\w-]+|AQ\.[\w-]{20,}/g, replacement: redacted },
  // OAuth: access tokens, refresh tokens, JSON web tokens.
  { pattern: /ya29\.[\w.~+/-]+/g, replacement: redacted },
  { pattern: /(?<![\w/])1\/\/0[\w-]{2,}/g, replacement: redacted },
  { pattern: /eyJ[\w-]+(?:\.[\w-]*)*/g, replacement: redacted },
];

const privateKeyStart = /-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----/;
const privateKeyEnd = /^-----END [A-Z0-9 ]{0,32}(?:-----)?/;
/** What a private key without its end may consist of; line breaks may be escaped. */
const privateKeyBody = /^(?:[A-Za-z0-9+/=\s]|\\[nr])*-{0,5}/;

/** Private keys in PEM, whole or cut. */
function redactPrivateKeys(text: string): string {
  let result = '';
  let rest = text;
  for (let start = privateKeyStart.exec(rest); start !== null; start = privateKeyStart.exec(rest)) {
    result += rest.slice(0, start.index) + redacted;
    rest = rest.slice(start.index + start[0].length);
    const next = rest.search(privateKeyStart);
    const end = (next === -1 ? rest : rest.slice(0, next)).indexOf('-----END ');
    rest = end === -1 ? rest.replace(privateKeyBody, '') : rest.slice(end).replace(privateKeyEnd, '');
  }
  return result + rest;
}

/**
 * Removes credentials from a text: Google API keys, OAuth and ephemeral tokens, JSON web tokens, `Bearer` values,
 * values of `key=`, `access_token=` and `handle=`, private keys. Everything else stays. Never throws: a text that
 * cannot be searched is replaced as a whole.
 */
export function redactCredentials(text: string): string {
  try {
    return rules.reduce(
      (result, { pattern, replacement }) => result.replace(pattern, replacement),
      redactPrivateKeys(text),
    );
  } catch {
    return redacted;
  }
}
