import { describe, expect, it } from 'vitest';
import { currentTurn, nextDeadline } from '../../src/session/state.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  clientContent,
  closed,
  empty,
  epoch,
  fresh,
  generationComplete,
  inputTranscription,
  only,
  outputTranscription,
  received,
  sent,
  serverContent,
  text,
  textOut,
  ticked,
  toolCall,
  toolResponse,
  triggerOf,
  turnComplete,
  types,
  usage,
  usageFrame,
  voiceActivity,
  waitingForInput,
} from './build.ts';

describe('the beginning of a turn', () => {
  it.each([
    ['client content with turnComplete', clientContent(), 'client_content'],
    ['realtime text', text(), 'text'],
    ['activityEnd', sent('activity_end'), 'activity_end'],
  ])('%s opens a turn at once', (_, event, trigger) => {
    const session = activeScenario();
    const facts = session.at(1_000, event);
    expect(only(facts, 'turn_started')).toEqual([
      {
        type: 'turn_started',
        turn: { ...fresh, startedAt: epoch + 1_000, trigger, triggeredAt: epoch + 1_000 },
      },
    ]);
  });

  it('client content without turnComplete opens none', () => {
    const session = activeScenario();
    expect(session.at(1_000, clientContent({ turnComplete: false }))).toEqual([]);
  });

  it.each([
    ['a part of a modelTurn', audioOut()],
    ['output transcription', outputTranscription('Hello')],
    ['a tool call', toolCall({ id: 'a', name: 'get_weather' })],
  ])('%s opens one where none is open', (_, event) => {
    const session = activeScenario();
    session.at(1_000, event);
    expect(triggerOf(currentTurn(session.state))).toEqual({ trigger: 'none', at: undefined });
    expect(currentTurn(session.state)?.firstOutputAt).toBe(epoch + 1_000);
  });

  it.each([
    ['input transcription', inputTranscription('Hello')],
    ['usage', usageFrame(1, 1)],
    ['an empty frame', empty()],
    ['waitingForInput', waitingForInput()],
    ['the end of voice activity', voiceActivity('end')],
    ['turnComplete alone', turnComplete()],
    ['generationComplete alone', generationComplete()],
    ['audio', audioIn()],
    ['a tool response', toolResponse({ id: 'a', name: 'get_weather' })],
  ])('%s opens none', (_, event) => {
    const session = activeScenario();
    expect(types(session.at(1_000, event))).not.toContain('turn_started');
    expect(currentTurn(session.state)).toBeUndefined();
  });

  it('a second trigger before any output triggers the same turn anew', () => {
    const session = activeScenario();
    session.at(1_000, clientContent());
    expect(session.at(1_500, text())).toEqual([]);
    session.at(2_000, audioOut());
    expect(currentTurn(session.state)).toEqual({
      ...fresh,
      startedAt: epoch + 1_000,
      trigger: 'text',
      triggeredAt: epoch + 1_500,
      firstOutputAt: epoch + 2_000,
      firstAudioAt: epoch + 2_000,
      receivedFrames: 1,
      audioBytes: 9_600,
    });
  });
});

describe('the end of a turn', () => {
  it('is at turnComplete, and is told when the usage has come', () => {
    const session = activeScenario();
    session.at(1_000, clientContent());
    session.at(1_500, textOut(4));
    session.at(2_000, generationComplete());
    expect(session.at(2_200, turnComplete())).toEqual([]);
    expect(session.at(2_900, usageFrame(10, 5))).toEqual([
      {
        type: 'turn_ended',
        turn: {
          ...fresh,
          startedAt: epoch + 1_000,
          trigger: 'client_content',
          triggeredAt: epoch + 1_000,
          firstOutputAt: epoch + 1_500,
          generationCompleteAt: epoch + 2_000,
          endedAt: epoch + 2_200,
          outcome: 'complete',
          receivedFrames: 3,
          textCharacters: 4,
          usage: usage(10, 5),
        },
      },
    ]);
  });

  it('is told at once where usage comes with turnComplete', () => {
    const session = activeScenario();
    session.at(1_000, audioOut());
    expect(types(session.at(2_000, turnComplete({ usage: usage(10, 5) })))).toEqual(['turn_ended']);
    expect(nextDeadline(session.state)).toBeUndefined();
  });

  it('is told after 2 s without usage', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete());
    expect(nextDeadline(session.state)).toBe(epoch + 3_000);
    expect(session.at(2_999, ticked)).toEqual([]);
    expect(types(session.at(3_000, ticked))).toEqual(['turn_ended']);
  });

  it('is told by any event after these 2 s', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete());
    expect(types(session.at(5_000, audioIn()))).toEqual(['turn_ended']);
  });

  it('is told before the next turn starts', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete());
    expect(types(session.at(1_500, text()))).toEqual(['turn_ended', 'turn_started']);
  });

  it('keeps the reason of turnComplete', () => {
    const session = activeScenario();
    const [fact] = session
      .at(1_000, audioOut(), turnComplete({ usage: usage(1, 1) }, 'MALFORMED_FUNCTION_CALL'))
      .slice(-1);
    expect(fact).toMatchObject({ type: 'turn_ended', turn: { completeReason: 'MALFORMED_FUNCTION_CALL' } });
  });

  it('comes with the session where nothing else ended it', () => {
    const session = activeScenario();
    session.at(1_000, clientContent());
    const facts = session.at(1_600, closed(1011, 'Internal error occurred.'));
    expect(types(facts)).toEqual(['turn_ended', 'closed']);
    expect(only(facts, 'turn_ended')[0]?.turn).toMatchObject({ outcome: 'closure', endedAt: epoch + 1_600 });
  });
});

