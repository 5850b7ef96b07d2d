import type { DescribedModel } from './model.ts';

const gemini = ['gemini'] as const;
const vertex = ['vertex'] as const;
const native25 = 'gemini-2.5-flash-native-audio-preview-12-2025';
const vertexNative25 = 'gemini-live-2.5-flash-native-audio';
const stable38 = 'gemini-3.8-live';

/** Every name of a Live model that is known, by family. */
export const models: readonly DescribedModel[] = [
  {
    name: 'gemini-2.0-flash-live-001',
    family: '2.0-flash-live',
    apis: gemini,
    status: 'retired',
    replacedBy: native25,
    sources: ['deprecations'],
  },
  {
    name: 'gemini-2.0-flash-live-preview-04-09',
    family: '2.0-flash-live',
    apis: vertex,
    status: 'retired',
    replacedBy: vertexNative25,
    sources: ['deprecations'],
  },
  {
    name: 'gemini-2.0-flash-exp',
    family: '2.0-flash-live',
    apis: ['gemini', 'vertex'],
    status: 'experimental',
    replacedBy: native25,
    sources: ['deprecations'],
  },
  {
    name: 'gemini-live-2.5-flash-preview',
    family: '2.5-flash-live',
    apis: gemini,
    status: 'retired',
    replacedBy: native25,
    sources: ['deprecations'],
  },
  {
    name: 'gemini-live-2.5-flash',
    family: '2.5-flash-live',
    apis: vertex,
    status: 'stable',
    sources: ['skills'],
  },
  {
    name: 'gemini-2.5-flash-preview-native-audio-dialog',
    family: '2.5-native-audio',
    apis: gemini,
    status: 'retired',
    replacedBy: native25,
    sources: ['deprecations'],
  },
  {
    name: 'gemini-2.5-flash-exp-native-audio-thinking-dialog',
    family: '2.5-native-audio',
    apis: gemini,
    status: 'experimental',
    replacedBy: native25,
    sources: ['deprecations'],
  },
  {
    name: 'gemini-2.5-flash-native-audio-preview-09-2025',
    family: '2.5-native-audio',
    apis: gemini,
    status: 'preview',
    sources: ['probes'],
  },
  { name: native25, family: '2.5-native-audio', apis: gemini, status: 'preview', sources: ['live_guide'] },
  {
    name: 'gemini-2.5-flash-native-audio-latest',
    family: '2.5-native-audio',
    apis: gemini,
    status: 'preview',
    sources: ['live_guide'],
  },
  {
    name: vertexNative25,
    family: '2.5-native-audio-vertex',
    apis: vertex,
    status: 'stable',
    sources: ['js_genai_1210', 'pipecat_4118'],
  },
  {
    name: 'gemini-live-2.5-flash-preview-native-audio-09-2025',
    family: '2.5-native-audio-vertex',
    apis: vertex,
    status: 'retired',
    retiredOn: '2026-08-27',
    replacedBy: vertexNative25,
    sources: ['litellm_38454'],
  },
  {
    name: 'gemini-live-2.5-flash-preview-native-audio',
    family: '2.5-native-audio-vertex',
    apis: vertex,
    status: 'preview',
    replacedBy: vertexNative25,
    sources: ['pipecat_4118'],
  },
  {
    name: 'gemini-3.1-flash-live-preview',
    family: '3.1-flash-live',
    apis: gemini,
    status: 'preview',
    replacedBy: stable38,
    sources: ['skills', 'livekit_5262'],
  },
  {
    name: 'gemini-3.5-transcribe-live',
    family: '3.5-transcribe-live',
    apis: gemini,
    status: 'preview',
    sources: ['skills_72', 'coval_552'],
  },
  {
    name: 'gemini-3.5-live-translate-preview',
    family: '3.5-live-translate',
    apis: gemini,
    status: 'preview',
    sources: ['litellm_41408'],
  },
  {
    name: stable38,
    family: '3.8-live',
    apis: ['gemini', 'vertex'],
    status: 'stable',
    sources: ['model_3_8_live'],
  },
  {
    name: 'gemini-3.8-live-extended-thinking',
    family: '3.8-live-extended-thinking',
    apis: ['gemini', 'vertex'],
    status: 'stable',
    sources: ['deprecations', 'hermes_114116'],
  },
];
