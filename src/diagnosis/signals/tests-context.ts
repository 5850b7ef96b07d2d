import { sizes } from '../../conventions/limits.ts';
import { bytes, count } from '../wording.ts';
import { liveModelOf } from './live-model.ts';
import type { SignalTests } from './signal-test.ts';

const nearlyFull = 0.9;
/** Of a model that the table does not have. */
const smallestWindow = 32_000;

/** What fills the context, and what keeps it from filling. */
export const contextTests = {
  compression_configured: ({ setup }) => {
    if (setup?.contextWindowCompression !== true) return undefined;
    const from =
      setup.compressionTriggerTokens === undefined
        ? ''
        : `, from ${count(setup.compressionTriggerTokens, 'token')} on`;
    return `Context window compression was configured${from}.`;
  },
  no_compression: ({ setup, contextTokens }) => {
    if (setup === undefined || setup.contextWindowCompression) return undefined;
    const held = contextTokens === undefined ? '' : `; the context held ${count(contextTokens, 'token')}`;
    return `Context window compression was not configured${held}.`;
  },
  context_nearly_full: (closure) => {
    const { contextTokens } = closure;
    const model = contextTokens === undefined ? undefined : liveModelOf(closure);
    if (contextTokens === undefined || model === undefined) return undefined;
    const window = model.family?.contextWindow ?? smallestWindow;
    return contextTokens >= window * nearlyFull
      ? `The context held ${count(contextTokens, 'token')} of the ${window} that fit into that of ${model.name}.`
      : undefined;
  },
  context_dropped: ({ contextTokensDropped: dropped }) =>
    dropped === undefined
      ? undefined
      : `The prompt lost ${count(dropped, 'token')} within the last three turns.`,
  setup_large: ({ setup, setupBytes }) => {
    if (setupBytes === undefined || setupBytes < sizes.largeSetup) return undefined;
    const characters = setup?.systemInstructionCharacters;
    const instruction =
      characters === undefined ? '' : `, with ${count(characters, 'character')} of system instruction`;
    return `The setup message had ${bytes(setupBytes)}${instruction}.`;
  },
  video_sent: ({ sentVideoFrames: video }) =>
    video > 0 ? `${count(video, 'video frame')} ${video === 1 ? 'was' : 'were'} sent.` : undefined,
  video_with_audio: ({ sentVideoFrames: video, sentAudioFrames: audio }) =>
    video > 0 && audio > 0
      ? `${count(video, 'video frame')} and ${count(audio, 'audio frame')} were sent.`
      : undefined,
} as const satisfies SignalTests;
