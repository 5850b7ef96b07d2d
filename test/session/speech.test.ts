import { describe, expect, it } from 'vitest';
import { currentTurn } from '../../src/session/state.ts';
import { maxTextCharacters } from '../../src/session/text.ts';
import {
  activeScenario,
  audioOut,
  clientContent,
  epoch,
  inputTranscription,
  only,
  outputTranscription,
  sent,
  text,
  textOut,
  turnComplete,
  types,
  usage,
  voiceActivity,
} from './build.ts';

describe('the speech of the user', () => {
  it('starts and ends with the voice activity of the service', () => {
    const session = activeScenario();
    expect(session.at(1_000, voiceActivity('start'))).toEqual([
      { type: 'user_speech_started', at: epoch + 1_000 },
    ]);
    expect(session.at(2_500, voiceActivity('end'))).toEqual([
      { type: 'user_speech_ended', at: epoch + 2_500, startedAt: epoch + 1_000 },
    ]);
  });

  it('starts and ends with the activity marks of the application', () => {
    const session = activeScenario({}, { automaticActivityDetection: false });
    expect(types(session.at(1_000, sent('activity_start')))).toEqual(['user_speech_started']);
    expect(types(session.at(2_000, sent('activity_end')))).toEqual(['user_speech_ended', 'turn_started']);
  });

  it('does not start twice', () => {
    const session = activeScenario();
    session.at(1_000, voiceActivity('start'));
    expect(session.at(1_100, voiceActivity('start'))).toEqual([]);
  });

  it('may end without a beginning that was seen', () => {
    const session = activeScenario();
    expect(session.at(1_000, voiceActivity('end'))).toEqual([
      { type: 'user_speech_ended', at: epoch + 1_000 },
    ]);
  });
});

describe('transcription', () => {
  it('is told with its side and turn', () => {
    const session = activeScenario();
    expect(session.at(1_000, inputTranscription('Hello'))).toEqual([
      {
        type: 'transcribed',
        at: epoch + 1_000,
        side: 'input',
        transcription: { characters: 5, finished: false, text: 'Hello' },
      },
    ]);
    const facts = session.at(1_200, audioOut(), outputTranscription('Hi'));
    expect(only(facts, 'transcribed')).toMatchObject([{ side: 'output', turn: { index: 1 } }]);
    expect(currentTurn(session.state)?.outputTranscriptionCharacters).toBe(2);
  });

  it('of the output right after a turn is the rest of that turn', () => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete());
    session.at(1_100, outputTranscription('rest'));
    expect(currentTurn(session.state)).toBeUndefined();
    const [fact] = only(session.at(3_000, { type: 'ticked' }), 'turn_ended');
    expect(fact?.turn.outputTranscriptionCharacters).toBe(4);
  });

  it.each([
    ['after the user was heard', 1_200, inputTranscription('And?')],
    ['2 s later', 3_500, audioOut()],
  ])('of the output opens a turn %s', (_, at, event) => {
    const session = activeScenario();
    session.at(1_000, audioOut(), turnComplete({ usage: usage(1, 1) }));
    session.at(at, event, outputTranscription('Well'));
    expect(currentTurn(session.state)?.index).toBe(2);
  });
});

describe('captured content', () => {
  it('is kept with the turn it belongs to', () => {
    const session = activeScenario({ captureContent: true });
    session.at(1_000, inputTranscription('What '), inputTranscription('time?'));
    session.at(1_500, audioOut(), outputTranscription('It is '), outputTranscription('noon.'));
    expect(currentTurn(session.state)).toMatchObject({ inputText: 'What time?', outputText: 'It is noon.' });
  });

  it('comes from content and text as well', () => {
    const session = activeScenario({ captureContent: true });
    session.at(1_000, clientContent({ text: 'One. ' }), text('Two.'), textOut(3, 'Yes'));
    expect(currentTurn(session.state)).toMatchObject({ inputText: 'One. Two.', outputText: 'Yes' });
  });

  it('said over the model is kept for the next turn', () => {
    const session = activeScenario({ captureContent: true });
    session.at(1_000, audioOut(), voiceActivity('start'), inputTranscription('Stop!'));
    expect(currentTurn(session.state)?.inputText).toBeUndefined();
    session.at(1_500, turnComplete(), voiceActivity('end'), audioOut());
    expect(currentTurn(session.state)).toMatchObject({ index: 2, inputText: 'Stop!' });
  });

  it('is bounded', () => {
    const session = activeScenario({ captureContent: true });
    session.at(1_000, outputTranscription('x'.repeat(50_000)), outputTranscription('x'.repeat(50_000)));
    expect(currentTurn(session.state)?.outputText).toHaveLength(maxTextCharacters);
  });

  it('is not kept unless it was asked for', () => {
    const session = activeScenario();
    session.at(1_000, clientContent({ text: 'secret' }), textOut(3, 'secret'), inputTranscription('secret'));
    expect(JSON.stringify(session.state)).not.toContain('secret');
  });
});
