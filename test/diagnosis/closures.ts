/** Hand-made closures for the tests of the diagnosis. Times are milliseconds after {@link start}. */

import type { SetupSummary } from '../../src/protocol/frame.ts';
import type {
  Closure,
  FunctionResponse,
  InputFacts,
  ToolCall,
  ToolResponse,
  Turn,
} from '../../src/session/model.ts';
import { inputFacts } from '../support/input-facts.ts';

/** When `connect()` was called: 2025-06-01T12:00:00Z. */
export const start = Date.UTC(2025, 5, 1, 12);
/** When the session of {@link closureOf} ended, unless told otherwise: a minute later. */
export const end = start + 60_000;

type Loose<Value> = { readonly [Name in keyof Value]?: Value[Name] | undefined };

/** Fields to change. `undefined` removes one; of `setup`, `input` and `resumption` only what is given changes. */
export type ClosureFields = Omit<Loose<Closure>, 'setup' | 'input' | 'resumption'> & {
  readonly setup?: Loose<SetupSummary> | undefined;
  readonly input?: Partial<InputFacts>;
  readonly resumption?: Loose<Closure['resumption']>;
};

export const plainSetup: SetupSummary = {
  model: 'models/gemini-2.5-flash-native-audio-preview-12-2025',
  responseModalities: ['AUDIO'],
  functionNames: [],
  nonBlockingFunctionNames: [],
  blockingFunctionNames: [],
  toolKinds: [],
  automaticActivityDetection: true,
  contextWindowCompression: true,
  inputTranscription: false,
  outputTranscription: false,
  resumption: false,
  transparentResumption: false,
  affectiveDialog: false,
  proactiveAudio: false,
  proactivity: false,
  thinking: false,
  toolConfig: false,
  initialHistoryInClientContent: false,
  emptyFields: [],
};

export const plainInput: InputFacts = inputFacts();

/** A session of a minute with audio both ways and nothing irregular, closed by the service with a generic 1011. */
const plain: Closure = {
  at: end,
  code: 1011,
  reason: 'Internal error encountered.',
  reasonTruncated: false,
  wasClean: true,
  initiator: 'server',
  expected: false,
  phase: 'active',
  api: 'gemini',
  setup: plainSetup,
  setupBytes: 400,
  credential: 'api_key',
  connectionAgeMs: 60_000,
  activeMs: 59_700,
  conversationAgeMs: 60_000,
  preceding: 'audio',
  precedingAgoMs: 20,
  lastSent: { kind: 'audio', bytes: 4_400, agoMs: 20 },
  lastReceived: { kind: 'audio', bytes: 13_000, agoMs: 1_500 },
  lastSentNotable: { kind: 'audio', bytes: 4_400, agoMs: 20 },
  quietMs: 20,
  firstAudioAgoMs: 59_000,
  lastOutputAgoMs: 1_500,
  sentFrames: 591,
  receivedFrames: 80,
  sentBytes: 2_596_400,
  receivedBytes: 1_040_000,
  sentAudioFrames: 590,
  sentVideoFrames: 0,
  sentBytesLast5s: 220_000,
  receivedBytesLast5s: 130_000,
  turns: 3,
  turnOpen: false,
  interruptions: 0,
  spuriousInterruptions: 0,
  toolCalls: 0,
  toolResponses: 0,
  pendingToolCalls: [],
  inputWhilePending: { frames: 0, audioFrames: 0 },
  unmatchedResponses: 0,
  msSinceUserActivity: 3_000,
  input: plainInput,
  resumption: { resumed: false, requested: false, handleAvailable: false },
  process: { sessionsOpen: 1, connectsLastMinute: 1 },
  sendErrors: 0,
  frames: [],
};

