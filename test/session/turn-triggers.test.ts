import { describe, expect, it } from 'vitest';
import { currentTurn } from '../../src/session/state.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  cancellation,
  clientContent,
  closed,
  closureOf,
  epoch,
  generationComplete,
  interrupted,
  only,
  text,
  textOut,
  toolCall,
  toolResponse,
  triggerOf,
  turnComplete,
  types,
  usage,
  voiceActivity,
} from './build.ts';

describe('the trigger of a turn that starts with output', () => {
  it('is the end of voice activity where the service told it, however much audio came after', () => {
    const session = activeScenario();
    session.at(1_000, audioIn(), voiceActivity('start'));
    session.at(2_000, voiceActivity('end'));
    session.at(2_400, audioIn());
    session.at(2_500, audioOut());
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'server_vad', at: 2_000 });
  });

  it('is the last audio frame where audio was sent since the last turn', () => {
    const session = activeScenario();
    session.at(1_000, audioIn());
    session.at(1_100, audioIn());
    session.at(1_900, audioOut());
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'last_audio_frame', at: 1_100 });
  });

  it('is the tool response where the generation follows it and nothing else', () => {
    const session = activeScenario({ api: 'vertex' });
    session.at(1_000, toolResponse({ name: 'getStatus' }));
    session.at(1_800, audioOut());
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'tool_response', at: 1_000 });
  });

  it('is not a late response to a call that was cancelled', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'getStatus' }));
    session.at(1_500, cancellation('a'), interrupted(), turnComplete());
    session.at(1_700, toolResponse({ id: 'a', name: 'getStatus' }));
    session.at(1_800, audioOut());
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'none', at: undefined });
  });

  it('is not audio of before the last turn was complete', () => {
    const session = activeScenario();
    session.at(1_000, audioIn());
    session.at(2_000, audioOut(), audioIn(), turnComplete());
    session.at(3_000, audioOut());
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'none', at: undefined });
  });

  it('is the audio that interrupted the last turn', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    session.at(1_200, audioIn());
    session.at(1_300, interrupted(), turnComplete());
    session.at(1_900, audioOut());
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'last_audio_frame', at: 1_200 });
  });
});

describe('what the user says while the model generates', () => {
  it('waits for the interruption and triggers the turn after it', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    expect(session.at(1_500, clientContent())).toEqual([]);
    session.at(1_550, audioOut());
    session.at(1_600, interrupted());
    session.at(1_650, turnComplete({ usage: usage(9, 9) }));
    session.at(2_000, audioOut());
    expect(currentTurn(session.state)).toMatchObject({
      index: 2,
      startedAt: epoch + 1_600,
      trigger: 'client_content',
      triggeredAt: epoch + 1_500,
      firstOutputAt: epoch + 2_000,
    });
  });

  it('supersedes a turn whose generation was complete and that nothing ended', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), generationComplete());
    session.at(1_500, text());
    const facts = session.at(2_000, audioOut());
    expect(types(facts)).toEqual(['turn_ended', 'turn_started']);
    expect(only(facts, 'turn_ended')[0]?.turn).toMatchObject({
      outcome: 'superseded',
      endedAt: epoch + 2_000,
    });
    expect(triggerOf(only(facts, 'turn_started')[0]?.turn)).toEqual({ trigger: 'text', at: 1_500 });
  });

  it('supersedes a turn that had been silent for 2 s', () => {
    const session = activeScenario();
    session.at(1_000, textOut(2));
    session.at(4_000, clientContent());
    expect(types(session.at(4_500, textOut(2)))).toEqual(['turn_ended', 'turn_started']);
  });

  it('does not supersede one that waits for a tool', () => {
    const session = activeScenario();
    session.at(1_000, toolCall({ id: 'a', name: 'get_weather' }));
    session.at(4_000, text());
    expect(types(session.at(4_500, textOut(2)))).toEqual([]);
  });

  it('is owed an answer: after an interruption the session does not end idle', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    session.at(1_500, clientContent());
    session.at(1_600, interrupted(), turnComplete({ usage: usage(9, 9) }));
    const facts = session.at(1_700, closed(1000, '', { wasClean: true }));
    expect(types(facts)).toEqual(['turn_started', 'turn_ended', 'closed']);
    expect(closureOf(facts)).toMatchObject({ turnOpen: true, expected: false, turns: 2 });
  });
});
