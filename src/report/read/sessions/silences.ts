/** Sessions that were silent at some time: what their spans tell and what their closures do, in bounded memory. */
import { decodeJson, type LiveSpan } from '../otlp.ts';
import type { Troubles } from '../trouble.ts';
import type { SpanOfSession } from './whole.ts';

export interface Silences {
  /** The span of a session; most have no silence in them, which is seen without decoding them. */
  session(span: SpanOfSession, weight: number): void;
  /** A closure that names one. */
  closure(span: SpanOfSession, weight: number): void;
  /** Counts those that are left. */
  finish(): void;
}

interface Pending {
  readonly session?: LiveSpan;
  readonly closure?: LiveSpan;
  readonly weight: number;
}

/** Sessions of which one part may still come; of more the oldest are counted as they are. */
const mostPending = 20_000;
const eventName = Buffer.from('"stall"');

export function createSilences(troubles: Troubles): Silences {
  const pending = new Map<number, Pending>();

  const settle = ({ session, closure, weight }: Pending): void => {
    const span = session ?? closure;
    if (span === undefined) return;
    const sessionId = span.attributes['gen_ai.realtime_session.id'];
    troubles.stalled(
      {
        traceId: span.traceId,
        spanId: session?.spanId ?? closure?.parentSpanId ?? '',
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
    session(span, weight) {
      const { session, bytes, from, to } = span;
      if (!Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).includes(eventName)) return;
      const decoded = decode(span);
      if (decoded) put(session, { session: decoded }, weight);
    },
    closure(span, weight) {
      const decoded = decode(span);
      if (decoded) put(span.session, { closure: decoded }, weight);
    },
    finish() {
      for (const one of pending.values()) settle(one);
    },
  };
}

function decode({ bytes, from, to, resource }: SpanOfSession): LiveSpan | undefined {
  return decodeJson(bytes.subarray(from, to), resource, false);
}
