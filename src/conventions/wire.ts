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

export type ClientMessageType = keyof typeof clientFields;

/** The types of message a client may send; one message holds exactly one. */
export const clientMessageTypes = Object.keys(clientFields) as readonly ClientMessageType[];
