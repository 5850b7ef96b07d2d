import type { MusicFacts } from '../../src/session/model.ts';

/** A music session that has played for a while, but for what is given. */
export function musicFacts(fields: Partial<MusicFacts> = {}): MusicFacts {
  return {
    playback: 'playing',
    controls: 1,
    promptUpdates: 1,
    prompts: 2,
    promptCharacters: 25,
    filteredPrompts: 0,
    warnings: 0,
    configUpdates: 1,
    config: ['bpm=90', 'density=0.5'],
    outOfRange: [],
    chunks: 3,
    audioBytes: 1_152_000,
    audioMs: 6_000,
    firstAudioMs: 800,
    gaps: 0,
    gapMs: 0,
    ...fields,
  };
}
