import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { categories, confidences, hypotheses } from '../../src/diagnosis/diagnosis.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { Closure } from '../../src/session/model.ts';
import { reduce } from '../../src/session/reduce.ts';
import { createSession } from '../../src/session/state.ts';
import { wholeSession } from '../session/arbitraries.ts';
import {
  activeScenario,
  audioIn,
  clientContent,
  closeCalled,
  closed,
  closureOf,
  epoch,
  received,
  scenario,
  toolCall,
  toolResponse,
  turnComplete,
  usage,
} from '../session/build.ts';

const unknown = {
  cause: 'unknown',
  category: 'unknown',
  hypothesis: 'not_established',
  confidence: 'none',
  rivals: [],
};

/** A tool call of get_weather at 1 s, its response at 2 s with one audio frame before it, and then `events`. */
function afterToolResponse(at: number, ...events: readonly SessionEvent[]): Closure {
  const session = activeScenario();
  session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }, { id: 'b', name: 'book_table' }));
  session.at(1_500, audioIn());
  session.at(2_000, toolResponse({ id: 'x', name: 'get_weather', responseBytes: 250, encoding: 'escaped' }));
  return closureOf(session.at(at, ...events));
}

describe('a close of the service', () => {
  it('is told with code, reason and what came right before, and its cause is left open', () => {
    expect(
      diagnose(afterToolResponse(2_050, closed(1011, 'Internal error occurred.', { wasClean: true }))),
    ).toEqual({
      ...unknown,
      explanation:
        'The service closed with 1011 "Internal error occurred." 0.05 s after a tool response of 312 bytes to get_weather; no frame came in between.',
      evidence: [
        '2 tool calls pending (get_weather and book_table), the oldest for 1.05 s.',
        '1 realtime input frame sent while a tool call was pending, 1 of them audio.',
        'The last tool response was sent 0.05 s before the end, and no frame came after it.',
        'The last tool response had 312 bytes: 250 bytes of them payload, encoding escaped, shape object.',
        'Id match of the last tool response: unknown.',
        '1 function response of the session matched no pending call by id.',
        'Turn 1 was under way.',
        'Of the frames, the last frame sent was tool_response (312 bytes, 0.05 s before) and the last frame received was tool_call (100 bytes, 1.05 s before).',
        'The connection was 2.05 s old, 1.85 s of them after the setup, in phase active.',
      ],
    });
  });

  it('says so where the reason was cut', () => {
    const session = activeScenario();
    const reason = 'x'.repeat(123);
    const { explanation } = diagnose(closureOf(session.at(60_200, clientContent(), closed(1008, reason))));
    expect(explanation).toBe(
      `The service closed with 1008 "${reason}" (cut at 123 bytes) 0.00 s after client content was sent.`,
    );
  });

  it('says so where there was no reason', () => {
    const session = activeScenario();
    const { explanation } = diagnose(closureOf(session.at(1_200, closed(1000))));
    expect(explanation).toBe(
      'The service closed with 1000 and no reason 1.00 s after the setup was completed.',
    );
  });

  it('brings goAway, usage, handles, the process and the transport into evidence', () => {
    const session = activeScenario({ resumedHandleAt: epoch - 10_000 }, { handleHash: 'h' });
    session.at(500_000, clientContent({ rolesMissing: 1 }), turnComplete({ usage: usage(900, 50) }));
    session.at(540_000, received('go_away', { goAway: { timeLeftMs: 50_000 } }));
    const end: SessionEvent = {
      type: 'socket_closed',
      code: 1008,
      reason: 'aborted',
      process: { sessionsOpen: 3, connectsLastMinute: 1 },
      transport: { bufferedBytes: 1, pingRttMs: 45, eventLoopDelayMs: 12 },
    };
    expect(diagnose(closureOf(session.at(590_000, end))).evidence).toEqual([
      'goAway came 50.0 s before the end with 50.0 s left; that time had run out.',
      'Client content had turns without a role.',
      'The last usage counted 950 tokens.',
      'The session was resumed; the last handle was 600 s old.',
      'The last sign of the user was 90.0 s before the end.',
      '3 sessions open in the process, 1 connect in the last minute.',
      'The transport showed 1 byte waiting in the socket, a ping round trip of 45 ms and an event-loop delay of up to 12 ms.',
      'Of the frames, the last frame sent was client_content (100 bytes, 90.0 s before) and the last frame received was go_away (100 bytes, 50.0 s before).',
      'The connection was 590 s old, 590 s of them after the setup, in phase after_go_away.',
    ]);
  });
});

describe('an end that says itself who made it', () => {
  it('is that of the application', () => {
    expect(diagnose(afterToolResponse(62_000, closeCalled, closed(1000)))).toMatchObject({
      cause: 'unknown',
      category: 'client',
      hypothesis: 'client',
      confidence: 'high',
      explanation: 'The application closed the session 62.0 s after connect().',
    });
  });

  it('is that of the process', () => {
    const session = scenario();
    expect(diagnose(closureOf(session.at(500, { type: 'process_ending', ending: 'signal' })))).toEqual({
      cause: 'unknown',
      category: 'process',
      hypothesis: 'process',
      confidence: 'high',
      explanation:
        'The process was ended by a signal with the session open, 0.50 s after connect(); no frame had crossed the socket.',
      evidence: [
        'No frame crossed the socket.',
        'The connection was 0.50 s old, its setup not complete, in phase handshake.',
      ],
      rivals: [],
    });
  });
});

describe('an end without a close frame', () => {
  it('is of the transport, and not more where nothing else is known', () => {
    const session = activeScenario();
    session.at(3_000, audioIn());
    expect(diagnose(closureOf(session.at(4_500, closed(1006, '', { wasClean: false }))))).toMatchObject({
      ...unknown,
      category: 'transport',
      explanation: 'The connection ended with 1006 and no close frame 1.50 s after audio was sent.',
    });
  });

  it.each([
    ['getaddrinfo ENOTFOUND example.test', 'connection', 'medium'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'connection', 'medium'],
    ['read ECONNRESET', 'connection', 'low'],
    ['Unexpected server response: 403', 'not_established', 'none'],
  ])('after "%s" supports %s, confidence %s', (message, hypothesis, confidence) => {
    const session = scenario();
    const failed: SessionEvent = { type: 'connect_failed', error: { name: 'Error', message } };
    expect(diagnose(closureOf(session.at(80, failed)))).toMatchObject({
      category: 'transport',
      hypothesis,
      confidence,
      explanation: `No connection came about: connect() failed 0.08 s after it was called. The last error was Error: ${message}.`,
    });
  });
});

describe('any closure', () => {
  it('is diagnosed with evidence, without throwing, in the words of the contract', () => {
    fc.assert(
      fc.property(wholeSession, (events) => {
        const state = createSession({ startedAt: epoch, api: 'vertex', captureContent: true });
        const closure = closureOf(events.flatMap(({ event, now }) => [...reduce(state, event, now)]));
        const diagnosis = diagnose(closure);
        expect(diagnosis.evidence.length).toBeGreaterThan(0);
        for (const sentence of [diagnosis.explanation, ...diagnosis.evidence]) {
          expect(sentence).toMatch(/\.$/);
          expect(sentence).not.toMatch(/\b(?:undefined|NaN|Infinity)\b/);
        }
        expect(categories).toContain(diagnosis.category);
        expect(hypotheses).toContain(diagnosis.hypothesis);
        expect(confidences).toContain(diagnosis.confidence);
      }),
      { numRuns: 300 },
    );
  });
});
