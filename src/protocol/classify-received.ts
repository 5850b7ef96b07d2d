import type { ReceivedKind } from '../conventions/vocabulary.ts';
import { receivedKinds } from '../conventions/vocabulary.ts';
import { binaryOf } from './bytes.ts';
import { durationMs } from './duration.ts';
import {
  bothSpellings,
  field,
  flagField,
  isObject,
  type JsonObject,
  numberField,
  objectField,
  textField,
  textsField,
} from './fields.ts';
import type { ClassifyOptions, ReceivedFrame, ResumptionSummary } from './frame.ts';
import { hashHandle } from './handle-hash.ts';
import { summarizeReceivedMusic } from './music.ts';
import { type Message, parseMessage } from './parse.ts';
import { payloadOf } from './payload.ts';
import { classifyReceivedAudio } from './received-audio.ts';
import { redactCredentials } from './redact.ts';
import {
  audioBytesOfServer,
  isSilentServer,
  modelPartsOf,
  summarizeServerContent,
} from './server-content.ts';
import { summarizeCallsInParts, summarizeToolCall } from './tool-call.ts';
import { unknownFieldsOf } from './unknown-fields.ts';
import { summarizeUsage } from './usage.ts';
import { voiceActivityOf } from './voice-activity.ts';

/** Fields of `LiveServerMessage` and `LiveMusicServerMessage` of `@google/genai`, and `error`, which other SDKs handle. */
const knownFields = bothSpellings([
  'setupComplete',
  'serverContent',
  'toolCall',
  'toolCallCancellation',
  'goAway',
  'sessionResumptionUpdate',
  'usageMetadata',
  'voiceActivity',
  'voiceActivityDetectionSignal',
  'filteredPrompt',
  'warning',
  'error',
]);

const orEmpty = (value: unknown): JsonObject => (isObject(value) ? value : {});

type ErrorOfService = NonNullable<ReceivedFrame['error']>;

/** An `error` object, or a text in its place with `code` and `status` beside it. */
function errorOf(message: JsonObject): ErrorOfService {
  const error = orEmpty(message.error);
  const code = numberField(error, 'code') ?? numberField(message, 'code');
  const status = textField(error, 'status') ?? textField(message, 'status');
  const text = textField(error, 'message') ?? textField(message, 'error') ?? textField(message, 'message');
  return {
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status: redactCredentials(status) }),
    ...(text !== undefined && { message: redactCredentials(text) }),
  };
}

function resumptionOf(update: JsonObject): ResumptionSummary {
  const handle = textField(update, 'newHandle');
  const index = numberField(update, 'lastConsumedClientMessageIndex');
  return {
    ...(handle !== undefined && { handleHash: hashHandle(handle) }),
    resumable: flagField(update, 'resumable'),
    ...(index !== undefined && { lastConsumedClientMessageIndex: index }),
  };
}

type Content = Omit<ReceivedFrame, 'kind' | 'unknownFields'>;

function contentOf(message: JsonObject, bytes: number, options: ClassifyOptions): Content {
  const setupComplete = field(message, 'setupComplete');
  const sessionId = textField(orEmpty(setupComplete), 'sessionId');
  const server = field(message, 'serverContent');
  const toolCall = field(message, 'toolCall');
  const inParts = summarizeCallsInParts(modelPartsOf(orEmpty(server)), options);
  const toolCalls = toolCall === undefined ? [] : summarizeToolCall(orEmpty(toolCall), options);
  const cancellation = field(message, 'toolCallCancellation');
  const goAway = field(message, 'goAway');
  const timeLeftMs = durationMs(field(orEmpty(goAway), 'timeLeft'));
  const resumption = field(message, 'sessionResumptionUpdate');
  const usage = field(message, 'usageMetadata');
  const voiceActivity = voiceActivityOf(message);
  const music = summarizeReceivedMusic(message, options);
  return {
    direction: 'received',
    bytes,
    audioBytes: audioBytesOfServer(orEmpty(server)),
    ...(isSilentServer(orEmpty(server)) && { silentAudio: true }),
    ...(setupComplete !== undefined && {
      setupComplete: sessionId === undefined ? {} : { sessionId },
    }),
    ...(server !== undefined && { server: summarizeServerContent(orEmpty(server), options) }),
    ...((toolCall !== undefined || inParts.length > 0) && { toolCalls: [...toolCalls, ...inParts] }),
    ...(cancellation !== undefined && { cancelledIds: textsField(orEmpty(cancellation), 'ids') }),
    ...(goAway !== undefined && { goAway: timeLeftMs === undefined ? {} : { timeLeftMs } }),
    ...(resumption !== undefined && { resumption: resumptionOf(orEmpty(resumption)) }),
    ...(usage !== undefined && { usage: summarizeUsage(usage) }),
    ...(voiceActivity !== undefined && { voiceActivity }),
    ...(music !== undefined && { music }),
    ...(field(message, 'error') !== undefined && { error: errorOf(message) }),
  };
}

