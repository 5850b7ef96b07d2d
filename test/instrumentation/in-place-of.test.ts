import { describe, expect, it } from 'vitest';
import { inPlaceOf } from '../../src/instrumentation/in-place-of.ts';

const wrap = (original: unknown) =>
  inPlaceOf(original, (name) => ({
    [name](this: unknown, event) {
      return typeof original === 'function' ? [this, original.call(this, event)] : undefined;
    },
  }));

describe('inPlaceOf', () => {
  it.each<[string, { readonly name: string; readonly length: number }]>([
    [
      'a method',
      {
        onmessage(event: unknown) {
          return event;
        },
      }.onmessage,
    ],
    [
      'an arrow function without a name',
      (
        () => () =>
          1
      )(),
    ],
    ['a function that takes several', function onclose(_code: number, _reason: string) {}],
    ['one with another name', Object.defineProperty(() => 1, 'name', { value: 'a name, with a comma' })],
    ['a bound one', function onerror(_event: unknown) {}.bind(undefined)],
    ['a class', class Listener {}],
    [
      'one with a name that objects have',
      Object.defineProperty((event: unknown) => event, 'name', { value: '__proto__' }),
    ],
    ['one whose name is no text', Object.defineProperty(() => 1, 'name', { value: 7 })],
  ])('gives a wrapper name, length and source text: %s', (_, original) => {
    const wrapper = wrap(original);
    expect(wrapper).not.toBe(original);
    expect({ name: wrapper.name, length: wrapper.length, text: String(wrapper) }).toEqual({
      name: original.name,
      length: original.length,
      text: String(original),
    });
  });

  it('passes on what it is called on and with', () => {
    const self = {};
    expect(wrap((event: unknown) => event).call(self, 5)).toEqual([self, 5]);
    expect(wrap(undefined).call(self, 5)).toBeUndefined();
  });

  it('tells the text of no function but its own wrappers', () => {
    const sourceText = wrap(() => 1).toString;
    expect(sourceText.call(Math.max)).toBe(String(Math.max));
  });
});
