/**
 * In the place of src/instrumentation/put-before.ts: a page has a socket or two, so that one that looks like the method
 * it stands for may take more memory and time than in a server.
 */
import type { Before } from '../../instrumentation/put-before.ts';

export function putBefore(socket: object, name: 'send' | 'close', before: Before): boolean {
  const own = Object.getOwnPropertyDescriptor(socket, name);
  return Reflect.defineProperty(socket, name, {
    value: new Proxy(own?.value ?? Object.getPrototypeOf(socket)[name], {
      apply: (original, self, args) =>
        own === undefined ? before.inherited(self, args) : before.own(original, self, args),
    }),
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  });
}
