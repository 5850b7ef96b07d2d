/** What the messages of a music session say (`ai.live.music`, the RPC `BidiGenerateMusic`). */
import { musicRanges } from '../conventions/limits.ts';
import type { PlaybackControl } from '../conventions/vocabulary.ts';
import { playbackControls } from '../conventions/vocabulary.ts';
import { musicClientFields } from '../conventions/wire.ts';
import { field, isObject, type JsonObject, objectField, objectsField, textField } from './fields.ts';
import type { ClassifyOptions, ReceivedMusic, SentMusic } from './frame.ts';
import { blobBytes } from './parse.ts';
import { redactCredentials } from './redact.ts';

/** What Google documents of the audio, for chunks that do not say: 48 kHz, two channels, 16 bits a sample. */
const documented = { rate: 48_000, channels: 2 } as const;
const bytesPerSample = 2;
/** Words of the protocol, such as `C_MAJOR_A_MINOR`. */
const word = /^[A-Z][A-Z0-9_]{0,63}$/;

/** `undefined` where it is no message to a music session. */
export function summarizeSentMusic(message: JsonObject, options: ClassifyOptions): SentMusic | undefined {
  const content = objectField(message, 'clientContent');
  const config = field(message, 'musicGenerationConfig');
  const control = field(message, 'playbackControl');
  const prompts = field(content, 'weightedPrompts') === undefined ? undefined : promptsOf(content, options);
  if (prompts === undefined && config === undefined && control === undefined) return undefined;
  return {
    ...(prompts !== undefined && { prompts }),
    ...(config !== undefined && { config: configOf(isObject(config) ? config : {}) }),
    ...(control !== undefined && { control: controlOf(control) }),
  };
}

/** `undefined` where it is no message of a music session but for its setup. */
export function summarizeReceivedMusic(
  message: JsonObject,
  { captureContent }: ClassifyOptions,
): ReceivedMusic | undefined {
  const server = objectField(message, 'serverContent');
  const chunks = objectsField(server, 'audioChunks');
  const filtered = objectField(message, 'filteredPrompt');
  const warning = field(message, 'warning');
  if (chunks.length === 0 && filtered === undefined && warning === undefined) return undefined;
  const reason = textField(filtered, 'filteredReason');
  const text = textField(filtered, 'text');
  return {
    ...(chunks.length > 0 && {
      audio: { chunks: chunks.length, ms: chunks.reduce((sum, chunk) => sum + playingMs(chunk), 0) },
    }),
    ...(filtered !== undefined && {
      filteredPrompt: {
        ...(reason !== undefined &&
          (captureContent || word.test(reason)) && { reason: redactCredentials(reason) }),
        ...(captureContent && text !== undefined && { text: redactCredentials(text) }),
      },
    }),
    ...(warning !== undefined && {
      warning: captureContent && typeof warning === 'string' ? { text: redactCredentials(warning) } : {},
    }),
  };
}

function promptsOf(
  content: JsonObject | undefined,
  { captureContent }: ClassifyOptions,
): NonNullable<SentMusic['prompts']> {
  const texts = objectsField(content, 'weightedPrompts').map((prompt) => textField(prompt, 'text') ?? '');
  return {
    count: texts.length,
    characters: texts.reduce((sum, text) => sum + text.length, 0),
    ...(captureContent && { texts: texts.map(redactCredentials) }),
  };
}

function configOf(config: JsonObject): NonNullable<SentMusic['config']> {
  const given = musicClientFields.musicGenerationConfig.flatMap((name) => {
    const value = field(config, name);
    const shown =
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      (typeof value === 'string' && word.test(value));
    return shown ? [{ name, value }] : [];
  });
  return {
    values: given.map(({ name, value }) => `${name}=${value}`),
    outOfRange: given.flatMap(({ name, value }) => {
      const range = musicRanges[name];
      return range !== undefined && typeof value === 'number' && (value < range.from || value > range.to)
        ? [name]
        : [];
    }),
  };
}

function controlOf(control: unknown): PlaybackControl {
  const name = typeof control === 'string' ? control.toLowerCase() : '';
  return playbackControls.find((each) => each === name) ?? 'other';
}

function playingMs(chunk: JsonObject): number {
  const mimeType = textField(chunk, 'mimeType') ?? '';
  const rate = parameter(mimeType, 'rate') ?? documented.rate;
  const channels = parameter(mimeType, 'channels') ?? documented.channels;
  return (blobBytes(chunk) / (rate * channels * bytesPerSample)) * 1_000;
}

function parameter(mimeType: string, name: 'rate' | 'channels'): number | undefined {
  const value = Number(new RegExp(`[;\\s]${name}=(\\d+)`).exec(mimeType)?.[1]);
  return value > 0 ? value : undefined;
}
