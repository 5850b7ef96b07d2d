/** Hand-made facts. Times are milliseconds after {@link origin}. */

import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import type { SetupSummary, UsageSummary } from '../../src/protocol/frame.ts';
import type {
  Closure,
  FrameRecord,
  FunctionResponse,
  ToolCall,
  ToolResponse,
  Turn,
} from '../../src/session/model.ts';
import type { SessionIdentity } from '../../src/telemetry/session-recorder.ts';
import { inputFacts } from '../support/input-facts.ts';

/** 14 November 2023, with a fraction of a millisecond. */
export const origin = 1_700_000_000_000.5;

export function at(ms: number): number {
  return origin + ms;
}

export const identity: SessionIdentity = {
  sessionId: 'local-1',
  conversationId: 'conversation-1',
  api: 'gemini',
  model: 'models/gemini-live-test',
  serverAddress: 'generativelanguage.example',
  serverPort: 443,
  apiVersion: 'v1beta',
  sdkVersion: '3.1.0',
  startedAt: at(0),
};

export const setup: SetupSummary = {
  model: 'models/gemini-live-test',
  responseModalities: ['AUDIO'],
  languageCode: 'en-US',
  voice: 'Kore',
  functionNames: ['look_up', 'book'],
  nonBlockingFunctionNames: ['book'],
  blockingFunctionNames: [],
  toolKinds: ['function_declarations'],
  automaticActivityDetection: true,
  contextWindowCompression: false,
  inputTranscription: true,
  outputTranscription: true,
  resumption: true,
  transparentResumption: false,
  affectiveDialog: false,
  proactiveAudio: false,
  proactivity: false,
  thinking: false,
  toolConfig: false,
  initialHistoryInClientContent: false,
  emptyFields: ['generationConfig.tools'],
  temperature: 0.5,
  topP: 0.9,
  topK: 40,
  maxOutputTokens: 1_000,
};

export const usage: UsageSummary = {
  promptTokens: 100,
  toolUsePromptTokens: 10,
  responseTokens: 50,
  thoughtsTokens: 5,
  cachedTokens: 20,
  totalTokens: 165,
  inputByModality: { text: 30, audio: 60, image: 8, video: 2 },
  outputByModality: { audio: 50 },
};

export function turn(fields: Partial<Turn> = {}): Turn {
  return {
    index: 1,
    startedAt: at(1_000),
    trigger: 'activity_end',
    triggeredAt: at(1_000),
    spuriousInterruptions: 0,
    receivedFrames: 12,
    audioBytes: 48_000,
    textCharacters: 0,
    outputTranscriptionCharacters: 42,
    toolCalls: 0,
    ...fields,
  };
}

export function endedTurn(fields: Partial<Turn> = {}): Turn {
  return turn({
    firstOutputAt: at(1_300),
    firstAudioAt: at(1_400),
    generationCompleteAt: at(2_300),
    endedAt: at(3_000),
    outcome: 'complete',
    ...fields,
  });
}

export function toolCall(fields: Partial<ToolCall> = {}): ToolCall {
  return {
    index: 1,
    id: 'call-1',
    name: 'look_up',
    argumentsBytes: 17,
    turn: turn(),
    receivedAt: at(1_500),
    pendingAtReceipt: 0,
    nonBlocking: false,
    declared: true,
    responses: 0,
    inputWhilePending: { frames: 0, audioFrames: 0 },
    ...fields,
  };
}

export function functionResponse(fields: Partial<FunctionResponse> = {}): FunctionResponse {
  return {
    id: 'call-1',
    name: 'look_up',
    responseBytes: 120,
    encoding: 'ascii',
    shape: 'object',
    depth: 2,
    longestString: 30,
    controlCharacters: false,
    isError: false,
    idMatch: 'matched',
    nameMatch: 'matched',
    ...fields,
  };
}

export function toolResponse(fields: Partial<ToolResponse> = {}): ToolResponse {
  return {
    index: 1,
    sentAt: at(2_000),
    bytes: 200,
    responses: [functionResponse()],
    pendingBefore: 1,
    pendingAfter: 0,
    ...fields,
  };
}

export const frames: readonly FrameRecord[] = [
  { at: at(0), direction: 'sent', kind: 'setup', bytes: 500 },
  { at: at(200), direction: 'received', kind: 'setup_complete', bytes: 25 },
  { at: at(9_000), direction: 'sent', kind: 'audio', bytes: 4_300 },
];

/** An unexpected 1011 ten seconds after the start; nothing but the setup happened. */
export function closure(fields: Partial<Closure> = {}): Closure {
  return {
    at: at(10_000),
    code: 1011,
    reason: 'Internal error encountered.',
    reasonTruncated: false,
    wasClean: true,
    initiator: 'server',
    expected: false,
    phase: 'active',
    api: 'gemini',
    connectionAgeMs: 10_000,
    activeMs: 9_800,
    conversationAgeMs: 10_000,
    preceding: 'audio',
    precedingAgoMs: 1_000,
    sentFrames: 2,
    receivedFrames: 1,
    sentBytes: 4_800,
    receivedBytes: 25,
    sentAudioFrames: 1,
    sentVideoFrames: 0,
    sentBytesLast5s: 4_300,
    receivedBytesLast5s: 0,
    turns: 0,
    turnOpen: false,
    interruptions: 0,
    spuriousInterruptions: 0,
    toolCalls: 0,
    toolResponses: 0,
    pendingToolCalls: [],
    inputWhilePending: { frames: 0, audioFrames: 0 },
    unmatchedResponses: 0,
    input: inputFacts(),
    resumption: { resumed: false, requested: true, handleAvailable: false },
    sendErrors: 0,
    frames,
    ...fields,
  };
}

/** The application called `close()`. */
export function expectedClosure(fields: Partial<Closure> = {}): Closure {
  return closure({ code: 1000, reason: '', initiator: 'client', expected: true, ...fields });
}

export const diagnosis: Diagnosis = {
  cause: 'server_internal',
  category: 'server',
  hypothesis: 'internal_error',
  confidence: 'low',
  explanation: 'The service failed 1.00 s after the last audio frame.',
  remedy: 'Reconnect with the last handle.',
  retry: { when: 'now', why: 'The cause is over with the connection.' },
  evidence: ['Close code 1011 with the generic text.'],
  context: ['The connection was 1.00 s old.'],
  against: ['The application sent something irregular.'],
  rivals: [
    {
      cause: 'backend_overload',
      hypothesis: 'rate_limit',
      toTellApart: 'It would be likelier if other sessions had ended at that time.',
    },
  ],
};

export const clientClosed: Diagnosis = {
  cause: 'client_closed',
  category: 'client',
  hypothesis: 'client',
  confidence: 'high',
  explanation: 'The application closed the session.',
  retry: { when: 'no', why: 'The application asked for the end.' },
  evidence: ['close() was called.'],
  context: [],
  against: [],
  rivals: [],
};