/** Whether a frame holds what a kind stands for. */
const holds: Readonly<
  Record<Exclude<ReceivedKind, 'empty' | 'unknown' | 'invalid'>, (frame: Content) => boolean>
> = {
  setup_complete: (frame) => frame.setupComplete !== undefined,
  tool_call: (frame) => frame.toolCalls !== undefined,
  tool_call_cancellation: (frame) => frame.cancelledIds !== undefined,
  go_away: (frame) => frame.goAway !== undefined,
  interrupted: (frame) => frame.server?.interrupted === true,
  audio: (frame) => frame.audioBytes > 0,
  text: (frame) => (frame.server?.textCharacters ?? 0) > 0,
  model_turn: (frame) => frame.server?.output === true,
  turn_complete: (frame) => frame.server?.turnComplete === true,
  generation_complete: (frame) => frame.server?.generationComplete === true,
  input_transcription: (frame) => frame.server?.inputTranscription !== undefined,
  output_transcription: (frame) => frame.server?.outputTranscription !== undefined,
  voice_activity: (frame) => frame.voiceActivity !== undefined,
  resumption_update: (frame) => frame.resumption !== undefined,
  usage: (frame) => frame.usage !== undefined,
  server_content: (frame) => frame.server !== undefined,
  filtered_prompt: (frame) => frame.music?.filteredPrompt !== undefined,
  music_warning: (frame) => frame.music?.warning !== undefined,
  error: (frame) => frame.error !== undefined,
};

function kindOf(frame: Content, message: JsonObject, isUnknown: boolean): ReceivedKind {
  const kind = receivedKinds.find((each) => each in holds && holds[each as keyof typeof holds](frame));
  if (kind !== undefined) return kind;
  // A voice activity of an unspecified type is still one.
  const names = ['voiceActivity', 'voiceActivityDetectionSignal'];
  if (names.some((name) => objectField(message, name) !== undefined)) return 'voice_activity';
  return isUnknown ? 'unknown' : 'empty';
}

function summarize({ value }: Message, bytes: number, options: ClassifyOptions): ReceivedFrame {
  if (!isObject(value)) return { direction: 'received', kind: 'unknown', bytes, audioBytes: 0 };
  const content = contentOf(value, bytes, options);
  const siblings = content.error === undefined ? [] : ['code', 'status', 'message'];
  const unknownFields = unknownFieldsOf(value, knownFields).filter((name) => !siblings.includes(name));
  return {
    ...content,
    kind: kindOf(content, value, unknownFields.length > 0),
    ...(unknownFields.length > 0 && { unknownFields }),
  };
}

function classifyParsed(data: unknown, options: ClassifyOptions): ReceivedFrame {
  const { bytes, text, opaque } = payloadOf(data);
  if (text === undefined) {
    return { direction: 'received', kind: opaque ? 'unknown' : 'invalid', bytes, audioBytes: 0 };
  }
  const message = parseMessage(text(), ['toolCall']);
  return message === undefined
    ? { direction: 'received', kind: 'invalid', bytes, audioBytes: 0 }
    : summarize(message, bytes, options);
}

/**
 * What a message of the service says. `data` is what the socket gave: bytes in any form, or a string. Frames with
 * one part of audio and nothing else, in the usual layouts, are not parsed. A message that is no JSON is `invalid`;
 * one without a known field, or a `Blob`, is `unknown`; `{}` is `empty`. Never throws.
 */
export function classifyReceived(data: unknown, options: ClassifyOptions): ReceivedFrame {
  try {
    const binary = binaryOf(data);
    if (binary === undefined) return classifyParsed(data, options);
    return classifyReceivedAudio(binary) ?? classifyParsed(binary, options);
  } catch {
    return { direction: 'received', kind: 'unknown', bytes: 0, audioBytes: 0 };
  }
}
