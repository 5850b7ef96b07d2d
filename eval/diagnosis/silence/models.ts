import type { JsonObject } from '../../../src/testing/json.ts';
import type { Hearing } from './talk.ts';
import type { Opening, Wire } from './wire.ts';

/** A model as a conversation meets it: how it shows that it hears. Written from reports, not from the table of models. */
export interface Served {
  readonly model: string;
  readonly api?: 'gemini' | 'vertex';
  readonly hearing: Hearing;
  readonly setup?: JsonObject;
}

const transcribed: JsonObject = { inputAudioTranscription: {}, outputAudioTranscription: {} };

export const m31: Served = {
  model: 'gemini-3.1-flash-live-preview',
  hearing: { transcription: 'utterances' },
  setup: transcribed,
};
export const m31Vad: Served = { ...m31, hearing: { transcription: 'utterances', vad: true } };
export const m25: Served = {
  model: 'gemini-2.5-flash-native-audio-preview-12-2025',
  hearing: { transcription: 'pieces' },
  setup: transcribed,
};
export const m25Finished: Served = {
  model: 'gemini-2.5-flash-native-audio-preview-09-2025',
  hearing: { transcription: 'pieces', finished: true },
  setup: transcribed,
};
export const m25Untranscribed: Served = {
  model: 'gemini-2.5-flash-native-audio-latest',
  hearing: { transcription: 'none' },
};
export const vertex25: Served = {
  model: 'gemini-live-2.5-flash-native-audio',
  api: 'vertex',
  hearing: { transcription: 'pieces' },
  setup: transcribed,
};
export const m38: Served = {
  model: 'gemini-3.8-live',
  hearing: { transcription: 'utterances', vad: true },
  setup: transcribed,
};
export const thinking: Served = {
  model: 'gemini-3.8-live-extended-thinking',
  hearing: { transcription: 'utterances', vad: true },
  setup: {
    ...transcribed,
    generationConfig: { responseModalities: ['AUDIO'], thinkingConfig: { thinkingLevel: 'LOW' } },
  },
};
export const translation: Served = {
  model: 'gemini-3.5-live-translate-preview',
  hearing: { transcription: 'pieces' },
  setup: transcribed,
};

/** Models that answer whatever is said to them. */
export const answering: readonly [Served, ...Served[]] = [m31, m31Vad, m25, m25Finished, vertex25];

export function connect(wire: Wire, served: Served, more: Partial<Opening> = {}): void {
  const { model, api, setup } = served;
  wire.open({
    model,
    ...(api !== undefined && { api }),
    microphoneMs: wire.pick([100, 200]),
    ...more,
    setup: { ...setup, ...more.setup },
  });
}
