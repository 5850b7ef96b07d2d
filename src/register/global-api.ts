/**
 * What is global in `@opentelemetry/api`, offered rather than taken.
 *
 * Every copy of the API in a process keeps what was registered in one object on `globalThis`, and the first to register
 * wins. A preload is always first. So what we offer is seen by everybody who asks (the application's early tracers, its
 * active context), and by nobody who registers: an application's own SDK finds the place free, early or late.
 *
 * The two are told apart by what the API does (1.0 to 1.10, each of its copies): to register, it assigns that object to
 * `globalThis` before it looks whether the place is taken; to ask, it only reads.
 */
import { type ContextManager, context } from '@opentelemetry/api';

const apiKey = Symbol.for('opentelemetry.js.api.1');

const kinds = ['trace', 'metrics', 'logs', 'context', 'propagation'] as const;
export type Kind = (typeof kinds)[number];

export interface GlobalApi {
  /** What is seen where nobody has registered. */
  offer(kind: Kind, instance: object): void;
  /** What somebody else has registered. */
  taken(kind: Kind): object | undefined;
}

type ApiObject = { readonly version: string } & { [kind in Kind | 'diag']?: object | undefined };
type Holder = { [apiKey]?: ApiObject | undefined };

/** @param contextManager is offered at once; the API's own copy makes the object, and with it says its version. */
export function offerGlobalApi(contextManager: ContextManager): GlobalApi {
  const holder = globalThis as Holder;
  const offered = new Map<Kind, object>([['context', contextManager]]);
  const taken = new Map<Kind, object>();
  let registering = false;

  const made = holder[apiKey] === undefined;
  if (made) context.setGlobalContextManager(contextManager);
  const api = holder[apiKey];
  if (api === undefined) return { offer() {}, taken: () => undefined };

  for (const kind of kinds) {
    const there = api[kind];
    if (there !== undefined && !made) taken.set(kind, there);
    Object.defineProperty(api, kind, {
      configurable: true,
      enumerable: true,
      get() {
        if (!registering) return taken.get(kind) ?? offered.get(kind);
        registering = false;
        return taken.get(kind);
      },
      set(instance: object) {
        taken.set(kind, instance);
      },
    });
  }
  // A logger is replaced without a look whether there is one.
  let logger = api.diag;
  Object.defineProperty(api, 'diag', {
    configurable: true,
    enumerable: true,
    get: () => logger,
    set(instance: object | undefined) {
      registering = false;
      logger = instance;
    },
  });
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
    taken: (kind) => taken.get(kind),
  };
}
