import { metrics, trace } from '@opentelemetry/api';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { SessionObserver } from '../../../src/instrumentation/session-observer.ts';
import { SessionRegistry } from '../../../src/instrumentation/session-registry.ts';
import { openSession } from '../../../src/instrumentation/tap.ts';
import { Ticker, type Waiting } from '../../../src/instrumentation/ticker.ts';
import type { Stall } from '../../../src/session/model.ts';
import { createInstruments } from '../../../src/telemetry/instruments.ts';
import { microphoneFrames } from './microphone.ts';
import type { Connection, Wire } from './wire.ts';

/** A stall as it was told of. */
export interface Told {
  /** Milliseconds since the conversation began. */
  readonly at: number;
  readonly kind: Stall['kind'];
  readonly diagnosis: Diagnosis;
}

/** A day of the year 2026: reports speak of no other time. */
const epochMs = Date.UTC(2026, 9, 1, 12);

class ManualTicker extends Ticker {
  waiting: Waiting | undefined;

  override watch(waiting: Waiting): void {
    this.waiting = waiting;
  }
}

const backend = {
  tracer: trace.getTracer('bench'),
  instruments: createInstruments(metrics.getMeter('bench')),
};

/** Plays a conversation through the tap, and returns the stalls that were told of. */
export function playWire(wire: Wire): readonly Told[] {
  const told: Told[] = [];
  const registry = new SessionRegistry<SessionObserver>();
  let now = 0;
  for (const connection of wire.connections) {
    const ticker = new ManualTicker();
    const until = (at: number): void => {
      for (let due = ticker.waiting?.deadline; due !== undefined && due <= epochMs + at; ) {
        now = Math.max(now, due - epochMs);
        ticker.waiting?.tick();
        const next = ticker.waiting?.deadline;
        due = next === due ? undefined : next;
      }
      now = at;
    };
    now = connection.from;
    const { model, api, handle } = connection;
    const tap = openSession(
      { api, model, ...(handle !== undefined && { handle }) },
      {
        backend,
        registry,
        ticker,
        captureContent: false,
        eventLoopDelayMs: () => 2,
        clock: () => epochMs + now,
        onClosed: () => {},
        onStalled: ({ kind }, diagnosis) => told.push({ at: now, kind, diagnosis }),
      },
    );
    tap.connecting('api_key');
    tap.opened();
    for (const { at, by, data } of inOrder(connection)) {
      until(at);
      if (by === 'application') tap.sent(data);
      else tap.received(data);
    }
    until(connection.to);
    const { end } = connection;
    if (end === undefined) tap.closing();
    tap.closed({ code: end?.code ?? 1000, reason: end?.reason ?? '', wasClean: true });
  }
  return told;
}

interface Sent {
  readonly at: number;
  readonly by: 'application' | 'service';
  readonly data: Buffer | string;
}

function inOrder(connection: Connection): readonly Sent[] {
  const written = connection.frames.map(({ at, by, message }): Sent => {
    const text = encoded(message);
    return { at, by, data: by === 'service' ? Buffer.from(text) : text };
  });
  return [...written, ...microphoneFrames(connection)]
    .filter(({ at }) => at <= connection.to)
    .sort((a, b) => a.at - b.at);
}

const texts = new WeakMap<object, string>();

/** Frames of audio are many and alike. */
function encoded(message: object): string {
  const known = texts.get(message);
  if (known !== undefined) return known;
  const text = JSON.stringify(message);
  texts.set(message, text);
  return text;
}
