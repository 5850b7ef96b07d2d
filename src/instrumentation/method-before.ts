// biome-ignore-all lint/complexity/noArguments: functions with the length of others, which are to pass on as many as they are given.
/** Methods in front of others, which look like them. */
import { inPlaceOf } from './in-place-of.ts';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What stands before one method of a socket. An object, not functions: an open session keeps each of them. */
export interface Before {
  /**
   * Calls the method that the socket inherits, looked up at each call: others may put something in front of it at any
   * time.
   */
  inherited(self: unknown, args: ArrayLike<unknown>): unknown;
  /** Calls the method that was there, on whatever and with whatever this one was called with. */
  own(method: Method, self: unknown, args: ArrayLike<unknown>): unknown;
}

/** @param isOwn whether the object itself has the method, and does not inherit it */
export function methodBefore(method: Method, isOwn: boolean, before: Before): Method {
  return isOwn ? beforeOwn(method, before) : beforeInherited(method, before);
}

function beforeInherited(inherited: Method, before: Before): Method {
  return inPlaceOf(inherited, (key, length) => taking(length, key, before));
}

/** A method that takes so many, and passes on as many as it is given. */
function taking(length: number, key: string, before: Before): Readonly<Record<string, Method>> {
  switch (length) {
    case 0:
      return {
        [key](this: unknown, ...args) {
          return before.inherited(this, args);
        },
      };
    case 1:
      return {
        [key](this: unknown, _data) {
          return before.inherited(this, arguments);
        },
      };
    case 2:
      return {
        [key](this: unknown, _code, _reason) {
          return before.inherited(this, arguments);
        },
      };
    default:
      return {
        [key](this: unknown, _data, _options, _done) {
          return before.inherited(this, arguments);
        },
      };
  }
}

/** An own method may be a spy, which has properties of its own. */
function beforeOwn(method: Method, before: Before): Method {
  return new Proxy(method, { apply: (original, self, args) => before.own(original, self, args) });
}
