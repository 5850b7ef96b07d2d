/** HTML whose every interpolated value is escaped. */
import { html as tag } from 'hono/html';

/** Escaped already: goes into other markup as it is. */
export type Markup = Awaited<ReturnType<typeof tag>>;

export type Content = Markup | string | number | undefined | false | readonly Content[];

export { raw } from 'hono/html';

/** Strings and numbers are escaped, lists are joined, `undefined` and `false` are left out. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  // It is a promise only where one of the values is.
  return tag(strings, ...values) as Markup;
}