describe('a turn without any output', () => {
  it('is one: client content, generationComplete, turnComplete with usage', () => {
    const session = activeScenario();
    const facts = [
      ...session.at(1_000, clientContent()),
      ...session.at(1_500, generationComplete()),
      ...session.at(1_600, turnComplete({ usage: usage(515, 31) })),
    ];
    expect(types(facts)).toEqual(['turn_started', 'turn_ended']);
    expect(only(facts, 'turn_ended')[0]?.turn).toEqual({
      ...fresh,
      startedAt: epoch + 1_000,
      trigger: 'client_content',
      triggeredAt: epoch + 1_000,
      generationCompleteAt: epoch + 1_500,
      endedAt: epoch + 1_600,
      outcome: 'empty',
      receivedFrames: 2,
      usage: usage(515, 31),
    });
  });

  it('is one where the end of speech had triggered it', () => {
    const session = activeScenario();
    session.at(1_000, voiceActivity('start'));
    session.at(2_000, voiceActivity('end'));
    const facts = session.at(2_500, turnComplete({ usage: usage(3, 0) }));
    expect(types(facts)).toEqual(['turn_started', 'turn_ended']);
    expect(triggerOf(only(facts, 'turn_ended')[0]?.turn)).toEqual({ trigger: 'server_vad', at: 2_000 });
  });
});

describe('a turn with a tool call in it', () => {
  it('goes on after the response until turnComplete', () => {
    const session = activeScenario();
    const facts = [
      ...session.at(1_000, clientContent()),
      ...session.at(1_400, toolCall({ id: 'a', name: 'get_weather' })),
      ...session.at(1_900, toolResponse({ id: 'a', name: 'get_weather' })),
      ...session.at(2_300, audioOut()),
      ...session.at(2_900, turnComplete({ usage: usage(1, 1) })),
    ];
    expect(only(facts, 'turn_started')).toHaveLength(1);
    expect(only(facts, 'turn_ended')[0]?.turn).toMatchObject({
      toolCalls: 1,
      firstOutputAt: epoch + 1_400,
      firstAudioAt: epoch + 2_300,
      endedAt: epoch + 2_900,
    });
  });
});

describe('several fields in one frame', () => {
  it('count as one frame of the turn they belong to', () => {
    const session = activeScenario();
    const facts = session.at(
      1_000,
      received('audio', {
        audioBytes: 100,
        server: {
          ...serverContent,
          output: true,
          generationComplete: true,
          turnComplete: true,
          outputTranscription: { characters: 5, finished: true },
        },
        usage: usage(4, 2),
      }),
    );
    expect(types(facts)).toEqual(['turn_started', 'transcribed', 'turn_ended']);
    expect(only(facts, 'turn_ended')[0]?.turn).toEqual({
      ...fresh,
      startedAt: epoch + 1_000,
      trigger: 'none',
      firstOutputAt: epoch + 1_000,
      firstAudioAt: epoch + 1_000,
      generationCompleteAt: epoch + 1_000,
      endedAt: epoch + 1_000,
      outcome: 'complete',
      receivedFrames: 1,
      audioBytes: 100,
      outputTranscriptionCharacters: 5,
      usage: usage(4, 2),
    });
  });
});

describe('waitingForInput', () => {
  it('is told with the turn under way', () => {
    const session = activeScenario();
    session.at(1_000, clientContent());
    expect(session.at(1_200, waitingForInput())).toMatchObject([
      { type: 'waiting_for_input', at: epoch + 1_200, turn: { index: 1 } },
    ]);
  });
});
