import { describe, expect, it } from 'vitest';
import { groupClosures, mostTelling, singleClosures } from '../../../src/report/sessions/closures.ts';
import { buildSessions } from '../../../src/report/sessions/model.ts';
import type { LiveAttributes } from '../../../src/telemetry/attributes.ts';
import { decoded, id, spanLine } from '../otlp-lines.ts';
import { closure, session, toolCall } from '../sample.ts';

/** A session with that number for an id, closed with these attributes over those of the sample. */
function closedSession(number: number, attributes: LiveAttributes) {
  const traceId = String(number).repeat(32);
  return [
    { ...session, traceId, spanId: id(1), from: number * 1_000, to: number * 1_000 + 500 },
    {
      ...closure,
      traceId,
      from: number * 1_000,
      to: number * 1_000 + 500,
      attributes: { ...closure.attributes, ...attributes },
    },
  ];
}

const expected = { 'live.closure.expected': true, 'live.closure.code': 1000 };
const dropped = { 'live.closure.code': 1006, 'live.closure.preceding_event': 'audio' };
const sessions = buildSessions(
  decoded(
    spanLine([
      ...closedSession(1, expected),
      ...closedSession(2, dropped),
      ...closedSession(3, {}),
      ...closedSession(4, dropped),
      ...closedSession(5, {}),
      ...closedSession(6, dropped),
    ]),
  ),
);

describe('singleClosures', () => {
  it('puts unexpected ones first, and of these the ones after a tool response', () => {
    expect(singleClosures(sessions).map((group) => group.sessions[0].traceId[0])).toEqual([
      '3',
      '5',
      '2',
      '4',
      '6',
      '1',
    ]);
  });
});

describe('groupClosures', () => {
  it('joins closures of the same code, reason and preceding event', () => {
    expect(
      groupClosures(sessions).map(({ sessions: members, ...facts }) => [
        facts,
        members.map(({ traceId }) => traceId[0]),
      ]),
    ).toEqual([
      [
        {
          code: 1011,
          reason: 'Internal error occurred.',
          initiator: 'server',
          expected: false,
          preceding: 'tool_response',
        },
        ['3', '5'],
      ],
      [
        {
          code: 1006,
          reason: 'Internal error occurred.',
          initiator: 'server',
          expected: false,
          preceding: 'audio',
        },
        ['2', '4', '6'],
      ],
      [
        {
          code: 1000,
          reason: 'Internal error occurred.',
          initiator: 'server',
          expected: true,
          preceding: 'tool_response',
        },
        ['1'],
      ],
    ]);
  });
});

describe('mostTelling', () => {
  it('is an unexpected end after a tool response, the first of them', () => {
    expect(mostTelling(sessions)?.traceId[0]).toBe('3');
  });

  it('is the one of these with tool calls, where their spans are there', () => {
    const spans = [
      ...closedSession(3, {}),
      ...closedSession(5, {}),
      { ...toolCall, traceId: '5'.repeat(32), parentSpanId: id(1) },
    ];
    expect(mostTelling(buildSessions(decoded(spanLine(spans))))?.traceId[0]).toBe('5');
  });

  it('is an expected end where there is no other', () => {
    expect(mostTelling(sessions.slice(0, 1))?.traceId[0]).toBe('1');
  });

  it('is nothing without sessions', () => {
    expect(mostTelling([])).toBeUndefined();
  });
});
