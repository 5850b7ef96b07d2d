import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toJson } from '../../src/report/json.ts';
import { buildSessions } from '../../src/report/sessions/model.ts';
import { arbitrarySpans } from './arbitrary-sessions.ts';
import { decoded, id, spanLine, traceA } from './otlp-lines.ts';
import { allSpans } from './sample.ts';

const input = { files: ['live-otel.jsonl'], lines: 7, spans: 7, brokenLines: [] };

it('holds the input, the totals, every session and the groups of closures', () => {
  const sessions = buildSessions(decoded(spanLine(allSpans)));
  expect(toJson(input, sessions)).toEqual({
    version: 1,
    input,
    totals: {
      sessions: 1,
      turns: 2,
      toolCalls: 1,
      toolResponses: 1,
      closures: { expected: 0, unexpected: 1 },
    },
    sessions,
    closureGroups: [
      {
        code: 1011,
        reason: 'Internal error occurred.',
        initiator: 'server',
        expected: false,
        preceding: 'tool_response',
        count: 1,
        sessions: [{ traceId: traceA, spanId: id(1), sessionId: 'session-1' }],
      },
    ],
  });
});

it('counts every closure in one group, whatever the spans', () => {
  fc.assert(
    fc.property(arbitrarySpans, (spans) => {
      const { totals, closureGroups } = toJson(input, buildSessions(spans));
      const grouped = closureGroups.reduce((sum, { count }) => sum + count, 0);
      expect(grouped).toBe(totals.closures.expected + totals.closures.unexpected);
    }),
  );
});
