/**
 * Values of the report as elements that say where they stand in it: `data-path`, written as `data-format` says. With
 * `data-of`, something is made of what stands there: a `sum`, their number (`length`), the time between two of them
 * (`range`), or between one and the origin (`apart`).
 */
import type { Effect } from '../../../analysis/statistics/odds-ratio.ts';
import type { Proportion } from '../../../analysis/statistics/proportion.ts';
import { type Formats, formats, isoTime } from './formats.ts';
import { at, isPresent, type Located } from './located.ts';
import { type Content, html, type Markup, raw } from './markup.ts';

type NumberFormat = {
  [F in keyof Formats]: Formats[F] extends (value: number) => string ? F : never;
}[keyof Formats];

/** Stands where there is no value. */
export const nothing: Markup = html`<span class="nothing" title="not known">–</span>`;

export function show(located: Located<number | undefined>, format: NumberFormat): Markup {
  if (!isPresent(located)) return nothing;
  const { value, path } = located;
  const text = formats[format](value);
  return format === 'time'
    ? html`<time datetime="${isoTime(value)}" data-path="${quoted(path)}" data-format="${format}">${text}</time>`
    : html`<span data-path="${quoted(path)}" data-format="${format}">${text}</span>`;
}

/** Text of the report or of whoever was recorded. */
export function say(located: Located<unknown>): Markup {
  if (!isPresent(located)) return nothing;
  return html`<span data-path="${quoted(located.path)}">${quotedNames(formats.plain(located.value))}</span>`;
}

/** Names that the text has in back-ticks, as what they are. */
export function quotedNames(text: string): readonly Content[] {
  return text
    .split(/`([^`]+)`/)
    .map((piece, index) => (index % 2 === 0 ? piece : html`<code>${piece}</code>`));
}

/** The sum over a list. */
export function sum(
  located: Located<readonly (number | undefined)[]>,
  format: 'count' | 'bytes' = 'count',
): Markup {
  const total = located.value.reduce<number>((before, value) => before + (value ?? 0), 0);
  return html`<span data-path="${quoted(located.path)}" data-format="${format}" data-of="sum">${formats[format](total)}</span>`;
}

/** How many there are. */
export function length({ value, path }: Located<readonly unknown[]>): Markup {
  return html`<span data-path="${quoted(path)}" data-of="length">${formats.count(value.length)}</span>`;
}

/** From one moment to another, to or from the one that the `data-origin` of an element around it names. */
export function apart(origin: number, moment: Located<number>): Markup {
  const text = formats.ms(Math.abs(moment.value - origin));
  return html`<span data-path="${quoted(moment.path)}" data-of="apart">${text}</span>`;
}

interface Stretch {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** How long it took. */
export function took({ value: { startedAt, endedAt }, path }: Located<Stretch>): Markup {
  return html`<span data-path="${quoted(`${path}['startedAt','endedAt']`)}" data-of="range">${formats.ms(endedAt - startedAt)}</span>`;
}

/** `39 % (28 % to 50 %)`. */
export function proportion(located: Located<Proportion | undefined>): Markup {
  if (!isPresent(located)) return nothing;
  return html`${show(at(located, 'value'), 'percent')} <span class="interval">(${show(at(located, 'low'), 'percent')} to ${show(at(located, 'high'), 'percent')})</span>`;
}

/** `18 (6.2 to 52)`. */
export function effect(located: Located<Effect | undefined>): Markup {
  if (!isPresent(located)) return nothing;
  const format = located.value.measure === 'share' ? 'percent' : 'ratio';
  const high = at(located, 'high');
  return html`${show(at(located, 'value'), format)} <span class="interval">(${show(at(located, 'low'), format)} ${
    isPresent(high) ? html`to ${show(high, format)}` : 'and more'
  })</span>`;
}

/** A path without the character references that its single quotes would become: it stands in double ones. */
function quoted(path: string): Markup {
  return /^[\w$@.,:*'[\]-]*$/.test(path) ? html`${raw(path)}` : html`${path}`;
}
