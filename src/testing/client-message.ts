import type { SentKind } from '../conventions/vocabulary.ts';
import { type ClientMessageType, clientMessageTypes, realtimeFields } from '../conventions/wire.ts';
import type { Json, JsonObject } from './json.ts';
import { field, isObject, listField, objectField, stringField } from './json.ts';

/** A client's message, read. */
export interface ClientMessage {
  readonly kind: SentKind;
  /** Absent where the message is not JSON, or holds none or several types. */
  readonly type?: ClientMessageType;
  /** What stands under the type. */
  readonly body: JsonObject;
  /** The whole message; empty where it is not a JSON object. */
  readonly message: JsonObject;
  /** Length on the wire. */
  readonly bytes: number;
}

const kindOfType: Readonly<Record<Exclude<ClientMessageType, 'realtimeInput'>, SentKind>> = {
  setup: 'setup',
  clientContent: 'client_content',
  toolResponse: 'tool_response',
  contextUpdate: 'context_update',
};

/** Reads one message. Never throws: what is no message of the protocol is of kind `invalid` or `unknown`. */
export function readClientMessage(data: Uint8Array): ClientMessage {
  const bytes = data.byteLength;
  const message = parseObject(data);
  if (message === undefined) return { kind: 'invalid', body: {}, message: {}, bytes };
  const types = clientMessageTypes.filter((type) => field(message, type) !== undefined);
  const [type] = types;
  if (type === undefined || types.length > 1) return { kind: 'unknown', body: {}, message, bytes };
  const body = objectField(message, type) ?? {};
  return {
    kind: type === 'realtimeInput' ? realtimeKind(body) : kindOfType[type],
    type,
    body,
    message,
    bytes,
  };
}

/** A message that is a JSON object. */
export function parseObject(data: Uint8Array): JsonObject | undefined {
  try {
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
    const message = JSON.parse(text) as Json;
    return isObject(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

function realtimeKind(body: JsonObject): SentKind {
  for (const [name, kind] of realtimeFields) if (field(body, name) !== undefined) return kind;
  return 'realtime_input';
}

/** PCM16 audio of a realtime message. */
export interface AudioChunk {
  readonly pcm: Buffer;
  readonly sampleRate: number;
}

/** Samples per second of audio that does not name a rate. */
const defaultSampleRate = 16_000;

export function audioChunks(body: JsonObject): readonly AudioChunk[] {
  const blobs = [objectField(body, 'audio'), ...listField(body, 'mediaChunks')];
  return blobs.filter(isObject).flatMap((blob) => {
    const mimeType = stringField(blob, 'mimeType') ?? '';
    if (!mimeType.startsWith('audio/')) return [];
    const rate = Number(/rate=(\d+)/.exec(mimeType)?.[1] ?? defaultSampleRate);
    const pcm = Buffer.from(stringField(blob, 'data') ?? '', 'base64');
    return [{ pcm, sampleRate: rate > 0 ? rate : defaultSampleRate }];
  });
}

export type ResponseModality = 'AUDIO' | 'TEXT';

/** What the simulator needs to know of a setup. */
export interface Setup {
  readonly model: string;
  readonly modality: ResponseModality;
  readonly automaticActivityDetection: boolean;
  readonly inputTranscription: boolean;
  readonly outputTranscription: boolean;
  readonly resumption: boolean;
  readonly transparent: boolean;
  readonly handle?: string;
  readonly functions: readonly JsonObject[];
}

export function readSetup(body: JsonObject): Setup {
  const generation = objectField(body, 'generationConfig') ?? {};
  const detection = objectField(objectField(body, 'realtimeInputConfig') ?? {}, 'automaticActivityDetection');
  const resumption = objectField(body, 'sessionResumption');
  const handle = stringField(resumption ?? {}, 'handle');
  return {
    model: stringField(body, 'model') ?? '',
    modality: listField(generation, 'responseModalities').includes('TEXT') ? 'TEXT' : 'AUDIO',
    automaticActivityDetection: detection?.disabled !== true,
    inputTranscription: field(body, 'inputAudioTranscription') !== undefined,
    outputTranscription: field(body, 'outputAudioTranscription') !== undefined,
    resumption: resumption !== undefined,
    transparent: resumption?.transparent === true,
    ...(handle ? { handle } : {}),
    functions: listField(body, 'tools')
      .filter(isObject)
      .flatMap((tool) => listField(tool, 'functionDeclarations').filter(isObject)),
  };
}