/** A plain closure with some fields changed. Before `setupComplete` there is no `activeMs`, unless it is given. */
export function closureOf(fields: ClosureFields = {}): Closure {
  const early = fields.phase === 'setup' || fields.phase === 'handshake';
  const { setup, input, resumption, ...rest } = fields;
  return present({
    ...plain,
    ...(early && { activeMs: undefined }),
    ...rest,
    setup: 'setup' in fields && setup === undefined ? undefined : present({ ...plainSetup, ...setup }),
    input: { ...plainInput, ...input },
    resumption: present({ ...plain.resumption, ...resumption }),
  }) as Closure;
}

/** Without the fields that are `undefined`. */
function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
}

const turn: Turn = {
  index: 3,
  startedAt: end - 5_000,
  trigger: 'server_vad',
  spuriousInterruptions: 0,
  receivedFrames: 10,
  audioBytes: 48_000,
  textCharacters: 0,
  outputTranscriptionCharacters: 0,
  toolCalls: 1,
};

/** A call of `get_weather`, received 1.4 s before {@link end}; pending unless `fields` say otherwise. */
export function toolCallOf(fields: Partial<ToolCall> = {}): ToolCall {
  return {
    index: 1,
    id: 'call-1',
    name: 'get_weather',
    argumentsBytes: 20,
    turn,
    receivedAt: end - 1_400,
    pendingAtReceipt: 0,
    nonBlocking: false,
    declared: true,
    responses: 0,
    inputWhilePending: { frames: 0, audioFrames: 0 },
    ...fields,
  };
}

/** The answer to {@link toolCallOf}. */
export function functionResponseOf(fields: Partial<FunctionResponse> = {}): FunctionResponse {
  return {
    id: 'call-1',
    name: 'get_weather',
    responseBytes: 120,
    encoding: 'ascii',
    shape: 'object',
    depth: 1,
    longestString: 30,
    controlCharacters: false,
    isError: false,
    idMatch: 'matched',
    nameMatch: 'matched',
    latencyMs: 900,
    inputWhilePending: { frames: 0, audioFrames: 0 },
    ...fields,
  };
}

/** One `toolResponse` frame, sent 0.5 s before {@link end}. */
export function toolResponseOf(fields: Partial<ToolResponse> = {}): ToolResponse {
  return {
    index: 1,
    sentAt: end - 500,
    bytes: 200,
    responses: [functionResponseOf()],
    pendingBefore: 1,
    pendingAfter: 0,
    ...fields,
  };
}

/** What a closure has of tool calls that are pending at its end. */
export function pending(...calls: readonly Partial<ToolCall>[]): ClosureFields {
  const all = calls.map((fields, index) => toolCallOf({ index: index + 1, ...fields }));
  const lastToolCall = all.at(-1);
  return {
    toolCalls: all.length,
    pendingToolCalls: all,
    ...(lastToolCall !== undefined && { lastToolCall }),
    inputWhilePending: {
      frames: Math.max(0, ...all.map(({ inputWhilePending }) => inputWhilePending.frames)),
      audioFrames: Math.max(0, ...all.map(({ inputWhilePending }) => inputWhilePending.audioFrames)),
    },
  };
}

/** What a closure has of a tool response that was the last thing sent before its end. */
export function answered(
  response: Partial<ToolResponse> = {},
  part: Partial<FunctionResponse> = {},
): ClosureFields {
  const lastToolResponse = toolResponseOf({ responses: [functionResponseOf(part)], ...response });
  const agoMs = end - lastToolResponse.sentAt;
  const frame = { kind: 'tool_response', bytes: lastToolResponse.bytes, agoMs } as const;
  return {
    preceding: 'tool_response',
    precedingAgoMs: agoMs,
    lastSentNotable: frame,
    toolCalls: 1,
    toolResponses: 1,
    lastToolCall: toolCallOf({ endedAt: lastToolResponse.sentAt, outcome: 'answered', responses: 1 }),
    lastToolResponse,
    msSinceToolResponse: agoMs,
    unmatchedResponses: lastToolResponse.responses.filter(({ idMatch }) => idMatch !== 'matched').length,
  };
}
