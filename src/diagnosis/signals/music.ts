import { musicRanges } from '../../conventions/limits.ts';
import { counted, duration } from '../../conventions/words.ts';
import { list } from '../wording.ts';
import type { Signals } from './signal.ts';

/** Models that make music in real time, by their names. */
const musicModel = /lyria/i;

/** What a music session was told to play. */
export const musicSignals = {
  music_session: {
    words: 'it was a session of `ai.live.music`',
    test: ({ music }) =>
      music === undefined
        ? undefined
        : `It was a session of \`ai.live.music\`, with ${counted(music.promptUpdates, 'update')} of its prompts.`,
  },
  music_playing: {
    words: 'music was playing',
    test: ({ music }) =>
      music?.playback === 'playing'
        ? `Music was playing; ${duration(music.audioMs)} of it had come.`
        : undefined,
  },
  /** The service did not take a prompt. */
  music_prompt_filtered: {
    words: 'the service had filtered a prompt',
    test: ({ music }) =>
      music !== undefined && music.filteredPrompts > 0
        ? `The service filtered ${counted(music.filteredPrompts, 'prompt')}.`
        : undefined,
  },
  /** In the last configuration. */
  music_config_out_of_range: {
    words: 'the music was configured with values outside of what is documented',
    irregular: true,
    test: ({ music }) =>
      music !== undefined && music.outOfRange.length > 0
        ? `${list(music.config.filter((value) => music.outOfRange.includes(value.replace(/=.*/, ''))))} was configured; documented is ${list(music.outOfRange.map(rangeOf))}.`
        : undefined,
  },
  music_model_other: {
    words: 'the model is not known to make music',
    irregular: true,
    test: ({ music, setup }) => {
      const name = setup?.model?.replace(/^.*\//, '').slice(0, 64);
      return music !== undefined && name !== undefined && !musicModel.test(name)
        ? `The model was ${name}, which is not known to make music.`
        : undefined;
    },
  },
} as const satisfies Signals;

function rangeOf(name: string): string {
  const range = musicRanges[name];
  return range === undefined ? name : `${name} from ${range.from} to ${range.to}`;
}
