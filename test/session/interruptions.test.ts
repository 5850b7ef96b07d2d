import { describe, expect, it } from 'vitest';
import { currentTurn } from '../../src/session/state.ts';
import {
  activeScenario,
  audioOut,
  clientContent,
  closed,
  closureOf,
  epoch,
  fresh,
  interrupted,
  only,
  sent,
  textOut,
  turnComplete,
  types,
  usage,
} from './build.ts';

describe('an interruption', () => {
  it('ends the turn, and the turnComplete after it belongs to the same', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    const [fact] = session.at(2_000, interrupted());
    expect(fact).toMatchObject({
      type: 'interrupted',
      at: epoch + 2_000,
      spurious: false,
      turn: { index: 1 },
    });
    expect(session.at(2_050, turnComplete({ usage: usage(8, 2) }))).toEqual([
      {
        type: 'turn_ended',
        turn: {
          ...fresh,
          startedAt: epoch + 1_000,
          trigger: 'none',
          firstOutputAt: epoch + 1_000,
          firstAudioAt: epoch + 1_000,
          interruptedAt: epoch + 2_000,
          endedAt: epoch + 2_000,
          outcome: 'interrupted',
          receivedFrames: 2,
          audioBytes: 9_600,
          usage: usage(8, 2),
        },
      },
    ]);
  });

  it('ends the turn where no turnComplete follows, too', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    session.at(2_000, interrupted());
    const facts = session.at(2_500, audioOut());
    expect(types(facts)).toEqual(['turn_ended', 'turn_started']);
    expect(only(facts, 'turn_ended')[0]?.turn.outcome).toBe('interrupted');
  });

  it('with its turnComplete after the turn was over is spurious: counted on that turn, opening none', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete({ usage: usage(1, 1) }));
    const facts = session.at(1_500, interrupted(), turnComplete());
    expect(facts).toMatchObject([
      {
        type: 'interrupted',
        spurious: true,
        turn: { index: 1, outcome: 'complete', spuriousInterruptions: 1 },
      },
    ]);
    const closure = closureOf(session.at(2_000, closed(1011)));
    expect([closure.turns, closure.interruptions, closure.spuriousInterruptions]).toEqual([1, 0, 1]);
  });

  it('right after a new trigger is that of the turn before, and its turnComplete does not end the new one', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete({ usage: usage(1, 1) }));
    session.at(1_500, clientContent());
    session.at(1_550, interrupted(), turnComplete());
    session.at(1_900, textOut(3));
    expect(currentTurn(session.state)).toMatchObject({
      index: 2,
      trigger: 'client_content',
      textCharacters: 3,
    });
  });

  it('is real before any output where the user spoke again', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete({ usage: usage(1, 1) }));
    session.at(1_500, sent('activity_end'));
    session.at(1_600, sent('activity_start'));
    expect(session.at(1_700, interrupted())).toMatchObject([
      { type: 'interrupted', spurious: false, turn: { index: 2 } },
    ]);
  });

  it('before any turn is spurious and belongs to none', () => {
    const session = activeScenario();
    expect(session.at(1_000, interrupted())).toEqual([
      { type: 'interrupted', at: epoch + 1_000, spurious: true },
    ]);
  });
});
