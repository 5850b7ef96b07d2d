import { describe, expect, it } from 'vitest';
import type { ProcessEnding } from '../../src/conventions/vocabulary.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { reduce } from '../../src/session/reduce.ts';
import { isClosed, nextDeadline } from '../../src/session/state.ts';
import { inputFacts } from '../support/input-facts.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  clientContent,
  closeCalled,
  closed,
  closureOf,
  epoch,
  opened,
  received,
  scenario,
  setup,
  setupSummary,
  text,
  ticked,
  toolCall,
  toolResponse,
  turnComplete,
  types,
  usage,
} from './build.ts';

function verdictOf(...events: readonly SessionEvent[]) {
  const session = activeScenario();
  const { initiator, expected } = closureOf(session.at(5_000, ...events));
  return { initiator, expected };
}

describe('who ended the session', () => {
  it('is the application where it called close(), whatever the code', () => {
    expect(verdictOf(closeCalled, closed(1006))).toEqual({ initiator: 'client', expected: true });
  });

  it.each([1000, 1005, 1007, 1008, 1011])('is the service where a close frame came with %d', (code) => {
    expect(verdictOf(closed(code, '', { wasClean: true })).initiator).toBe('server');
  });

  it.each([1006, undefined])('is the network where no close frame came (%s)', (code) => {
    expect(verdictOf(closed(code, '', { wasClean: false }))).toEqual({
      initiator: 'network',
      expected: false,
    });
  });

  it('is the network where the receiver failed before a close frame came', () => {
    const error: SessionEvent = {
      type: 'socket_error',
      error: { name: 'RangeError', message: 'Max payload exceeded' },
    };
    expect(verdictOf(error, closed(1009, '', { wasClean: false })).initiator).toBe('network');
  });

  it('is the service where its close frame came, although the answer to it did not get out', () => {
    expect(verdictOf(closed(1011, 'Internal error occurred.', { wasClean: false })).initiator).toBe('server');
  });

  it.each<[ProcessEnding, boolean]>([
    ['signal', true],
    ['exit', true],
    ['empty_event_loop', true],
    ['uncaught_exception', false],
    ['unhandled_rejection', false],
  ])('is the process on %s; expected: %s', (ending, expected) => {
    expect(verdictOf({ type: 'process_ending', ending })).toEqual({ initiator: 'process', expected });
  });

  it('is the application where the process ended after close() was called', () => {
    expect(verdictOf(closeCalled, { type: 'process_ending', ending: 'exit' })).toEqual({
      initiator: 'client',
      expected: true,
    });
  });
});

describe('a close of the service with 1000', () => {
  it('is expected where nothing was under way', () => {
    expect(verdictOf(clientContent(), turnComplete(), closed(1000)).expected).toBe(true);
  });

  it.each<[string, SessionEvent[]]>([
    ['a turn is open', [clientContent()]],
    ['a tool call is pending', [toolCall({ id: 'a', name: 'f' }), turnComplete()]],
    ['goAway had come', [received('go_away', { goAway: { timeLeftMs: 1_000 } })]],
  ])('is not where %s', (_, events) => {
    expect(verdictOf(...events, closed(1000)).expected).toBe(false);
  });

  it('is not before the setup was complete', () => {
    const session = scenario();
    session.at(100, opened, setup());
    expect(closureOf(session.at(200, closed(1000))).expected).toBe(false);
  });
});

