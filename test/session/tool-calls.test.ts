import { describe, expect, it } from 'vitest';
import { currentTurn, pendingToolCalls } from '../../src/session/state.ts';
import { maxPendingCalls } from '../../src/session/tool-calls.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  cancellation,
  closed,
  closureOf,
  epoch,
  only,
  sent,
  toolCall,
  toolResponse,
  types,
} from './build.ts';

describe('a tool call', () => {
  it('is told with its turn, what was declared of it, and what else was pending', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    const facts = session.at(1_500, toolCall({ id: 'b', name: 'book_table' }, { id: 'c', name: 'fly' }));
    const common = { argumentsBytes: 20, responses: 0, inputWhilePending: { frames: 0, audioFrames: 0 } };
    const turn = currentTurn(session.state);
    expect(facts).toEqual([
      {
        type: 'tool_call_received',
        call: {
          ...common,
          id: 'b',
          name: 'book_table',
          index: 2,
          turn,
          receivedAt: epoch + 1_500,
          pendingAtReceipt: 2,
          nonBlocking: true,
          declared: true,
        },
      },
      {
        type: 'tool_call_received',
        call: {
          ...common,
          id: 'c',
          name: 'fly',
          index: 3,
          turn,
          receivedAt: epoch + 1_500,
          pendingAtReceipt: 2,
          nonBlocking: false,
          declared: false,
        },
      },
    ]);
    expect(pendingToolCalls(session.state).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('ends answered when its response is written', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    const facts = session.at(1_800, toolResponse({ id: 'a', name: 'get_weather', isError: true }));
    expect(types(facts)).toEqual(['tool_response_sent', 'tool_call_ended']);
    expect(only(facts, 'tool_call_ended')[0]?.call).toMatchObject({
      endedAt: epoch + 1_800,
      outcome: 'answered',
      responseIsError: true,
      responses: 1,
    });
    expect(pendingToolCalls(session.state)).toEqual([]);
  });

  it('stays pending while its responses say that more follow', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'b', name: 'book_table' }));
    session.at(2_000, toolResponse({ id: 'b', name: 'book_table', willContinue: true }));
    expect(pendingToolCalls(session.state)).toHaveLength(1);
    const facts = session.at(3_000, toolResponse({ id: 'b', name: 'book_table', willContinue: false }));
    expect(only(facts, 'tool_call_ended')[0]?.call).toMatchObject({ outcome: 'answered', responses: 2 });
  });

  it('ends cancelled when the service cancels it', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }, { id: 'b', name: 'book_table' }));
    const facts = session.at(1_500, cancellation('b'));
    expect(only(facts, 'tool_call_ended')[0]?.call).toMatchObject({ id: 'b', outcome: 'cancelled' });
    expect(pendingToolCalls(session.state).map(({ id }) => id)).toEqual(['a']);
  });

  it('that is not pending cannot be cancelled', () => {
    const session = activeScenario();
    session.at(
      1_000,
      toolCall({ id: 'a', name: 'get_weather' }),
      toolResponse({ id: 'a', name: 'get_weather' }),
    );
    expect(session.at(1_500, cancellation('a', 'x'))).toMatchObject([
      { type: 'tool_response_acknowledged' },
      { type: 'cancellation_unmatched', at: epoch + 1_500 },
      { type: 'cancellation_unmatched', at: epoch + 1_500 },
    ]);
  });

  it('cancelled and made anew in one frame is a new call', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    const both = toolCall({ id: 'b', name: 'get_weather' });
    if (both.type !== 'frame_received') throw new Error('Not a frame.');
    const facts = session.at(2_000, { ...both, frame: { ...both.frame, cancelledIds: ['a'] } });
    expect(types(facts)).toEqual(['tool_call_ended', 'tool_call_received']);
    expect(pendingToolCalls(session.state)).toMatchObject([{ id: 'b', pendingAtReceipt: 0 }]);
  });

  it('ends with the session where nothing else ended it, and the closure says so', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }, { id: 'b', name: 'book_table' }));
    const facts = session.at(2_000, closed(1008));
    expect(types(facts)).toEqual(['tool_call_ended', 'tool_call_ended', 'turn_ended', 'closed']);
    expect(closureOf(facts).pendingToolCalls).toMatchObject([
      { id: 'a', outcome: 'closure', endedAt: epoch + 2_000 },
      { id: 'b', outcome: 'closure', endedAt: epoch + 2_000 },
    ]);
  });

  it('is not followed beyond 1,024 at a time, and again when some have ended', () => {
    const session = activeScenario();
    const many = Array.from({ length: maxPendingCalls + 5 }, (_, call) => ({
      id: `${call}`,
      name: 'get_weather',
    }));
    expect(only(session.at(1_000, toolCall(...many)), 'tool_call_received')).toHaveLength(maxPendingCalls);
    session.at(2_000, cancellation('0'));
    expect(only(session.at(3_000, toolCall({ id: 'x', name: 'f' })), 'tool_call_received')).toHaveLength(1);
    expect(currentTurn(session.state)?.toolCalls).toBe(maxPendingCalls + 1);
  });

  it('may have the id of an object property', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: '__proto__', name: 'constructor' }));
    const facts = session.at(1_100, toolResponse({ id: '__proto__', name: 'constructor' }));
    expect(only(facts, 'tool_response_sent')[0]?.response.responses).toMatchObject([
      { idMatch: 'matched', nameMatch: 'matched' },
    ]);
  });
});

describe('realtime input while a tool call is pending', () => {
  it('is counted for each call and for the session, audio apart', () => {
    const session = activeScenario();
    session.at(900, audioIn());
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    session.at(1_100, audioIn());
    session.at(1_200, toolCall({ id: 'b', name: 'book_table' }));
    session.at(1_300, sent('video'));
    session.at(1_400, audioIn());
    const facts = session.at(1_500, toolResponse({ id: 'a', name: 'get_weather' }));
    const first = { frames: 3, audioFrames: 2, firstAt: epoch + 1_100, lastAt: epoch + 1_400 };
    expect(only(facts, 'tool_call_ended')[0]?.call.inputWhilePending).toEqual(first);
    expect(only(facts, 'tool_response_sent')[0]?.response.responses[0]?.inputWhilePending).toEqual(first);

    session.at(1_600, audioIn());
    const second = { frames: 3, audioFrames: 2, firstAt: epoch + 1_300, lastAt: epoch + 1_600 };
    expect(pendingToolCalls(session.state)[0]?.inputWhilePending).toEqual(second);

    session.at(1_700, toolResponse({ id: 'b', name: 'book_table' }));
    session.at(1_800, audioIn());
    expect(closureOf(session.at(2_000, closed(1008))).inputWhilePending).toEqual({
      frames: 4,
      audioFrames: 3,
      firstAt: epoch + 1_100,
      lastAt: epoch + 1_600,
    });
  });

  it('is none where nothing was sent, or nothing is pending', () => {
    const session = activeScenario();
    session.at(1_000, audioIn(), toolCall({ id: 'a', name: 'get_weather' }));
    const facts = session.at(1_500, toolResponse({ id: 'a', name: 'get_weather' }), audioIn());
    const none = { frames: 0, audioFrames: 0 };
    expect(only(facts, 'tool_call_ended')[0]?.call.inputWhilePending).toEqual(none);
    expect(closureOf(session.at(2_000, audioOut(), closed(1008))).inputWhilePending).toEqual(none);
  });
});
