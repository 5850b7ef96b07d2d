import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSessions } from '../../../../src/report/read/sessions/model.ts';
import { closureLogLine, decoded, id, origin, spanLine, traceA } from '../../otlp-lines.ts';
import { allSpans, closure, connect, session, toolCall, toolResponse, turn1, turn2 } from '../../sample.ts';

function sessionsOf(...spans: readonly (typeof session)[]) {
  return buildSessions(decoded(spanLine(spans)));
}

describe('buildSessions', () => {
  it('puts a session together', () => {
    const part = ({ spanId, parentSpanId, from, to, attributes }: typeof session) => ({
      spanId,
      parentSpanId,
      startedAt: origin + from,
      endedAt: origin + to,
      attributes,
    });
    expect(sessionsOf(...allSpans)).toEqual([
      {
        traceId: traceA,
        spanId: id(1),
        sessionId: 'session-1',
        service: 'voice-agent',
        node: '24.1.0',
        os: 'linux',
        model: 'gemini-live-2.5-flash',
        recorded: true,
        startedAt: origin,
        endedAt: origin + 10_000,
        attributes: session.attributes,
        events: [
          { name: 'go_away', at: origin + 9_000, attributes: { 'gemini.live.go_away.time_left': 50 } },
        ],
        connect: part(connect),
        turns: [turn1, turn2].map((span) => ({ ...part(span), events: [] })),
        toolCalls: [part(toolCall)],
        toolResponses: [part(toolResponse)],
        closure: {
          ...part(closure),
          events: closure.events?.map(({ name, at, attributes }) => ({ name, at: origin + at, attributes })),
        },
      },
    ]);
  });

  it('keeps what happened in a turn, oldest first, without its transcriptions', () => {
    const events = (['user_speech', 'transcription', 'interruption'] as const).map((name, index) => ({
      name,
      at: 3_000 - index * 100,
      attributes: {},
    }));
    const [found] = sessionsOf(session, { ...turn1, events });
    expect(found?.turns[0]?.events.map(({ name }) => name)).toEqual(['interruption', 'user_speech']);
  });

  it('keeps sessions of one trace apart', () => {
    const second = (span: typeof session) => ({
      ...span,
      spanId: span.spanId.replace(/^0/, 'f'),
      ...(span.parentSpanId && { parentSpanId: span.parentSpanId.replace(/^0/, 'f') }),
    });
    const sessions = sessionsOf(...allSpans, ...allSpans.map(second));
    expect(sessions.map(({ spanId, turns, toolCalls }) => [spanId, turns.length, toolCalls.length])).toEqual([
      [id(1), 2, 1],
      [id(1).replace(/^0/, 'f'), 2, 1],
    ]);
  });

  it('reports a closure whose session was not sampled, from when its connection began', () => {
    expect(sessionsOf(closure)).toMatchObject([
      {
        spanId: id(1),
        recorded: false,
        startedAt: origin,
        endedAt: origin + 10_000,
        turns: [],
        closure: { spanId: id(7) },
      },
    ]);
  });

  it('finds the session of a tool call whose turn has not ended, by the id of the session', () => {
    const sessions = sessionsOf(connect, toolCall, toolResponse);
    expect(sessions).toMatchObject([{ spanId: id(1), recorded: false, toolCalls: [{ spanId: id(5) }] }]);
  });

  it('keeps a tool call that nothing leads to a session', () => {
    expect(sessionsOf({ ...toolCall, attributes: { 'gemini.live.tool_call.index': 1 } })).toMatchObject([
      { traceId: traceA, spanId: '', recorded: false, toolCalls: [{ spanId: id(5) }] },
    ]);
  });

  it('takes a closure from its log record where there is no span of it', () => {
    const attributes = { 'gemini.live.closure.code': 1008, 'gemini.live.closure.initiator': 'server' };
    const log = closureLogLine({ traceId: traceA, spanId: id(1), at: 10_000, attributes });
    expect(buildSessions(decoded(spanLine([session, turn1]), log))).toMatchObject([
      { spanId: id(1), turns: [{}], closure: { attributes } },
    ]);
  });

  it.each([
    ['of the closure', id(7)],
    ['of the session', id(1)],
    ['of nothing known', undefined],
  ])('counts a closure once that has a span and a log record with the context %s', (_, spanId) => {
    const attributes = { ...closure.attributes, 'gemini.live.closure.explanation': 'from the log' };
    const log = closureLogLine({ traceId: traceA, ...(spanId && { spanId }), at: 10_000, attributes });
    const sessions = buildSessions(decoded(log, spanLine(allSpans)));
    expect(sessions.map((found) => found.closure?.attributes)).toEqual([closure.attributes]);
  });

  it('ignores parents that form a circle', () => {
    const [a, b] = [
      { ...toolCall, parentSpanId: toolResponse.spanId },
      { ...toolResponse, parentSpanId: toolCall.spanId },
    ];
    expect(sessionsOf(a, b)).toMatchObject([{ toolCalls: [{}], toolResponses: [{}] }]);
  });

  it('does not depend on the order of the spans, their lines, or how often they were read', () => {
    const others = allSpans.map((span) => ({
      ...span,
      traceId: 'b'.repeat(32),
      attributes: span.attributes ?? {},
    }));
    const log = closureLogLine({
      traceId: traceA,
      spanId: id(7),
      at: 10_000,
      attributes: closure.attributes ?? {},
    });
    const everything = [...allSpans, ...others];
    const expected = JSON.stringify(
      buildSessions(decoded(...everything.map((span) => spanLine([span])), log)),
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray(everything, { minLength: everything.length }),
        fc.subarray(everything),
        fc.integer({ min: 1, max: 5 }),
        (shuffled, repeated, perLine) => {
          const all = [...repeated, ...shuffled];
          const lines = Array.from({ length: Math.ceil(all.length / perLine) }, (_, index) =>
            spanLine(all.slice(index * perLine, (index + 1) * perLine)),
          );
          expect(JSON.stringify(buildSessions(decoded(log, ...lines)))).toBe(expected);
        },
      ),
    );
  });
});