describe('the closure', () => {
  it('holds everything known when it came', () => {
    const session = activeScenario({ api: 'vertex' });
    session.at(1_000, audioIn());
    session.at(2_000, audioOut());
    session.at(2_100, { type: 'send_failed', error: { name: 'Error', message: 'not open' } });
    session.at(2_200, turnComplete({ usage: usage(10, 5) }));
    const lastTurn = {
      index: 1,
      startedAt: epoch + 2_000,
      trigger: 'last_audio_frame',
      triggeredAt: epoch + 1_000,
      firstOutputAt: epoch + 2_000,
      firstAudioAt: epoch + 2_000,
      spuriousInterruptions: 0,
      endedAt: epoch + 2_200,
      outcome: 'complete',
      receivedFrames: 2,
      audioBytes: 9_600,
      textCharacters: 0,
      outputTranscriptionCharacters: 0,
      toolCalls: 0,
      usage: usage(10, 5),
    };
    const facts = session.at(3_000, {
      type: 'socket_closed',
      code: 1011,
      reason: 'Internal error occurred.',
      wasClean: true,
      process: { sessionsOpen: 3, connectsLastMinute: 7 },
      transport: { bufferedBytes: 0, pingRttMs: 40 },
    });
    expect(facts).toEqual([
      {
        type: 'closed',
        closure: {
          at: epoch + 3_000,
          code: 1011,
          reason: 'Internal error occurred.',
          reasonTruncated: false,
          wasClean: true,
          initiator: 'server',
          expected: false,
          phase: 'active',
          api: 'vertex',
          setup: setupSummary,
          setupBytes: 100,
          connectionAgeMs: 3_000,
          activeMs: 2_800,
          conversationAgeMs: 3_000,
          preceding: 'turn_complete',
          precedingAgoMs: 800,
          lastSent: { kind: 'audio', bytes: 4_400, agoMs: 2_000 },
          lastReceived: { kind: 'turn_complete', bytes: 100, agoMs: 800 },
          lastSentNotable: { kind: 'audio', bytes: 4_400, agoMs: 2_000 },
          quietMs: 800,
          firstAudioAgoMs: 2_000,
          lastOutputAgoMs: 1_000,
          sentFrames: 2,
          receivedFrames: 3,
          sentBytes: 4_500,
          receivedBytes: 13_221,
          sentAudioFrames: 1,
          sentVideoFrames: 0,
          sentBytesLast5s: 4_500,
          receivedBytesLast5s: 13_221,
          turns: 1,
          lastTurn,
          turnOpen: false,
          interruptions: 0,
          spuriousInterruptions: 0,
          toolCalls: 0,
          toolResponses: 0,
          pendingToolCalls: [],
          inputWhilePending: { frames: 0, audioFrames: 0 },
          unmatchedResponses: 0,
          input: inputFacts(),
          resumption: { resumed: false, requested: false, handleAvailable: false },
          usage: usage(10, 5),
          contextTokens: 15,
          process: { sessionsOpen: 3, connectsLastMinute: 7 },
          transport: { bufferedBytes: 0, pingRttMs: 40 },
          sendErrors: 1,
          frames: [
            { at: epoch + 100, direction: 'sent', kind: 'setup', bytes: 100 },
            { at: epoch + 200, direction: 'received', kind: 'setup_complete', bytes: 100 },
            { at: epoch + 1_000, direction: 'sent', kind: 'audio', bytes: 4_400 },
            { at: epoch + 2_000, direction: 'received', kind: 'audio', bytes: 13_021 },
            { at: epoch + 2_200, direction: 'received', kind: 'turn_complete', bytes: 100 },
          ],
        },
      },
    ]);
  });

  it('knows the tool call and the response before it, and how long ago that was', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    session.at(2_000, toolResponse({ id: 'a', name: 'get_weather' }));
    expect(closureOf(session.at(2_050, closed(1011)))).toMatchObject({
      preceding: 'tool_response',
      precedingAgoMs: 50,
      msSinceToolResponse: 50,
      turnOpen: true,
      lastTurn: { index: 1, outcome: 'closure' },
      lastToolCall: { id: 'a', outcome: 'answered' },
      lastToolResponse: { index: 1, outcome: 'closure', responses: [{ idMatch: 'matched' }] },
    });
  });

  it('knows that a reason was cut by its length on the wire, where what is left of it is shorter', () => {
    const closed = (reasonBytes: number) => {
      const end = { type: 'socket_closed', code: 1008, reason: '[redacted]', reasonBytes } as const;
      return closureOf(scenario().at(1_000, end)).reasonTruncated;
    };
    expect([closed(123), closed(122)]).toEqual([true, false]);
  });

  it('takes a reason of 123 bytes for cut, counting bytes and not characters', () => {
    const truncated = (reason: string) => closureOf(scenario().at(100, closed(1008, reason))).reasonTruncated;
    expect([truncated('x'.repeat(123)), truncated('x'.repeat(122)), truncated(`${'é'.repeat(61)}x`)]).toEqual(
      [true, false, true],
    );
  });

  it('ends what is open in this order: calls, responses, turn, session', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'f' }), toolResponse({ id: 'z' }));
    expect(types(session.at(1_500, closed(1011)))).toEqual([
      'tool_call_ended',
      'tool_response_settled',
      'turn_ended',
      'closed',
    ]);
  });

  it('ends a turn whose usage is still awaited', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete());
    expect(types(session.at(1_500, closed(1000)))).toEqual(['turn_ended', 'closed']);
  });
});

