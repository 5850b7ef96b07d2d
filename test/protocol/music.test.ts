import { describe, expect, it } from 'vitest';
import { classifyReceived } from '../../src/protocol/classify-received.ts';
import { classifySent } from '../../src/protocol/classify-sent.ts';

const sent = (message: object, captureContent = false) =>
  classifySent(JSON.stringify(message), { captureContent });
const received = (message: object, captureContent = false) =>
  classifyReceived(Buffer.from(JSON.stringify(message)), { captureContent });
const weightedPrompts = [{ text: 'calm piano', weight: 1 }, { text: 'rain' }];

describe('a message to a music session', () => {
  it('with prompts says how many there are and how long, and their texts where content is captured', () => {
    const prompts = { count: 2, characters: 14 };
    expect(sent({ clientContent: { weightedPrompts } })).toMatchObject({
      kind: 'music_prompts',
      music: { prompts },
    });
    expect(sent({ client_content: { weighted_prompts: weightedPrompts } }, true).music).toEqual({
      prompts: { ...prompts, texts: ['calm piano', 'rain'] },
    });
    expect(sent({ clientContent: { weightedPrompts } }).content).toBeUndefined();
  });

  it('with a configuration says its values, and which are outside of what is documented', () => {
    const musicGenerationConfig = {
      bpm: 300,
      density: 1,
      muteBass: true,
      scale: 'C_MAJOR_A_MINOR',
      musicGenerationMode: 'a secret',
      other: 5,
    };
    expect(sent({ musicGenerationConfig })).toMatchObject({
      kind: 'music_config',
      music: {
        config: {
          values: ['bpm=300', 'density=1', 'scale=C_MAJOR_A_MINOR', 'muteBass=true'],
          outOfRange: ['bpm'],
        },
      },
    });
  });

  it.each([
    ['PLAY', 'play'],
    ['RESET_CONTEXT', 'reset_context'],
    ['REWIND', 'other'],
  ])('with the control %s', (playbackControl, control) => {
    expect(sent({ playbackControl })).toEqual({
      direction: 'sent',
      kind: 'playback_control',
      bytes: JSON.stringify({ playbackControl }).length,
      audioBytes: 0,
      music: { control },
    });
  });

  it('with content of a Live session is none', () => {
    expect(sent({ clientContent: { turns: [], turnComplete: true } })).toMatchObject({
      kind: 'client_content',
    });
    expect(sent({ clientContent: { turns: [] } }).music).toBeUndefined();
  });
});

describe('a message of a music session', () => {
  const data = Buffer.alloc(192_000).toString('base64');

  it.each([
    ['', 1_000],
    ['audio/l16;rate=24000;channels=1', 4_000],
    ['audio/l16; rate=96000; channels=2', 500],
  ])('with audio of type "%s" says how long it plays', (mimeType, ms) => {
    const sourceMetadata = { clientContent: { weightedPrompts } };
    expect(received({ serverContent: { audioChunks: [{ data, mimeType, sourceMetadata }] } })).toMatchObject({
      kind: 'audio',
      audioBytes: 192_000,
      music: { audio: { chunks: 1, ms } },
    });
  });

  it('with a filtered prompt keeps words of the protocol, and more where content is captured', () => {
    const filteredPrompt = { text: 'a singer', filteredReason: 'PROHIBITED' };
    expect(received({ filteredPrompt })).toMatchObject({
      kind: 'filtered_prompt',
      music: { filteredPrompt: { reason: 'PROHIBITED' } },
    });
    const sentence = { ...filteredPrompt, filteredReason: 'It says "a singer".' };
    expect(received({ filteredPrompt: sentence }).music).toEqual({ filteredPrompt: {} });
    expect(received({ filteredPrompt: sentence }, true).music).toEqual({
      filteredPrompt: { reason: 'It says "a singer".', text: 'a singer' },
    });
  });

  it('with a warning', () => {
    expect(received({ warning: 'Soon.' })).toMatchObject({ kind: 'music_warning', music: { warning: {} } });
    expect(received({ warning: 'Soon.' }, true).music).toEqual({ warning: { text: 'Soon.' } });
  });
});
