import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/report/read/collect.ts';
import { id, type SpanInput, spanLine } from '../otlp-lines.ts';
import { closure, session, turn1 } from '../sample.ts';

const stalled: SpanInput = {
  ...session,
  events: [
    {
      name: 'stall',
      at: 5_000,
      attributes: {
        'gemini.live.stall.kind': 'turn_unanswered',
        'gemini.live.stall.cause': 'stall-no-answer',
        'gemini.live.stall.duration': 3,
      },
    },
  ],
};
const silentEnd: SpanInput = {
  ...closure,
  attributes: {
    ...closure.attributes,
    'gemini.live.closure.stall': 'turn_unanswered',
    'gemini.live.closure.stall_duration': 8,
  },
};
const rejected: SpanInput = {
  ...turn1,
  attributes: {
    ...turn1.attributes,
    'gemini.live.turn.outcome': 'rejected',
    'gemini.live.turn.complete_reason': 'RESPONSE_REJECTED',
  },
};

function inTrace(number: number, spans: readonly SpanInput[]): readonly SpanInput[] {
  return spans.map((span) => ({
    ...span,
    traceId: id(number).repeat(2),
    attributes: { ...span.attributes, 'gen_ai.realtime_session.id': `session-${number}` },
  }));
}

function collected(lines: readonly (readonly SpanInput[])[]) {
  const text = lines.map((spans) => `${spanLine(spans)}\n`).join('');
  return collect(['-'], { stdin: Readable.from([text]), keepSessions: 1 });
}

describe('stalls and refused turns', () => {
  it('count in every session, held whole or not, and once where span and closure tell of one', async () => {
    const { sessions, stalls, turnTroubles } = await collected([
      inTrace(1, [stalled, rejected, silentEnd]),
      inTrace(2, [silentEnd]),
      inTrace(3, [stalled]),
      inTrace(4, [session, turn1, closure, { ...turn1, spanId: id(77), attributes: {} }]),
      // The parts of one session in two lines, the closure first.
      inTrace(5, [silentEnd]),
      inTrace(5, [stalled, rejected]),
    ]);
    expect(sessions).toHaveLength(1);
    expect(
      stalls.map(({ kind, cause, stalls, recovered, longest }) => [kind, cause, stalls, recovered, longest]),
    ).toEqual([
      ['turn_unanswered', 'stall-no-answer', 3, 0, 8],
      ['turn_unanswered', 'unknown', 1, 0, 8],
    ]);
    expect(turnTroubles).toMatchObject([{ outcome: 'RESPONSE_REJECTED', turns: 2 }]);
    expect(stalls[0]?.examples[0]).toEqual({
      traceId: id(1).repeat(2),
      spanId: id(1),
      sessionId: 'session-1',
    });
  });
});
