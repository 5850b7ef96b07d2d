import type { Group, music as musicGroup } from '../conventions/attribute-groups.ts';
import type { MusicFacts } from '../session/model.ts';
import { listed } from './attribute-values.ts';
import { toSeconds } from './time.ts';

/** Nothing of a session that makes no music. */
export function musicAttributes(music: MusicFacts | undefined): Group<typeof musicGroup> {
  if (music === undefined) return {};
  return {
    'gemini.live.music.playback': music.playback,
    'gemini.live.music.playback_controls': music.controls,
    'gemini.live.music.prompt_updates': music.promptUpdates,
    'gemini.live.music.prompts': music.prompts,
    'gemini.live.music.prompt_characters': music.promptCharacters,
    'gemini.live.music.filtered_prompts': music.filteredPrompts,
    'gemini.live.music.warnings': music.warnings,
    'gemini.live.music.config_updates': music.configUpdates,
    'gemini.live.music.config': listed(music.config),
    'gemini.live.music.audio_chunks': music.chunks,
    'gemini.live.music.audio_size': music.audioBytes,
    'gemini.live.music.audio_duration': toSeconds(music.audioMs),
    'gemini.live.music.first_audio': toSeconds(music.firstAudioMs),
    'gemini.live.music.gaps': music.gaps,
    'gemini.live.music.gap_duration': toSeconds(music.gapMs),
  };
}
