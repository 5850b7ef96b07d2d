import type { Agent } from 'node:http';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Losses } from './losses.ts';
import type { Part } from './parts.ts';
import { type OtlpDestination, type OtlpRequest, type PostResult, post } from './post.ts';
import type { Signal } from './settings.ts';

/** A message that waits for its delivery. */
export interface Parcel extends OtlpRequest, Pick<Part, 'items' | 'evidence'> {
  readonly signal: Signal;
  /** What the receiver's answer to a delivered message says that it did not take. */
  readonly refusedIn?: (answer: Uint8Array) => Refusal | undefined;
}

export interface Refusal {
  /** How many it refused; 0 where its answer is a warning alone. */
  readonly items: number;
  readonly reason: string;
}

/** OTLP messages that have not been delivered yet. Sending keeps no process alive. */
export interface Outbox {
  /** Sends in the background, with retries for as long as there is room to keep it; on hold, only keeps it. */
  send(parcel: Parcel): void;
  /** From now on nothing is sent. */
  hold(): void;
  /**
   * Hands out, and forgets, everything that is not known to be delivered: closures first, and the metrics, which are
   * small and count them, before what else was recorded. Ends the hold.
   */
  takeAll(): readonly Parcel[];
  /** Settles when nothing is left. Holds no event loop. */
  idle(): Promise<void>;
}

export interface OutboxOptions {
  /** Takes a sentence about telemetry that is lost. */
  readonly warn: (sentence: string) => void;
  readonly losses: Losses;
}

/** What may wait for delivery, so that a silent receiver costs bounded memory: closures go last. */
const maxPendingMib = 32;
/** Of one receiver, for the addresses of all signals together. */
const maxConnections = 16;
/** Of one address: what waits for a connection would use up its time there. */
const mostAtOnce = 5;
const firstBackoffMs = 500;
const backoffFactor = 1.5;
const maxBackoffMs = 5_000;

/** What goes to one address, and how it goes there. */
interface Lane {
  /** Closures go before the others; of each kind, the oldest first. */
  readonly closures: Set<Parcel>;
  readonly others: Set<Parcel>;
  active: number;
  /** As much may be under way: after a failure one message, until it is through. */
  most: number;
  /** Of the next pause. */
  backoffMs: number;
  pause?: NodeJS.Timeout;
}

const load = process.getBuiltinModule;

