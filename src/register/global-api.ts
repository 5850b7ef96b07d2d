/**
 * What is global in `@opentelemetry/api`, offered rather than taken.
 *
 * Every copy of the API in a process keeps what was registered in one object on `globalThis`, and the first to register
 * wins. A preload is always first. So what we offer is seen by everybody who asks (the application's early tracers, its
 * active context), and by nobody who registers: an application's own SDK finds the place free, early or late.
 *
 * The two are told apart by what the API does (1.0 to 1.10, each of its copies): to register, it assigns that object to
 * `globalThis` before it looks whether the place is taken; to ask, it only reads.
 *
 * Without us, the first SDK to register decides the version of that object, and copies of other versions may not
 * register beside it. A library that brings its own copy (Sentry does) would be locked out by ours, so whoever registers
 * is told the version it has itself, and whoever asks the newest of those that have registered.
 */
import { createRequire } from 'node:module';
import { getCallSites } from 'node:util';
import type { ContextManager, TracerProvider } from '@opentelemetry/api';
import { guarded } from '../instrumentation/guard.ts';
import { apiVersionOf, isNewerApi } from './api-version.ts';

const apiKey = Symbol.for('opentelemetry.js.api.1');

const kinds = ['trace', 'metrics', 'logs', 'context', 'propagation'] as const;
export type Kind = (typeof kinds)[number];

export interface GlobalApi {
  /** What is seen where nobody has registered. */
  offer(kind: Kind, instance: object): void;
  /** What somebody else has registered. */
  taken(kind: Kind): object | undefined;
  /** The tracer provider that somebody else has registered, not the API's proxy before it. */
  takenTracerProvider(): TracerProvider | undefined;
}

type ApiObject = { readonly version: string } & { [kind in Kind | 'diag']?: object | undefined };
type Holder = { [apiKey]?: ApiObject | undefined };

/**
 * Loads no API: the object gets the version of the copy that ours would be.
 *
 * @param contextManager is offered at once.
 */
export function offerGlobalApi(contextManager: ContextManager): GlobalApi {
  const holder = globalThis as Holder;
  const offered = new Map<Kind, object>([['context', contextManager]]);
  const taken = new Map<Kind, object>();
  const before = holder[apiKey];
  let version = before === undefined ? versionOfOurCopy() : before.version;
  if (version === undefined)
    return { offer() {}, taken: () => undefined, takenTracerProvider: () => undefined };
  /** From the assignment to the look at the version, which is the last before the instance is put in its place. */
  let registering = false;

  const api = Object.defineProperty({} as ApiObject, 'version', {
    enumerable: true,
    get() {
      if (!registering) return version;
      registering = false;
      // This function is the first of them.
      const [, registrant] = getCallSites(2);
      const own = guarded('looking for the version of an API', () =>
        apiVersionOf(registrant?.scriptName ?? ''),
      );
      if (own !== undefined && version !== undefined && isNewerApi(own, version)) version = own;
      return own ?? version;
    },
  });
  const define = (kind: Kind): void => {
    Object.defineProperty(api, kind, {
      configurable: true,
      enumerable: true,
      get: () => taken.get(kind) ?? (registering ? undefined : offered.get(kind)),
      set(instance: object) {
        taken.set(kind, instance);
      },
    });
  };
  for (const kind of kinds) {
    const there = before?.[kind];
    if (there !== undefined) taken.set(kind, there);
    define(kind);
  }
  /** `trace.disable()` and its like delete the property; whoever registers then puts a plain one there. */
  const look = (kind: Kind): void => {
    const property = Object.getOwnPropertyDescriptor(api, kind);
    if (property?.get !== undefined) return;
    taken.delete(kind);
    if (property?.value !== undefined) taken.set(kind, property.value);
    define(kind);
  };
  // A logger is replaced without a look whether there is one.
  if (before?.diag !== undefined) api.diag = before.diag;
  let current: ApiObject | undefined = api;
  Object.defineProperty(holder, apiKey, {
    configurable: true,
    enumerable: false,
    get: () => current,
    set(assigned: ApiObject | undefined) {
      registering = assigned === api;
      current = assigned;
    },
  });

  return {
    offer(kind, instance) {
      offered.set(kind, instance);
    },
    taken(kind) {
      look(kind);
      return taken.get(kind);
    },
    takenTracerProvider() {
      const provider = this.taken('trace') as
        | (TracerProvider & { getDelegate?(): TracerProvider })
        | undefined;
      return provider?.getDelegate?.() ?? provider;
    },
  };
}

function versionOfOurCopy(): string | undefined {
  return guarded('looking for the version of @opentelemetry/api', () =>
    apiVersionOf(createRequire(import.meta.url).resolve('@opentelemetry/api')),
  );
}
