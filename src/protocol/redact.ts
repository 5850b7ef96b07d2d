import { credentialShapes, shapePattern } from '../conventions/credentials.ts';
import { redactMembers } from './redact-members.ts';
import { writtenForms } from './written-forms.ts';

/** What stands in the place of a credential. */
const redacted = '[redacted]';

/**
 * What leads to a credential, in the first group, and the credential. Linear in the length of the text, and each leaves
 * its own result as it is.
 */
const rules: readonly RegExp[] = [
  // Whoever logs in with a URL.
  /(:\/\/)[^\s/@"'\\]{1,256}(?=@)/g,
  // Not "a bearer token".
  /\b(Bearer\s{1,8})(?![<$*]|(?:of|and|or|is|tokens?)(?![\w.~+/=-]))[^\s"'\\,;]+/gi,
  // Not "Basic authentication".
  /\b(Basic\s{1,8})(?=[a-z]*[A-Z0-9=+/])[A-Za-z0-9+/]{6,}={0,2}/g,
  ...writtenForms,
  // Ephemeral tokens of the Gemini API.
  /(auth_tokens(?:\/|%2F))[^\s"'\\&,;<>)]+/gi,
  new RegExp(`()(?:${credentialShapes.map(shapePattern).join('|')})`, 'g'),
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
 * Removes credentials from a text: what has the shape of one, what stands behind the name of one, and private keys.
 * src/conventions/credentials.ts lists them. Everything else stays. Never throws: a text that cannot be searched is
 * replaced as a whole.
 */
export function redactCredentials(text: string): string {
  try {
    return rules.reduce(
      (result, rule) => result.replace(rule, `$1${redacted}`),
      redactMembers(redactPrivateKeys(text), redacted),
    );
  } catch {
    return redacted;
  }
}
