import type { musicSignals } from '../../../src/diagnosis/signals/music.ts';
import { musicFacts } from '../../support/music-facts.ts';
import { checkSignals, type SignalCase } from './check-signals.ts';

checkSignals({
  music_session: {
    seen: { music: musicFacts() },
    sentence: 'It was a session of `ai.live.music`, with 1 update of its prompts.',
    unseen: {},
  },
  music_playing: {
    seen: { music: musicFacts() },
    sentence: 'Music was playing; 6.00 s of it had come.',
    unseen: { music: musicFacts({ playback: 'paused' }) },
  },
  music_prompt_filtered: {
    seen: { music: musicFacts({ filteredPrompts: 2 }) },
    sentence: 'The service filtered 2 prompts.',
    unseen: { music: musicFacts() },
  },
  music_config_out_of_range: {
    seen: { music: musicFacts({ config: ['bpm=300', 'density=0.5'], outOfRange: ['bpm'] }) },
    sentence: 'bpm=300 was configured; documented is bpm from 60 to 200.',
    unseen: { music: musicFacts() },
  },
  music_model_other: {
    seen: { music: musicFacts(), setup: { model: 'models/gemini-live' } },
    sentence: 'The model was gemini-live, which is not known to make music.',
    unseen: { music: musicFacts(), setup: { model: 'models/lyria-realtime-exp' } },
  },
} satisfies Record<keyof typeof musicSignals, SignalCase>);
