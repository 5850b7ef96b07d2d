/** Functions that stand for others and look like them. */

export type Callback = (this: unknown, event?: unknown) => unknown;

/** A class whose objects are the functions that it is given: that is how these get a field nobody else sees. */
class Given {
  constructor(value: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the purpose of the class.
    return value;
  }
}

class Standing extends Given {
  readonly #original: Callback;

  constructor(wrapper: Callback, original: Callback) {
    super(wrapper);
    this.#original = original;
  }

  static textOf(wrapper: object): string {
    return Function.prototype.toString.call(#original in wrapper ? wrapper.#original : wrapper);
  }
}

function sourceText(this: object): string {
  return Standing.textOf(this);
}

const unnamed = { name: '', length: 1 };

/**
 * A wrapper with the name, length and source text of what it wraps: the SDK's own tests look at all three. A function
 * whose name or length is changed takes 250 bytes more, so the wrapper is made with both where that can be.
 *
 * @param make the wrapper as a method of this name: `(name) => ({ [name](event) { … } })`
 */
export function inPlaceOf(
  original: unknown,
  make: (name: string, length: number) => Readonly<Record<string, Callback>>,
): Callback {
  const { name, length } = typeof original === 'function' ? original : unnamed;
  const key = typeof name === 'string' ? name : '';
  const wrapper = make(key, length)[key] as Callback;
  if (typeof original !== 'function') return wrapper;
  if (wrapper.name !== name) Object.defineProperty(wrapper, 'name', { value: name, configurable: true });
  if (wrapper.length !== length)
    Object.defineProperty(wrapper, 'length', { value: length, configurable: true });
  new Standing(wrapper, original as Callback);
  return Object.defineProperty(wrapper, 'toString', {
    value: sourceText,
    configurable: true,
    writable: true,
  });
}
