import type { Closure } from '../../session/model.ts';

/** What a name says of the model. Sources: the model pages of ai.google.dev and the limits of the Live API. */
export interface ModelFamily {
  /** Without path. */
  readonly name: string;
  readonly generation: '2.0' | '2.5' | '3' | 'other';
  readonly nativeAudio: boolean;
  /** Shut down by Google, or never more than an experiment. */
  readonly retiredOrExperimental: boolean;
  /** Tokens its context holds. */
  readonly contextWindow: number;
}

const retired: ReadonlySet<string> = new Set([
  'gemini-2.0-flash-live-001',
  'gemini-2.0-flash-live-preview-04-09',
  'gemini-live-2.5-flash-preview',
  'gemini-2.5-flash-preview-native-audio-dialog',
]);
const experimental = /-exp(?:-|$)|experimental/;

const nativeAudioWindow = 128_000;
const otherWindow = 32_000;

/** `undefined` where no setup with a model was seen. */
export function modelFamily({ setup }: Closure): ModelFamily | undefined {
  if (setup?.model === undefined) return undefined;
  const name = setup.model.slice(setup.model.lastIndexOf('/') + 1).slice(0, 128);
  const generation = generationOf(name);
  // The Live models of the third generation speak natively, whatever their name says.
  const nativeAudio = generation === '3' || name.includes('native-audio');
  return {
    name,
    generation,
    nativeAudio,
    retiredOrExperimental: retired.has(name) || experimental.test(name),
    contextWindow: nativeAudio ? nativeAudioWindow : otherWindow,
  };
}

/** Of a model's name without path. */
export function generationOf(name: string): ModelFamily['generation'] {
  if (/^gemini-(?:live-)?3[.-]/.test(name)) return '3';
  if (/^gemini-(?:live-)?2\.5-/.test(name)) return '2.5';
  return /^gemini-(?:live-)?2\.0-/.test(name) ? '2.0' : 'other';
}
