/** The client's messages of the protocol and their fields, by their names on the wire. */
import type { SentKind } from './vocabulary.ts';

/** Fields of `realtimeInput` and the kinds of input they are, in the order that decides where a message holds several. */
export const realtimeFields = [
  ['audio', 'audio'],
  ['video', 'video'],
  ['text', 'text'],
  ['mediaChunks', 'media_chunks'],
  ['activityStart', 'activity_start'],
  ['activityEnd', 'activity_end'],
  ['audioStreamEnd', 'audio_stream_end'],
] as const satisfies readonly (readonly [string, SentKind])[];

/** What stands under each type of message. */
export const clientFields = {
  /** Those of `LiveClientSetup` of `@google/genai`, and those that only Vertex or hand-written clients send. */
  setup: [
    'model',
    'generationConfig',
    'systemInstruction',
    'tools',
    'realtimeInputConfig',
    'sessionResumption',
    'contextWindowCompression',
    'inputAudioTranscription',
    'outputAudioTranscription',
    'proactivity',
    'historyConfig',
    'explicitVadSignal',
    'avatarConfig',
    'safetySettings',
    'labels',
    'translationConfig',
  ],
  clientContent: ['turns', 'turnComplete'],
  realtimeInput: realtimeFields.map(([name]) => name),
  toolResponse: ['functionResponses'],
  contextUpdate: ['systemInstruction', 'tools'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * What stands under each type of message of a music session, by the names of `LiveMusicClientMessage` of `@google/genai`;
 * `playbackControl` is a word.
 */
export const musicClientFields = {
  setup: ['model'],
  clientContent: ['weightedPrompts'],
  musicGenerationConfig: [
    'temperature',
    'topK',
    'seed',
    'guidance',
    'bpm',
    'density',
    'brightness',
    'scale',
    'muteBass',
    'muteDrums',
    'onlyBassAndDrums',
    'musicGenerationMode',
  ],
  playbackControl: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MusicMessageType = keyof typeof musicClientFields;

export const musicMessageTypes = Object.keys(musicClientFields) as readonly MusicMessageType[];

export type ClientMessageType = keyof typeof clientFields;

/** The types of message a client may send; one message holds exactly one. */
export const clientMessageTypes = Object.keys(clientFields) as readonly ClientMessageType[];
