/** The attributes of a span. */
import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeName,
  attributes as definitions,
  type LiveAttributes,
} from '../../../../conventions/attributes.ts';
import { type Formats, formats } from '../formats.ts';
import type { Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';

/** Said in sentences above the list. */
const told: ReadonlySet<AttributeName> = new Set([
  'gemini.live.closure.explanation',
  'gemini.live.closure.remedy',
  'gemini.live.closure.evidence',
  'gemini.live.closure.against',
  'gemini.live.closure.context',
  'gemini.live.closure.rivals',
]);

/**
 * Without those that `known`, what has been listed already, has as well: most spans repeat who and where. Each `dd` holds
 * the value of that name at the list's `data-at`.
 */
export function attributeList({ value, path }: Located<LiveAttributes>, known: LiveAttributes = {}): Markup {
  const names = (Object.keys(value) as AttributeName[])
    .filter((name) => !told.has(name) && !isDeepStrictEqual(value[name], known[name]))
    .sort();
  if (names.length === 0) return html`<p class="empty">No attributes but those of the session.</p>`;
  return html`<dl class="attributes" data-at="${path}">${names.map((name) => {
    const format = formatOf(name, value[name]);
    const write: (value: never) => string = formats[format];
    return html`<div><dt>${name}</dt><dd${format !== 'plain' && html` data-format="${format}"`}>${write(value[name] as never)}</dd></div>
`;
  })}</dl>`;
}

function formatOf(name: AttributeName, value: unknown): keyof Formats {
  if (typeof value !== 'number') return 'plain';
  const unit = definitions[name]?.unit;
  return unit === 's' ? 'seconds' : unit === 'By' ? 'bytes' : 'plain';
}
