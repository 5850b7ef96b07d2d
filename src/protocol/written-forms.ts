/** How results of tools and conversations write a credential, beside members, headers and queries. */
import { credentialNames } from '../conventions/credentials.ts';

const names = `(?:${credentialNames.map((name) => name.replaceAll(' ', '[ _-]?')).join('|')})`;
/** Characters as a URL writes them, once or several times over. */
const encoded = (codes: string): string => `%(?:25){0,3}(?:${codes})`;
const quotes = `(?:${encoded('22|27|5C|20')}){0,6}`;

/** What leads to a credential, in the first group, and the credential. Linear in the length of the text. */
export const writtenForms: readonly RegExp[] = [
  // An option of a command.
  new RegExp(`((?<![\\w-])--?[\\w-]{0,40}${names}\\s{1,8}["']?)[^\\s"'\\\\-][^\\s"'\\\\]*`, 'gi'),
  /(\bcurl\b[^\r\n]{0,200}\s(?:-u|--user)\s{1,8}["']?[^\s:"']{1,64}:)[^\s"'\\]+/g,
  // An element of XML.
  new RegExp(`(<[\\w:.-]{0,40}${names}(?:\\s[^<>]{0,200})?>)[^<]+`, 'gi'),
  // SQL, and .netrc.
  /\b((?:PASSWORD|IDENTIFIED\s{1,8}BY)\s{1,8}')[^'\r\n]*/gi,
  /(\blogin\s{1,8}\S{1,64}\s{1,8}password\s{1,8})\S+/g,
  // In a sentence, where a digit tells it from a word.
  new RegExp(
    `\\b((?:${names}|mot de passe)\\s{1,8}(?:(?:is|was|ist|lautet)\\s{0,8})?:?\\s{0,8}["'\`]?)(?=[^\\s\\d]{0,64}\\d)(?=[^\\sa-z]{0,64}[a-z])[^\\s"'\`,;:=(){}[\\]<>|\\\\]{8,}(?<!\\.)`,
    'gi',
  ),
  // In a URL that stands in a URL.
  new RegExp(
    `(${names}${quotes}${encoded('3[AD]')}${quotes})(?:(?!${encoded('2[267C]|7D|0[AD]|5C')})[^\\s"'&<>\\\\])+`,
    'gi',
  ),
];
