import { sizes } from '../../conventions/limits.ts';
import { bytes, count, counted, exactBytes } from '../../conventions/words.ts';
import type { Closure } from '../../session/model.ts';
import { liveModelOf } from './live-model.ts';
import type { Signals } from './signal.ts';

const nearlyFull = 0.9;
/** Of a model that the table does not have. */
const smallestWindow = 32_000;
/** As texts are; what is encoded has fewer. */
const bytesPerToken = 4;

/** What fills the context, and what keeps it from filling. */
export const contextSignals = {
  compression_configured: {
    words: 'context window compression was configured',
    test: ({ setup }) => {
      if (setup?.contextWindowCompression !== true) return undefined;
      const from =
        setup.compressionTriggerTokens === undefined
          ? ''
          : `, from ${counted(setup.compressionTriggerTokens, 'token')} on`;
      return `Context window compression was configured${from}.`;
    },
  },
  no_compression: {
    words: 'context window compression was not configured',
    test: ({ setup, contextTokens }) => {
      if (setup === undefined || setup.contextWindowCompression) return undefined;
      const held = contextTokens === undefined ? '' : `; the context held ${counted(contextTokens, 'token')}`;
      return `Context window compression was not configured${held}.`;
    },
  },
  /** 90 % or more of the window the model family has (32k, 128k with native audio). */
  context_nearly_full: {
    words: 'the context window was nearly full',
    irregular: true,
    test: (closure) => {
      const { contextTokens } = closure;
      const model = contextTokens === undefined ? undefined : liveModelOf(closure);
      if (contextTokens === undefined || model === undefined) return undefined;
      const window = model.family?.contextWindow ?? smallestWindow;
      return contextTokens >= window * nearlyFull
        ? `The context held ${counted(contextTokens, 'token')} of the ${count(window)} that fit into that of ${model.name}.`
        : undefined;
    },
  },
  /**
   * The last message, or the last tool response, takes half of the window by itself: at 4 bytes a token, or at 1 where the
   * last usage told that the window was not half full. Where it takes less, what was there before filled the window.
   */
  sent_fills_window: {
    words: 'what was sent last takes half of the context window or more by itself',
    test: (closure) => {
      const { contextTokens, lastSentNotable, lastToolResponse } = closure;
      const sent = Math.max(lastSentNotable?.bytes ?? 0, lastToolResponse?.bytes ?? 0);
      const window = windowOf(closure);
      const isHalfEmpty = contextTokens !== undefined && contextTokens < window / 2;
      if (sent < (window / 2) * (isHalfEmpty ? 1 : bytesPerToken)) return undefined;
      const held = contextTokens === undefined ? '' : `, and the context held ${count(contextTokens)} before`;
      return `What was sent last had ${bytes(sent)}; ${counted(window, 'token')} fit into the window${held}.`;
    },
  },
  /** Prompt tokens fell by a third or more within the last three turns. */
  context_dropped: {
    words: 'the prompt had just become a third smaller or more, as compression does',
    test: ({ contextTokensDropped: dropped }) =>
      dropped === undefined
        ? undefined
        : `The prompt lost ${counted(dropped, 'token')} within the last three turns.`,
  },
  /** Setup message of `sizes.largeSetup` or more. */
  setup_large: {
    words: `the setup message had ${exactBytes(sizes.largeSetup)} or more`,
    irregular: true,
    test: ({ setup, setupBytes }) => {
      if (setupBytes === undefined || setupBytes < sizes.largeSetup) return undefined;
      const characters = setup?.systemInstructionCharacters;
      const instruction =
        characters === undefined ? '' : `, with ${counted(characters, 'character')} of system instruction`;
      return `The setup message had ${bytes(setupBytes)}${instruction}.`;
    },
  },
  video_sent: {
    words: 'video was sent',
    test: ({ sentVideoFrames: video }) =>
      video > 0 ? `${counted(video, 'video frame')} ${video === 1 ? 'was' : 'were'} sent.` : undefined,
  },
  video_with_audio: {
    words: 'video and audio were sent',
    test: ({ sentVideoFrames: video, sentAudioFrames: audio }) =>
      video > 0 && audio > 0
        ? `${counted(video, 'video frame')} and ${counted(audio, 'audio frame')} were sent.`
        : undefined,
  },
} as const satisfies Signals;

/** Tokens, as the end tells; else those of the model. */
function windowOf(closure: Closure): number {
  const told = /context window size (\d{3,9})\b/.exec(closure.reason)?.[1];
  return told === undefined ? (liveModelOf(closure)?.family?.contextWindow ?? smallestWindow) : Number(told);
}
