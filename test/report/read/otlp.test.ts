import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAttributes, decodeClosureLog, decodeSpan, mostEvents } from '../../../src/report/read/otlp.ts';
import { closureLogLine, decoded, id, origin, spanLine, traceA } from '../otlp-lines.ts';
import { connect, session } from '../sample.ts';

describe('decodeSpan and decodeClosureLog', () => {
  it('decodes a span with its service, times in milliseconds and its events', () => {
    expect(decoded(spanLine([session]))).toEqual([
      {
        source: 'span',
        kind: 'session',
        name: 'live_session gemini-live-2.5-flash',
        traceId: traceA,
        spanId: id(1),
        startedAt: origin,
        endedAt: origin + 10_000,
        service: 'voice-agent',
        node: '24.1.0',
        os: 'linux',
        attributes: session.attributes,
        events: [
          { name: 'go_away', at: origin + 9_000, attributes: { 'gemini.live.go_away.time_left': 50 } },
        ],
      },
    ]);
  });

  it('keeps no more events than can be drawn, the first ones', () => {
    const events = Array.from({ length: mostEvents + 5 }, (_, at) => ({
      name: 'go_away',
      at,
      attributes: {},
    }));
    const [span] = decoded(spanLine([{ ...session, events }]));
    expect(span?.events.map(({ at }) => at - origin)).toEqual(
      events.slice(0, mostEvents).map(({ at }) => at),
    );
  });

  it('keeps fractions of a millisecond', () => {
    const [span] = decoded(spanLine([{ ...connect, from: 0.25, to: 120.125 }]));
    expect([span?.startedAt, span?.endedAt]).toEqual([origin + 0.25, origin + 120.125]);
  });

  it('reads ids in capitals as the same ids', () => {
    const [span] = decoded(spanLine([{ ...connect, traceId: traceA.toUpperCase() }]));
    expect(span?.traceId).toBe(traceA);
  });

  it('leaves the spans of other instrumentations out', () => {
    const line = spanLine([
      { ...connect, name: 'GET /' },
      { ...connect, name: 'execute_tool theirs', attributes: {} },
    ]);
    expect(decoded(line)).toEqual([]);
  });

  it('leaves out a span without a valid id', () => {
    expect(decoded(spanLine([{ ...connect, spanId: '0'.repeat(16) }]))).toEqual([]);
  });

  it('takes a log record of a closure for the closure', () => {
    const attributes = { 'gemini.live.closure.code': 1011, 'gemini.live.closure.initiator': 'server' };
    expect(decoded(closureLogLine({ traceId: traceA, spanId: id(1), at: 10_000, attributes }))).toEqual([
      {
        source: 'log',
        kind: 'closure',
        name: 'gen_ai.client.realtime_session.ended',
        traceId: traceA,
        spanId: '',
        parentSpanId: id(1),
        startedAt: origin + 10_000,
        endedAt: origin + 10_000,
        service: 'voice-agent',
        node: '24.1.0',
        os: 'linux',
        attributes,
        events: [],
      },
    ]);
  });

  it('never throw, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        decodeSpan(value);
        decodeSpan({ ...connect, attributes: value, events: value });
        decodeClosureLog(value);
      }),
    );
  });
});

describe('decodeAttributes', () => {
  it('reads 64-bit integers as strings and as numbers', () => {
    const list = [
      { key: 'gemini.live.closure.code', value: { intValue: '1011' } },
      { key: 'gemini.live.session.turns', value: { intValue: 3 } },
    ];
    expect(decodeAttributes(list)).toEqual({
      'gemini.live.closure.code': 1011,
      'gemini.live.session.turns': 3,
    });
  });

  it('reads doubles, booleans and arrays', () => {
    const list = [
      { key: 'gemini.live.closure.connection_age', value: { doubleValue: 12.5 } },
      { key: 'gemini.live.closure.expected', value: { boolValue: false } },
      { key: 'gemini.live.closure.tools_pending', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
      { key: 'gemini.live.closure.rivals', value: { arrayValue: { values: [] } } },
    ];
    expect(decodeAttributes(list)).toEqual({
      'gemini.live.closure.connection_age': 12.5,
      'gemini.live.closure.expected': false,
      'gemini.live.closure.tools_pending': ['a'],
      'gemini.live.closure.rivals': [],
    });
  });

  it('leaves out unknown names and values of another type', () => {
    const list = [
      { key: '__proto__', value: { stringValue: 'x' } },
      { key: 'http.url', value: { stringValue: 'x' } },
      { key: 'gemini.live.closure.code', value: { stringValue: '1011' } },
      { key: 'gemini.live.closure.reason', value: { intValue: 5 } },
      { key: 'gemini.live.closure.tools_pending', value: { arrayValue: { values: [{ intValue: 5 }] } } },
      { key: 'gemini.live.session.turns', value: { intValue: 'many' } },
    ];
    expect(decodeAttributes(list)).toEqual({});
  });
});
