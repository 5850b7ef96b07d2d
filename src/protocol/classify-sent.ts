import type { SentKind } from '../conventions/vocabulary.ts';
import { sentKinds } from '../conventions/vocabulary.ts';
import { clientMessageTypes, musicMessageTypes, realtimeFields } from '../conventions/wire.ts';
import { partsOf, summarizeClientContent } from './client-content.ts';
import {
  bothSpellings,
  field,
  isObject,
  type JsonObject,
  objectField,
  objectsField,
  textField,
} from './fields.ts';
import type { ClassifyOptions, SentFrame } from './frame.ts';
import { hasControlCharacters } from './measure.ts';
import { audioBytesOf, isAudio } from './media.ts';
import { summarizeSentMusic } from './music.ts';
import { blobBytes, isLoudBlob, type Message, parseMessage } from './parse.ts';
import { payloadOf } from './payload.ts';
import { redactCredentials } from './redact.ts';
import { classifySentMedia } from './sent-media.ts';
import { summarizeSetup } from './setup.ts';
import { summarizeToolResponse } from './tool-response.ts';
import { unknownFieldsOf } from './unknown-fields.ts';

const knownFields = bothSpellings([...clientMessageTypes, ...musicMessageTypes]);

function realtimeKindsOf(input: JsonObject | undefined): readonly SentKind[] {
  return realtimeFields
    .filter(([name]) => {
      const value = field(input, name);
      return value !== undefined && value !== false;
    })
    .map(([, kind]) => kind);
}

const audioBytesOfRealtime = (input: JsonObject | undefined): number =>
  blobBytes(field(input, 'audio')) +
  objectsField(input, 'mediaChunks')
    .filter(isAudio)
    .reduce((sum, chunk) => sum + blobBytes(chunk), 0);

const isLoudRealtime = (input: JsonObject | undefined): boolean =>
  [objectField(input, 'audio'), ...objectsField(input, 'mediaChunks')].some(
    (blob) => textField(blob, 'mimeType')?.startsWith('audio/pcm') === true && isLoudBlob(blob),
  );

const orEmpty = (value: unknown): JsonObject => (isObject(value) ? value : {});

function summarize({ value, json }: Message, bytes: number, options: ClassifyOptions): SentFrame {
  if (!isObject(value)) return { direction: 'sent', kind: 'unknown', bytes, audioBytes: 0 };
  const setup = field(value, 'setup');
  const music = summarizeSentMusic(value, options);
  const content = music?.prompts === undefined ? field(value, 'clientContent') : undefined;
  const realtime = objectField(value, 'realtimeInput');
  const toolResponse = field(value, 'toolResponse');
  const realtimeKinds = realtimeKindsOf(realtime);
  const text = textField(realtime, 'text');
  const unknownFields = unknownFieldsOf(value, knownFields);

  const held = new Set<SentKind>(realtimeKinds);
  if (setup !== undefined) held.add('setup');
  if (content !== undefined) held.add('client_content');
  if (field(value, 'realtimeInput') !== undefined && realtimeKinds.length === 0) held.add('realtime_input');
  if (toolResponse !== undefined) held.add('tool_response');
  if (field(value, 'contextUpdate') !== undefined) held.add('context_update');
  if (music?.prompts !== undefined) held.add('music_prompts');
  if (music?.config !== undefined) held.add('music_config');
  if (music?.control !== undefined) held.add('playback_control');

  return {
    direction: 'sent',
    kind: sentKinds.find((kind) => held.has(kind)) ?? 'unknown',
    bytes,
    audioBytes: audioBytesOfRealtime(realtime) + audioBytesOf(partsOf(orEmpty(content))),
    ...(isLoudRealtime(realtime) && { loud: true }),
    ...(setup !== undefined && { setup: summarizeSetup(orEmpty(setup)) }),
    ...(content !== undefined && { content: summarizeClientContent(orEmpty(content), json, options) }),
    ...(toolResponse !== undefined && {
      toolResponses: summarizeToolResponse(orEmpty(toolResponse), json, options),
    }),
    ...(options.captureContent && text !== undefined && { text: redactCredentials(text) }),
    ...(realtimeKinds.length > 1 && { realtimeKinds }),
    ...(realtime !== undefined && Object.keys(realtime).length === 0 && { emptyRealtimeInput: true }),
    ...(text !== undefined && hasControlCharacters(JSON.stringify(text)) && { textControlCharacters: true }),
    ...(music !== undefined && { music }),
    ...(unknownFields.length > 0 && { unknownFields }),
  };
}

function classifyParsed(data: unknown, options: ClassifyOptions): SentFrame {
  const { bytes, text, opaque } = payloadOf(data);
  if (text === undefined) {
    return { direction: 'sent', kind: opaque ? 'unknown' : 'invalid', bytes, audioBytes: 0 };
  }
  const message = parseMessage(text(), ['toolResponse']);
  return message === undefined
    ? { direction: 'sent', kind: 'invalid', bytes, audioBytes: 0 }
    : summarize(message, bytes, options);
}

/**
 * What a message of the application says. `data` is what the socket got: the string that the SDK made with
 * `JSON.stringify`, or anything else that may be sent. Single blobs of audio and video in the usual layouts are not
 * parsed. A message that is no JSON is `invalid`; one without a known field, or a `Blob`, is `unknown`. Never
 * throws.
 */
export function classifySent(data: unknown, options: ClassifyOptions): SentFrame {
  try {
    return (typeof data === 'string' ? classifySentMedia(data) : undefined) ?? classifyParsed(data, options);
  } catch {
    return { direction: 'sent', kind: 'unknown', bytes: 0, audioBytes: 0 };
  }
}
