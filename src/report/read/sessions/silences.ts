/** Sessions that were silent at some time: what their spans tell and what their closures do, in bounded memory. */
import type { Row } from '../../../analysis/risk/count.ts';
import { column } from '../../../analysis/risk/record.ts';
import type { LiveAttributes } from '../../../conventions/attributes.ts';
import { decodeJson, type LiveSpan } from '../otlp.ts';
import { value } from '../row-values.ts';
import type { Troubles } from '../trouble.ts';
import type { SessionRef } from './closure-groups.ts';
import { resourceOf } from './recent.ts';

export interface Silences {
  /** The span of a session; most have no silence in them, which is seen without decoding them. */
  session(row: Row, bytes: Uint8Array): void;
  /** A closure that names one. */
  closure(session: number, closure: SilentEnd, weight: number): void;
  /** Counts those that are left. */
  finish(): void;
}

/** Of a closure what it says of the silence, and of which session. */
interface SilentEnd extends SessionRef {
  readonly attributes: LiveAttributes;
}

interface Pending {
  readonly session?: LiveSpan;
  readonly closure?: SilentEnd;
  readonly weight: number;
}

/** Sessions of which one part may still come; of more the oldest are counted as they are. */
const mostPending = 20_000;
const eventName = Buffer.from('"stall"');

export function createSilences(troubles: Troubles): Silences {
  const pending = new Map<number, Pending>();

  const settle = ({ session, closure, weight }: Pending): void => {
    const reference = session ? referenceOf(session) : closure;
    if (reference === undefined) return;
    const { traceId, spanId, sessionId } = reference;
    troubles.stalled(
      {
        traceId,
        spanId,
        ...(sessionId !== undefined && { sessionId }),
        events: session?.events ?? [],
        ...(closure && { closure }),
      },
      weight,
    );
  };

  const put = (id: number, part: Partial<Pending>, weight: number): void => {
    const [oldest] = pending;
    if (oldest && pending.size >= mostPending && !pending.has(id)) {
      settle(oldest[1]);
      pending.delete(oldest[0]);
    }
    pending.set(id, { ...pending.get(id), ...part, weight });
  };

  return {
    session(row, bytes) {
      const [from, to] = [value(row, column.eventsFrom), value(row, column.eventsTo)];
      if (to - from < eventName.length) return;
      if (!Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).includes(eventName)) return;
      const decoded = decode(row, bytes);
      if (decoded) put(value(row, column.session), { session: decoded }, value(row, column.weight));
    },
    closure(session, closure, weight) {
      put(session, { closure }, weight);
    },
    finish() {
      for (const one of pending.values()) settle(one);
    },
  };
}

function referenceOf({ traceId, spanId, attributes }: LiveSpan): SessionRef {
  const sessionId = attributes['gen_ai.realtime_session.id'];
  return { traceId, spanId, ...(sessionId !== undefined && { sessionId }) };
}

function decode(row: Row, bytes: Uint8Array): LiveSpan | undefined {
  const json = bytes.subarray(value(row, column.from), value(row, column.to));
  return decodeJson(json, resourceOf(row), false);
}
