/** A value of the report together with where it stands there, so that whatever the page shows can be looked up. */

export interface Located<T> {
  readonly value: T;
  /**
   * RFC 9535 JSONPath into what `--format json` prints. One that begins with `@` goes on from the `data-at` of the
   * element around it.
   */
  readonly path: string;
}

export function root<T>(value: T): Located<T> {
  return { value, path: '$' };
}

/** The same value, for whatever stands inside an element whose `data-at` is its path. */
export function relative<T>({ value }: Located<T>): Located<T> {
  return { value, path: '@' };
}

export function at<T, K extends keyof T & string>(of: Located<T>, key: K): Located<T[K]> {
  return { value: of.value[key], path: of.path + segment(key) };
}

export function items<T>({ value, path }: Located<readonly T[]>): readonly Located<T>[] {
  return value.map((item, index) => ({ value: item, path: `${path}[${index}]` }));
}

/** All items: a list of values under one path, as that of {@link slice}. */
export function all<T>({ path, value }: Located<readonly T[]>): Located<readonly T[]> {
  return { value, path: `${path}[*]` };
}

/** Items from (inclusive) and to (exclusive): a list of values under one path. */
export function slice<T>(
  { path, value }: Located<readonly T[]>,
  from: number,
  to: number,
): Located<readonly T[]> {
  return { value: value.slice(from, to), path: `${path}[${from}:${to}]` };
}

/** The value of `key` of each of them. */
export function each<T, K extends keyof T & string>(
  { value, path }: Located<readonly T[]>,
  key: K,
): Located<readonly T[K][]> {
  return { value: value.map((item) => item[key]), path: path + segment(key) };
}

export function isPresent<T>(located: Located<T>): located is Located<NonNullable<T>> {
  return located.value !== undefined && located.value !== null;
}

function segment(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll(/['\\]/g, '\\$&')}']`;
}
