/**
 * What every copy of this package in a process shares (CommonJS and ES module builds, two installed versions):
 * the first copy to load owns the taps, so that loading twice instruments once.
 */

import type { LiveClosure, LiveStall } from './live-closure.ts';

/** May be asynchronous; its failures are ours to report. */
export type Listener<Told> = (told: Told) => unknown;

/** The parts of `class Live` of `@google/genai` that are touched. Same in 1.0 to 3.1. */
export interface LiveClient {
  readonly apiClient?: {
    isVertexAI?(): boolean;
    getWebsocketBaseUrl?(): string;
  };
  readonly auth?: unknown;
  readonly webSocketFactory?: unknown;
}

/** `params` of `Live.connect()`, as far as it is read. */
export interface ConnectParams {
  readonly model?: unknown;
  readonly config?: { readonly sessionResumption?: { readonly handle?: unknown } };
}

export interface LiveClass {
  readonly prototype: { connect: ConnectFunction };
}

export type ConnectFunction = (this: LiveClient, params: ConnectParams) => Promise<unknown>;

/** Watches one `connect()`. */
export interface ConnectTap {
  /** The `this` to call the original with: the client's own, but for a factory that is watched. */
  begin(client: LiveClient, params: ConnectParams, sdkVersion: string | undefined): ConnectWatch;
  /** Called when the SDK has been evaluated and its class patched. */
  sdkLoaded?(): void;
}

export interface ConnectWatch {
  readonly receiver: LiveClient;
  /** The original has returned its promise: all it does synchronously is done. */
  returned(): void;
}

interface Shared {
  tap: ConnectTap | undefined;
  hooksInstalled: boolean;
  /** Patched classes and their SDK's version. */
  readonly patched: WeakMap<LiveClass, string | undefined>;
  /** Called by the line that the loader appends to the SDK. */
  sdkEvaluated: ((live: unknown, version: string | undefined) => void) | undefined;
  readonly closureListeners: Set<Listener<LiveClosure>>;
  readonly stallListeners: Set<Listener<LiveStall>>;
}

/** Changes when the shape of {@link Shared} does: other versions then keep out of each other's way. */
export const sharedKey = 'live-otel.shared.1';

type SharedGlobal = { [key: symbol]: Shared | undefined };

const holder = globalThis as unknown as SharedGlobal;
holder[Symbol.for(sharedKey)] ??= {
  tap: undefined,
  hooksInstalled: false,
  patched: new WeakMap(),
  sdkEvaluated: undefined,
  closureListeners: new Set(),
  stallListeners: new Set(),
};

export const shared = holder[Symbol.for(sharedKey)] as Shared;
