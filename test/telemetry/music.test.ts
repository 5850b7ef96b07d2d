import { expect, test } from 'vitest';
import { musicFacts } from '../support/music-facts.ts';
import { apiAttributes, identityAttributes, peerAttributes, totalsAttributes } from './expected.ts';
import { at, clientClosed, expectedClosure, setup } from './facts.ts';
import { createHarness, events } from './harness.ts';

const musicAttributes = {
  'gemini.live.music.playback': 'playing',
  'gemini.live.music.playback_controls': 1,
  'gemini.live.music.prompt_updates': 1,
  'gemini.live.music.prompts': 2,
  'gemini.live.music.prompt_characters': 25,
  'gemini.live.music.filtered_prompts': 0,
  'gemini.live.music.warnings': 0,
  'gemini.live.music.config_updates': 1,
  'gemini.live.music.config': ['bpm=90', 'density=0.5'],
  'gemini.live.music.audio_chunks': 3,
  'gemini.live.music.audio_size': 1_152_000,
  'gemini.live.music.audio_duration': 6,
  'gemini.live.music.first_audio': 0.8,
  'gemini.live.music.gaps': 2,
  'gemini.live.music.gap_duration': 1.5,
};

test('a music session says what was played, and of its setup nothing but the size', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 47 });
  recorder.close(expectedClosure({ music: musicFacts({ gaps: 2, gapMs: 1_500 }) }), clientClosed);
  const { attributes } = harness.span('live_session gemini-live-test');
  const known = Object.entries(attributes).filter(([name]) => !name.startsWith('gemini.live.closure.'));
  expect(Object.fromEntries(known)).toEqual({
    ...identityAttributes,
    ...apiAttributes,
    ...peerAttributes,
    ...totalsAttributes,
    ...musicAttributes,
    'gemini.live.session.resumed': false,
    'gemini.live.setup.size': 47,
  });
  expect(harness.span('live_closure').attributes).toMatchObject(musicAttributes);
});

test('what is said in a music session is an event of it', () => {
  const harness = createHarness();
  const recorder = harness.start();
  const prompts = { count: 2, characters: 25, texts: ['calm piano', 'a famous singer'] };
  recorder.record({ type: 'music_prompts_sent', at: at(100), prompts });
  recorder.record({ type: 'music_config_sent', at: at(200), values: ['bpm=90'] });
  recorder.record({ type: 'playback_controlled', at: at(300), control: 'play' });
  recorder.record({ type: 'prompt_filtered', at: at(400), reason: 'PROHIBITED' });
  recorder.record({ type: 'music_warned', at: at(500) });
  recorder.close(expectedClosure({ music: musicFacts() }), clientClosed);
  expect(events(harness.span('live_session gemini-live-test'))).toEqual([
    {
      name: 'music_prompts',
      at: 100,
      attributes: {
        'gemini.live.music_prompts.count': 2,
        'gemini.live.music_prompts.characters': 25,
        'gemini.live.music_prompts.texts': ['calm piano', 'a famous singer'],
      },
    },
    { name: 'music_config', at: 200, attributes: { 'gemini.live.music_config.values': ['bpm=90'] } },
    { name: 'playback_control', at: 300, attributes: { 'gemini.live.playback_control.action': 'play' } },
    { name: 'filtered_prompt', at: 400, attributes: { 'gemini.live.filtered_prompt.reason': 'PROHIBITED' } },
    { name: 'music_warning', at: 500, attributes: {} },
  ]);
});
