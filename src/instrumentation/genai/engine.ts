/** What the engine tells of promises and objects without running the application's code. */
import { inspect, types } from 'node:util';

/** To look into one may run code of the application. */
export const isProxy = (value: object): boolean => types.isProxy(value);

/**
 * What a promise was rejected with; `undefined` while it was not. Read from its description: a handler of ours would
 * make it a handled one, and hide from the application that it has none of its own.
 */
export function rejectionOf(promise: unknown): Error | undefined {
  if (!(promise instanceof Promise)) return undefined;
  const text = inspect(promise, { depth: 1, customInspect: false, breakLength: Number.POSITIVE_INFINITY });
  const rejected = /^Promise \{\s+<rejected> ([\s\S]*?)(?:\n\s+at |,? ?\{\n|\s+\}$)/.exec(text)?.[1];
  if (rejected === undefined) return undefined;
  const [, name, message] = /^\[?([A-Za-z_$][\w$]*)(?: \[\w+\])?: ([\s\S]*?)\]?$/.exec(rejected) ?? [];
  if (name === undefined || message === undefined) return new Error('connect() was rejected.');
  const error = new Error(message.replaceAll('\n  ', '\n'));
  error.name = name;
  return error;
}