describe('connect() that failed', () => {
  const failed: SessionEvent = {
    type: 'connect_failed',
    failure: 'credentials',
    error: { name: 'Error', message: 'getaddrinfo ENOTFOUND example.test' },
    process: { sessionsOpen: 1, connectsLastMinute: 2 },
  };

  it('is a closure without a code, in the handshake', () => {
    const closure = closureOf(scenario().at(80, failed));
    expect(closure).toMatchObject({
      phase: 'handshake',
      initiator: 'client',
      expected: false,
      connectFailure: 'credentials',
      reason: '',
      connectionAgeMs: 80,
      error: { name: 'Error', message: 'getaddrinfo ENOTFOUND example.test' },
      process: { sessionsOpen: 1, connectsLastMinute: 2 },
    });
    expect(closure).not.toHaveProperty('code');
  });

  it('is one in the setup where the socket had opened', () => {
    const session = scenario();
    session.at(50, opened);
    expect(closureOf(session.at(80, failed)).phase).toBe('setup');
  });
});

describe('after the end', () => {
  it('nothing is said and nothing changes', () => {
    const session = activeScenario();
    session.at(1_000, text(), closed(1011));
    expect(isClosed(session.state)).toBe(true);
    const before = JSON.stringify(session.state);
    const events = [
      closed(1006),
      audioIn(),
      audioOut(),
      closeCalled,
      ticked,
      toolCall({ id: 'a', name: 'f' }),
    ];
    expect(events.flatMap((event) => [...reduce(session.state, event, epoch + 9_000)])).toEqual([]);
    expect(JSON.stringify(session.state)).toBe(before);
    expect(nextDeadline(session.state)).toBeUndefined();
  });
});

describe('an event that leads to nothing', () => {
  it('gives the one frozen empty list', () => {
    const session = activeScenario();
    const first = reduce(session.state, audioIn(), epoch + 1_000);
    const second = reduce(session.state, ticked, epoch + 2_000);
    expect(first).toBe(second);
    expect(Object.isFrozen(first)).toBe(true);
  });
});

describe('how the connection was made', () => {
  it('tells the kind of credential', () => {
    const session = scenario();
    session.at(0, { type: 'connecting', credential: 'ephemeral_token' });
    expect(closureOf(session.at(100, closed(1008))).credential).toBe('ephemeral_token');
  });

  it('tells the HTTP status of a handshake that was refused', () => {
    const session = scenario();
    session.at(50, {
      type: 'socket_error',
      error: { name: 'Error', message: 'Unexpected server response: 403' },
    });
    expect(closureOf(session.at(60, closed(1006))).handshakeStatus).toBe(403);
  });

  it('tells no status where another error was reported', () => {
    const session = scenario();
    session.at(50, { type: 'socket_error', error: { name: 'Error', message: 'read ECONNRESET 403' } });
    expect(closureOf(session.at(60, closed(1006)))).not.toHaveProperty('handshakeStatus');
  });
});
