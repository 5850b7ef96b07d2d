import { describe, expect, it } from 'vitest';
import { currentTurn } from '../../src/session/state.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  closed,
  closureOf,
  interrupted,
  only,
  text,
  toolCall,
  toolResponse,
  turnComplete,
  usage,
  usageFrame,
} from './build.ts';

describe('token usage', () => {
  it('is added up over the generations of a turn', () => {
    const session = activeScenario();
    session.at(1_000, text(), toolCall({ id: 'a', name: 'get_weather' }), usageFrame(100, 10));
    session.at(2_000, toolResponse({ id: 'a', name: 'get_weather' }), audioOut(), usageFrame(150, 40));
    expect(currentTurn(session.state)?.usage).toEqual(usage(250, 50));
  });

  it('with the same prompt and no fewer response tokens replaces what came before', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), usageFrame(100, 10));
    session.at(1_500, audioOut(), usageFrame(100, 25));
    session.at(1_600, usageFrame(100, 25));
    expect(currentTurn(session.state)?.usage).toEqual(usage(100, 25));
  });

  it('with the same prompt but fewer response tokens is a further generation', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), usageFrame(100, 25));
    session.at(1_500, audioOut(), usageFrame(100, 5));
    expect(currentTurn(session.state)?.usage).toEqual(usage(200, 30));
  });

  it('that comes late belongs to the turn that just ended', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete());
    const [fact] = only(session.at(2_900, usageFrame(100, 10)), 'turn_ended');
    expect(fact?.turn.usage).toEqual(usage(100, 10));
  });

  it('that comes after an interruption belongs to the interrupted turn, even with text waiting', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    session.at(1_100, text(), interrupted());
    const [fact] = only(session.at(1_200, turnComplete({ usage: usage(100, 10) })), 'turn_ended');
    expect(fact?.turn).toMatchObject({ index: 1, usage: usage(100, 10) });
  });

  it('outside of any turn is counted for the session alone', () => {
    const session = activeScenario();
    session.at(500, usageFrame(7, 0));
    session.at(1_000, audioOut(), turnComplete({ usage: usage(100, 10) }));
    session.at(9_000, usageFrame(30, 3));
    const closure = closureOf(session.at(10_000, closed(1011)));
    expect(closure.lastTurn?.usage).toEqual(usage(100, 10));
    expect(closure.usage).toEqual(usage(137, 13));
  });

  it('repeated after the turn was told is not counted again', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete({ usage: usage(100, 10) }), usageFrame(100, 10));
    expect(closureOf(session.at(2_000, closed(1011))).usage).toEqual(usage(100, 10));
  });

  it('is by modality', () => {
    const session = activeScenario();
    const first = { ...usage(5, 0), inputByModality: { text: 2, audio: 3 }, outputByModality: {} };
    session.at(1_000, audioOut(), usageFrame(10, 4));
    session.at(1_100, audioOut(), {
      ...usageFrame(0, 0),
      type: 'frame_received',
      frame: { direction: 'received', kind: 'usage', bytes: 1, audioBytes: 0, usage: first },
    });
    expect(currentTurn(session.state)?.usage).toMatchObject({
      inputByModality: { text: 12, audio: 3 },
      outputByModality: { text: 4 },
    });
  });

  it('tells at the end what the context held last', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), usageFrame(100, 10), usageFrame(150, 5));
    expect(closureOf(session.at(2_000, closed(1011))).contextTokens).toBe(155);
  });
});

describe('a fall of the prompt tokens', () => {
  /** The closure after turns with these prompt tokens. */
  const dropAfter = (...prompts: readonly number[]) => {
    const session = activeScenario();
    prompts.forEach((prompt, index) => {
      session.at(1_000 * (index + 1), text(), audioOut(), turnComplete({ usage: usage(prompt, 5) }));
    });
    return closureOf(session.at(60_000, closed(1007))).contextTokensDropped;
  };

  it('by a third or more is told', () => {
    expect(dropAfter(3_000, 2_000)).toBe(1_000);
  });

  it('by less is not', () => {
    expect(dropAfter(3_000, 2_001)).toBe(undefined);
  });

  it('is told for three turns', () => {
    expect([dropAfter(4_010, 2_027, 2_100, 2_200), dropAfter(4_010, 2_027, 2_100, 2_200, 2_300)]).toEqual([
      1_983,
      undefined,
    ]);
  });

  it('is told for three turns, of which each may have called a tool', () => {
    const session = activeScenario();
    session.at(1_000, text(), audioOut(), turnComplete({ usage: usage(4_010, 5) }));
    for (const [at, prompt] of [
      [2_000, 2_027],
      [3_000, 2_100],
    ] as const) {
      session.at(at, text(), toolCall({ id: `${at}`, name: 'get_weather' }), turnComplete());
      session.at(at + 100, toolResponse({ id: `${at}`, name: 'get_weather' }), audioIn());
      session.at(at + 200, audioOut(), turnComplete({ usage: usage(prompt, 5) }));
    }
    session.at(4_000, text());
    expect(closureOf(session.at(4_100, closed(1007))).contextTokensDropped).toBe(1_983);
  });

  it('does not come of a usage without a prompt', () => {
    expect(dropAfter(3_000, 0, 3_100)).toBe(undefined);
  });
});
