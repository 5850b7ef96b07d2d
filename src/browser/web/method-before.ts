/**
 * In the place of src/instrumentation/method-before.ts: a page has a socket or two, so that one that looks like the method
 * it stands for may take more memory and time than in a server.
 */
import type { Before, Method } from '../../instrumentation/method-before.ts';

export function methodBefore(method: Method, isOwn: boolean, before: Before): Method {
  return new Proxy(method, {
    apply: (original, self, args) =>
      isOwn ? before.own(original, self, args) : before.inherited(self, args),
  });
}
