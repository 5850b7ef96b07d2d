/**
 * Makes a frame say nothing of what was said. The text is rewritten character by character where it stands, so that its size
 * in bytes, its encoding, escapes, white space and structure are those of the frame. What may stay is listed in
 * protocol-fields.ts; all else becomes filler. Pure, but for the pseudonyms that a recording remembers.
 */
import { redactCredentials } from '../protocol/redact.ts';
import { type Piece, shortRun } from './format.ts';
import {
  blobFields,
  contentFields,
  idFields,
  protocolFields,
  settingFields,
  settingPattern,
} from './protocol-fields.ts';

export interface MaskOptions {
  /** Pseudonyms by id, of one recording. */
  readonly pseudonyms: Map<string, string>;
  /** Blobs become silence; else a tone, as loud as speech. */
  readonly quiet: boolean;
}

/** What a value stands under. */
interface Place {
  readonly name: string;
  readonly isContent: boolean;
}

const noBase64 = /[^\w+/=-]/;
const backslash = 0x5c;

export function maskFrame(text: string, options: MaskOptions): readonly Piece[] {
  return new Masker(text, options).run();
}

class Masker {
  readonly #text: string;
  readonly #options: MaskOptions;
  #at = 0;
  /** What is not in a piece yet. */
  #written = '';
  readonly #pieces: Piece[] = [];

  constructor(text: string, options: MaskOptions) {
    this.#text = text;
    this.#options = options;
  }

  run(): readonly Piece[] {
    try {
      this.#value({ name: '', isContent: false });
      this.#space();
      // Something follows the value: it is no JSON.
      if (this.#at < this.#text.length) throw new SyntaxError();
      this.#flush();
      return this.#pieces;
    } catch {
      return [maskText(this.#text)];
    }
  }

  #value(place: Place): void {
    this.#space();
    const first = this.#text[this.#at];
    if (first === '{') this.#members(place);
    else if (first === '[') this.#elements(place);
    else if (first === '"') this.#string((raw) => this.#maskString(raw, place));
    else this.#literal(place);
  }

  #members(place: Place): void {
    this.#list('}', () => {
      let name = '';
      let isContent = place.isContent;
      this.#string((raw) => {
        name = camelCase(raw);
        const isKnown = !isContent && protocolFields.has(name);
        isContent ||= !isKnown || contentFields.has(name);
        this.#written += isKnown ? raw : this.#pseudonym(raw);
      });
      this.#space();
      this.#expect(':');
      this.#value({ name, isContent });
    });
  }

  #elements(place: Place): void {
    this.#list(']', () => this.#value(place));
  }

  #list(end: string, item: () => void): void {
    this.#copy(1);
    this.#space();
    if (this.#text[this.#at] !== end) {
      item();
      for (this.#space(); this.#text[this.#at] === ','; this.#space()) {
        this.#copy(1);
        this.#space();
        item();
      }
    }
    this.#expect(end);
  }

  /** @param masked writes what is to stand between the quotes */
  #string(masked: (raw: string) => void): void {
    this.#expect('"');
    const end = this.#endOfString();
    const raw = this.#text.slice(this.#at, end);
    this.#at = end;
    masked(raw);
    this.#expect('"');
  }

  /** Of the quote that no backslash escapes. */
  #endOfString(): number {
    for (let end = this.#text.indexOf('"', this.#at); end >= 0; end = this.#text.indexOf('"', end + 1)) {
      let backslashes = 0;
      while (this.#text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
      if (backslashes % 2 === 0) return end;
    }
    throw new SyntaxError();
  }

  #blob(raw: string): void {
    const padding = raw.endsWith('==') ? 2 : raw.endsWith('=') ? 1 : 0;
    const count = raw.length - padding;
    const character = this.#options.quiet ? 'A' : 'x';
    if (count <= shortRun) this.#written += character.repeat(count);
    else {
      this.#flush();
      this.#pieces.push([character, count]);
    }
    this.#written += '='.repeat(padding);
  }

  #flush(): void {
    if (this.#written !== '') this.#pieces.push(this.#written);
    this.#written = '';
  }

  #maskString(raw: string, place: Place): void {
    const isBlob = !place.isContent && blobFields.has(place.name) && !noBase64.test(raw);
    if (isBlob) this.#blob(raw);
    else this.#written += this.#maskedText(raw, place);
  }

  #maskedText(raw: string, { name, isContent }: Place): string {
    if (isContent) return maskText(raw);
    if (idFields.has(name)) return this.#pseudonym(raw);
    const isSetting = settingFields.has(name) && settingPattern.test(raw) && redactCredentials(raw) === raw;
    return isSetting ? withoutProject(raw) : maskText(raw);
  }

  #pseudonym(raw: string): string {
    const { pseudonyms } = this.#options;
    const known = pseudonyms.get(raw);
    if (known !== undefined) return known;
    const mask = maskText(raw);
    const number = (pseudonyms.size + 1).toString(36);
    // A text that is too short, or ends in an escape, has no room for a number.
    const made =
      /^[x0X_-]+$/.test(mask) && mask.length >= number.length ? mask.slice(0, -number.length) + number : mask;
    pseudonyms.set(raw, made);
    return made;
  }

  #literal({ name, isContent }: Place): void {
    const [literal = ''] =
      /^(?:true|false|null|-?[0-9][0-9.eE+-]*)/.exec(this.#text.slice(this.#at, this.#at + 64)) ?? [];
    if (literal === '') throw new SyntaxError();
    this.#at += literal.length;
    // Of the length of a word nothing can be hidden; which of the two it was can.
    this.#written += isContent || name === '' ? literal.replaceAll(/[0-9]/g, '1') : literal;
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#copy(1);
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw new SyntaxError();
    this.#copy(1);
  }

  #copy(count: number): void {
    this.#written += this.#text.slice(this.#at, this.#at + count);
    this.#at += count;
  }
}

/** Letters and digits give way; what makes up the shape (spaces, punctuation, escapes of control characters) stays. */
export function maskText(raw: string): string {
  return raw.replaceAll(/\\u[0-9a-fA-F]{4}|\\.|[\p{L}\p{N}]|\P{ASCII}/gu, filler);
}

function filler(character: string): string {
  if (character.startsWith('\\')) {
    const code = character[1] === 'u' ? Number.parseInt(character.slice(2), 16) : 0;
    return code < 0x20 ? character : '\\u00e9';
  }
  if (/[0-9]/.test(character)) return '0';
  if (/[A-Z]/.test(character)) return 'X';
  if (character.length === 1 && character.charCodeAt(0) < 0x80)
    return /[a-z]/.test(character) ? 'x' : character;
  const bytes = Buffer.byteLength(character);
  return bytes === 2 ? 'é' : bytes === 3 ? '中' : '😀';
}

/** `projects/x0xx/locations/…`: whose it is, is nobody's business. */
function withoutProject(name: string): string {
  return name.replace(
    /^(projects\/)(.+?)(?=\/(?:locations|publishers|models|endpoints)\/|$)/s,
    (_, projects: string, project: string) => projects + maskText(project),
  );
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