export function createOutbox({ warn, losses }: OutboxOptions): Outbox {
  const agents = new Map<string, Agent>();
  /** All that is not known to be delivered, oldest first; with a controller while it is under way. */
  const pending = new Map<Parcel, AbortController | undefined>();
  const lanes = new Map<string, Lane>();
  const waiting: (() => void)[] = [];
  let pendingBytes = 0;
  let held = false;
  /** What was said about losses, by the address: each is said once, and again only after something arrived there. */
  const said = new Map<string, Set<string>>();
  const sayOnce = (where: string, sentence: string, about = sentence): void => {
    const sentences = said.get(where) ?? new Set();
    said.set(where, sentences);
    if (sentences.has(about)) return;
    sentences.add(about);
    warn(sentence);
  };

  const forget = (parcel: Parcel): void => {
    if (pending.delete(parcel)) pendingBytes -= parcel.body.byteLength;
    if (pending.size === 0) for (const resolve of waiting.splice(0)) resolve();
  };

  const agentFor = ({ url }: OtlpDestination): Agent => {
    const id = url.startsWith('https:') ? 'node:https' : 'node:http';
    const { Agent } = load(id) as typeof import('node:http');
    const agent = agents.get(id) ?? new Agent({ keepAlive: true, maxSockets: maxConnections });
    agents.set(id, agent);
    return agent;
  };

  const laneTo = (url: string): Lane => {
    const lane = lanes.get(url) ?? {
      closures: new Set(),
      others: new Set(),
      active: 0,
      most: mostAtOnce,
      backoffMs: firstBackoffMs,
    };
    lanes.set(url, lane);
    return lane;
  };

  /** Starts what may be started. A lane that pauses goes on by itself. */
  const advance = (lane: Lane): void => {
    while (lane.pause === undefined && lane.active < lane.most) {
      const { closures, others } = lane;
      const [parcel] = closures.size > 0 ? closures : others;
      if (parcel === undefined) return;
      waitingWith(lane, parcel).delete(parcel);
      void attempt(lane, parcel);
    }
  };

  const attempt = async (lane: Lane, parcel: Parcel): Promise<void> => {
    const controller = new AbortController();
    pending.set(parcel, controller);
    lane.active += 1;
    const options = { background: true, agent: agentFor(parcel.to), signal: controller.signal };
    const result = await context.with(suppressTracing(context.active()), () =>
      post(load, parcel, { ...options, timeoutMs: parcel.to.timeoutMs }),
    );
    lane.active -= 1;
    if (!controller.signal.aborted) settle(lane, parcel, result);
    advance(lane);
  };

  const settle = (lane: Lane, parcel: Parcel, result: PostResult): void => {
    if (result.status === 'retryable') {
      pending.set(parcel, undefined);
      // At the end: one that is refused again and again does not hold up the others.
      waitingWith(lane, parcel).add(parcel);
      rest(lane, result.retryAfterMs);
      return;
    }
    lane.most = mostAtOnce;
    lane.backoffMs = firstBackoffMs;
    forget(parcel);
    const where = withoutSecrets(parcel.to.url);
    if (result.status === 'delivered') {
      const refusal = parcel.refusedIn?.(result.answer);
      if (refusal === undefined) {
        said.delete(where);
        return;
      }
      if (refusal.items > 0) losses.count(parcel.signal, 'rejected', refusal.items);
      sayOnce(where, partlyRefused(parcel, refusal), 'partly refused');
      return;
    }
    losses.count(parcel.signal, 'rejected', parcel.items);
    sayOnce(where, `${where} refused telemetry: ${result.reason}; it is lost.`);
  };

  /** Of those that were under way together, the first to fail makes the lane pause. */
  const rest = (lane: Lane, retryAfterMs: number | undefined): void => {
    if (lane.pause !== undefined) return;
    const ms = retryAfterMs ?? lane.backoffMs * (0.8 + 0.4 * Math.random());
    lane.backoffMs = Math.min(lane.backoffMs * backoffFactor, maxBackoffMs);
    lane.most = 1;
    lane.pause = setTimeout(() => {
      delete lane.pause;
      advance(lane);
    }, ms).unref();
  };

  const giveUp = (parcel: Parcel): void => {
    pending.get(parcel)?.abort();
    waitingWith(laneTo(parcel.to.url), parcel).delete(parcel);
    forget(parcel);
    losses.count(parcel.signal, 'buffer_full', parcel.items);
    const where = withoutSecrets(parcel.to.url);
    sayOnce(
      where,
      `More than ${maxPendingMib} MiB wait for ${where}; telemetry is dropped until it answers, closures last.`,
    );
  };

  const makeRoom = (): void => {
    while (pendingBytes > maxPendingMib * 2 ** 20 && pending.size > 1) {
      const oldest = pending.keys();
      giveUp([...oldest].find(({ evidence }) => !evidence) ?? (pending.keys().next().value as Parcel));
    }
  };

  return {
    send(parcel) {
      pending.set(parcel, undefined);
      pendingBytes += parcel.body.byteLength;
      if (held) return;
      makeRoom();
      if (!pending.has(parcel)) return;
      const lane = laneTo(parcel.to.url);
      waitingWith(lane, parcel).add(parcel);
      advance(lane);
    },
    hold() {
      held = true;
    },
    takeAll() {
      const parcels = [...pending.keys()];
      // The receiver sees a request that was cut off rather than two whole ones.
      for (const controller of pending.values()) controller?.abort();
      // Whoever sends these opens connections of his own.
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
      for (const { closures, others, pause } of lanes.values()) {
        closures.clear();
        others.clear();
        clearTimeout(pause);
      }
      lanes.clear();
      for (const parcel of parcels) forget(parcel);
      held = false;
      return parcels.toSorted((a, b) => urgency(a) - urgency(b));
    },
    idle() {
      return pending.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

function urgency({ evidence, signal }: Parcel): number {
  if (evidence) return 0;
  return signal === 'metrics' ? 1 : 2;
}

/** What waits with it. */
function waitingWith({ closures, others }: Lane, { evidence }: Parcel): Set<Parcel> {
  return evidence ? closures : others;
}

/** The sentence about a message that was taken in part. */
export function partlyRefused({ to, signal }: Parcel, { items, reason }: Refusal): string {
  return `${withoutSecrets(to.url)} took only a part of the ${signal}; it refused ${items}: ${reason}.`;
}

/** An address may carry a user name, a password or a key. */
export function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
