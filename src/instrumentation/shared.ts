/**
 * What every copy of this package in a process shares (CommonJS and ES module builds, two installed versions):
 * the first copy to load records, so that loading twice instruments once.
 */

import type { ExperimentOfSession } from '../telemetry/backend.ts';
import type { LiveClosure, LiveStall } from './live-closure.ts';
import type { Patch } from './patches.ts';
import type { OpenSession } from './tap.ts';

/** May be asynchronous; its failures are ours to report. */
export type Listener<Told> = (told: Told) => unknown;

/** What records the sessions of the process. */
export interface Recorder {
  readonly open: OpenSession;
  /** The application has loaded a client, which is watched from now on. */
  clientLoaded?(): void;
  /** A module names the RPC of the Live API: what it opens by itself may be sessions. */
  rpcNamed?(): void;
}

interface Shared {
  recorder: Recorder | undefined;
  hooksInstalled: boolean;
  /** By what is patched of the clients that were loaded. */
  readonly patches: Map<object, Patch>;
  /** Called by the line that the loader appends to the file of a client: the class to export in the place of its own, or nothing. */
  evaluated: ((client: string, exported: unknown, version?: string) => unknown) | undefined;
  /** The global WebSocket is watched, or will be when a module needs it. */
  globalSocketWatched: boolean;
  /** Addresses of the Live API besides Google's, as the user names them. */
  liveEndpoints: readonly string[];
  /** URLs of sockets that a client's own tap watches, and how many each. */
  readonly claimedSockets: Map<string, number>;
  /** How many watched sockets are under construction: as a rule one. */
  openingSockets: number;
  /** Handshakes that no tap began are looked for; the process has been told of one. */
  unseen?: 'looked for' | 'told';
  readonly closureListeners: Set<Listener<LiveClosure>>;
  readonly stallListeners: Set<Listener<LiveStall>>;
  /** What the session that is opened now is part of. */
  experiment: ExperimentOfSession | undefined;
}

/** Changes when the shape of {@link Shared} does: other versions then keep out of each other's way. */
export const sharedKey = 'live-otel.shared.6';

type SharedGlobal = { [key: symbol]: Shared | undefined };

const holder = globalThis as unknown as SharedGlobal;
holder[Symbol.for(sharedKey)] ??= {
  recorder: undefined,
  hooksInstalled: false,
  patches: new Map(),
  evaluated: undefined,
  globalSocketWatched: false,
  liveEndpoints: [],
  claimedSockets: new Map(),
  openingSockets: 0,
  closureListeners: new Set(),
  stallListeners: new Set(),
  experiment: undefined,
};

export const shared = holder[Symbol.for(sharedKey)] as Shared;
