/**
 * Details that are not needed until someone opens them. One session's look like the next one's: they are stored by
 * columns, each attribute with all its values, and compressed, which takes a third less than compressing them as they
 * stand.
 */
import { deflateRawSync } from 'node:zlib';
import { html, type Markup, raw } from '../markup.ts';
import { withoutPaths } from '../strip.ts';

export interface Columns {
  /** What stands before the lanes of every session, the lanes, and the rest with a U+0001 for each attribute. */
  readonly before: readonly string[];
  readonly lanes: readonly string[];
  readonly rest: readonly string[];
  readonly names: readonly string[];
  /** Of every session the attributes in their order, by their index in `names`. */
  readonly attributes: readonly (readonly number[])[];
  /** Of every name what it is, from session to session. */
  readonly values: readonly (readonly string[])[];
}

const attribute = /<div><dt>([^<]*)<\/dt><dd([\s\S]*?)<\/dd><\/div>\n/g;
const mark = '\u0001';

export function toColumns(details: readonly string[]): Columns {
  const indices = new Map<string, number>();
  const values: string[][] = [];
  const attributes: number[][] = [];
  const pieces = details.map((detail) => {
    const own: number[] = [];
    attributes.push(own);
    const start = Math.max(0, detail.indexOf('<figure class="lanes"'));
    const end = Math.max(start, detail.indexOf('</figure>'));
    const rest = detail.slice(end).replaceAll(attribute, (_all, name: string, value: string) => {
      const index = indices.get(name) ?? indices.size;
      indices.set(name, index);
      values[index] ??= [];
      values[index].push(value);
      own.push(index);
      return mark;
    });
    return { before: detail.slice(0, start), lanes: detail.slice(start, end), rest };
  });
  return {
    before: pieces.map(({ before }) => before),
    lanes: pieces.map(({ lanes }) => lanes),
    rest: pieces.map(({ rest }) => rest),
    names: [...indices.keys()],
    attributes,
    values,
  };
}

/** In bytes: with it, a page with 200 busy sessions stays below 400 KB. */
const mostPacked = 90_000;

/** As many of them as there is room for, the first ones. Base64 holds nothing that HTML could take for its own. */
export function packed(id: string, details: readonly Markup[], paths: boolean): Markup {
  const markup = details.map(String);
  const base64 = fitting(paths ? markup : markup.map(withoutPaths), mostPacked);
  return html`<script type="text/plain" id="${id}">${raw(base64)}</script>`;
}

/** @internal */
export function fitting(details: readonly string[], most: number): string {
  const base64 = deflateRawSync(JSON.stringify(toColumns(details)), { level: 9 }).toString('base64');
  if (base64.length <= most || details.length === 0) return base64;
  return fitting(details.slice(0, Math.floor((details.length * most * 0.98) / base64.length)), most);
}
