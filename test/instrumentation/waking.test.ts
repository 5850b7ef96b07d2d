/** A process that stood still, or a page that was frozen, finds no silence before it has read what came meanwhile. */
import { metrics, ProxyTracerProvider } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import type { SessionObserver } from '../../src/instrumentation/session-observer.ts';
import { SessionRegistry } from '../../src/instrumentation/session-registry.ts';
import { openSession } from '../../src/instrumentation/tap.ts';
import type { Waiting } from '../../src/instrumentation/ticker.ts';
import { createInstruments } from '../../src/telemetry/instruments.ts';

/** A session that has asked, in a process whose time the test makes. */
function asking() {
  let now = 0;
  let late = false;
  let waiting: Waiting | undefined;
  const stalls: string[] = [];
  const tap = openSession(
    { api: 'gemini', model: 'gemini-test' },
    {
      backend: {
        tracer: new ProxyTracerProvider().getTracer('test'),
        instruments: createInstruments(metrics.getMeter('test')),
      },
      registry: new SessionRegistry<SessionObserver>(),
      ticker: {
        watch: (watched) => {
          waiting = watched;
        },
        isLate: () => late,
      },
      clock: () => now,
      captureContent: false,
      eventLoopDelayMs: () => undefined,
      onClosed: () => {},
      onStalled: ({ kind }) => stalls.push(`${kind} at ${now}`),
    },
  );
  const say = (message: object) => tap.received(JSON.stringify(message));
  tap.opened();
  tap.sent(JSON.stringify({ setup: { model: 'models/gemini-test' } }));
  say({ setupComplete: {} });
  tap.sent(JSON.stringify({ clientContent: { turns: [{ parts: [{ text: 'And?' }] }], turnComplete: true } }));
  return {
    stalls,
    say,
    tap,
    /** The timer runs at this time, as late as that. */
    tick(at: number, isLate = false) {
      now = at;
      late = isLate;
      if ((waiting?.deadline ?? Number.POSITIVE_INFINITY) <= now) waiting?.tick();
      late = false;
    },
    /** Something happens at this time, before the timer has run. */
    first(at: number, happens: () => void) {
      now = at;
      late = true;
      happens();
      late = false;
    },
  };
}

const words = { serverContent: { modelTurn: { parts: [{ text: 'Well.' }] } } };

it('finds a silence in time where nothing stood still', () => {
  const { stalls, tick } = asking();
  tick(14_999);
  expect(stalls).toEqual([]);
  tick(15_000);
  expect(stalls).toEqual(['turn_unanswered at 15000']);
});

it('waits for what came meanwhile where the timer is first', () => {
  const { stalls, say, tick } = asking();
  tick(60_000, true);
  say({ sessionResumptionUpdate: {} });
  say(words);
  tick(62_000);
  expect(stalls).toEqual([]);
});

it.each([
  ['audio', { audio: { data: 'AAAA', mimeType: 'audio/pcm;rate=16000' } }],
  ['a mark', { activityStart: {} }],
])('waits for it where %s of the user is first', (_what, realtimeInput) => {
  const { stalls, say, tick, tap, first } = asking();
  first(60_000, () => tap.sent(JSON.stringify({ realtimeInput })));
  say(words);
  tick(60_100, true);
  tick(62_500);
  expect(stalls).toEqual([]);
});

it('finds a silence that goes on', () => {
  const { stalls, tick } = asking();
  tick(60_000, true);
  tick(61_999);
  expect(stalls).toEqual([]);
  tick(62_000);
  expect(stalls).toEqual(['turn_unanswered at 62000']);
});

it('finds a silence where timers run once a minute, in a page that is hidden', () => {
  const { stalls, tick } = asking();
  tick(60_000, true);
  tick(120_000, true);
  expect(stalls).toEqual(['turn_unanswered at 120000']);
});

it('finds a silence in time while the page itself goes on, whenever timers run', () => {
  const { stalls, tap, first } = asking();
  for (let at = 1_000; at <= 15_000; at += 1_000) {
    first(at, () => tap.sent(JSON.stringify({ realtimeInput: { activityStart: {} } })));
  }
  expect(stalls).toEqual(['turn_unanswered at 15000']);
});
