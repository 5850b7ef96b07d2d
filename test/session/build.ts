import type { ReceivedKind, SentKind } from '../../src/conventions/vocabulary.ts';
import type {
  ClientContentSummary,
  ReceivedFrame,
  SentFrame,
  ServerContentSummary,
  SetupSummary,
  ToolCallSummary,
  ToolResponseSummary,
  UsageSummary,
} from '../../src/protocol/frame.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { SessionFact } from '../../src/session/facts.ts';
import type { Turn } from '../../src/session/model.ts';
import { reduce } from '../../src/session/reduce.ts';
import { createSession, type SessionOptions, type SessionState } from '../../src/session/state.ts';

/** Start of every session here: 2025-06-01T12:00:00Z. */
export const epoch = Date.UTC(2025, 5, 1, 12);

export const setupSummary: SetupSummary = {
  model: 'models/gemini-live-2.5-flash-preview',
  responseModalities: ['AUDIO'],
  functionNames: ['get_weather', 'book_table'],
  nonBlockingFunctionNames: ['book_table'],
  blockingFunctionNames: [],
  toolKinds: ['function_declarations'],
  automaticActivityDetection: true,
  contextWindowCompression: false,
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

export const serverContent: ServerContentSummary = {
  turnComplete: false,
  generationComplete: false,
  interrupted: false,
  waitingForInput: false,
  output: false,
  textCharacters: 0,
  thought: false,
  executableCode: false,
};

export function sent(kind: SentKind, more: Partial<SentFrame> = {}): SessionEvent {
  return { type: 'frame_sent', frame: { direction: 'sent', kind, bytes: 100, audioBytes: 0, ...more } };
}

export function received(kind: ReceivedKind, more: Partial<ReceivedFrame> = {}): SessionEvent {
  return {
    type: 'frame_received',
    frame: { direction: 'received', kind, bytes: 100, audioBytes: 0, ...more },
  };
}

export const setup = (more: Partial<SetupSummary> = {}) =>
  sent('setup', { setup: { ...setupSummary, ...more } });
export const setupComplete = () => received('setup_complete', { setupComplete: {} });
export const audioIn = () => sent('audio', { bytes: 4_400, audioBytes: 3_200 });
export const loudAudioIn = () => sent('audio', { bytes: 4_400, audioBytes: 3_200, loud: true });
export const silentAudioOut = () =>
  received('audio', {
    bytes: 13_021,
    audioBytes: 9_600,
    silentAudio: true,
    server: { ...serverContent, output: true },
  });
export const text = (words?: string) => sent('text', words === undefined ? {} : { text: words });
export const clientContent = (more: Partial<ClientContentSummary> = {}) =>
  sent('client_content', {
    content: {
      turns: 1,
      turnComplete: true,
      partKinds: ['text'],
      rolesMissing: 0,
      controlCharacters: false,
      ...more,
    },
  });

export const audioOut = () =>
  received('audio', { bytes: 13_021, audioBytes: 9_600, server: { ...serverContent, output: true } });
export const textOut = (characters: number, words?: string) =>
  received('text', {
    server: {
      ...serverContent,
      output: true,
      textCharacters: characters,
      ...(words !== undefined && { text: words }),
    },
  });
export const generationComplete = () =>
  received('generation_complete', { server: { ...serverContent, generationComplete: true } });
export const interrupted = () => received('interrupted', { server: { ...serverContent, interrupted: true } });
export const turnComplete = (more: Partial<ReceivedFrame> = {}, reason?: string) =>
  received('turn_complete', {
    server: {
      ...serverContent,
      turnComplete: true,
      ...(reason !== undefined && { turnCompleteReason: reason }),
    },
    ...more,
  });
export const waitingForInput = () =>
  received('server_content', { server: { ...serverContent, waitingForInput: true } });
export const inputTranscription = (words: string) =>
  received('input_transcription', {
    server: {
      ...serverContent,
      inputTranscription: { characters: words.length, finished: false, text: words },
    },
  });
export const outputTranscription = (words: string) =>
  received('output_transcription', {
    server: {
      ...serverContent,
      outputTranscription: { characters: words.length, finished: false, text: words },
    },
  });
export const voiceActivity = (activity: 'start' | 'end') =>
  received('voice_activity', { voiceActivity: activity });
export const empty = () => received('empty');

export const toolCall = (...calls: readonly (Partial<ToolCallSummary> & { readonly name: string })[]) =>
  received('tool_call', { toolCalls: calls.map((call) => ({ argumentsBytes: 20, ...call })) });
export const cancellation = (...ids: readonly string[]) =>
  received('tool_call_cancellation', { cancelledIds: ids });
export const toolResponse = (...responses: readonly Partial<ToolResponseSummary>[]) =>
  sent('tool_response', {
    bytes: 312,
    toolResponses: responses.map(response),
  });
export function response(more: Partial<ToolResponseSummary>): ToolResponseSummary {
  return {
    responseBytes: 40,
    encoding: 'ascii',
    shape: 'object',
    depth: 1,
    longestString: 10,
    controlCharacters: false,
    isError: false,
    ...more,
  };
}

/** Prompt and response tokens, all text. */
export function usage(prompt: number, responseTokens: number): UsageSummary {
  return {
    promptTokens: prompt,
    toolUsePromptTokens: 0,
    responseTokens,
    thoughtsTokens: 0,
    cachedTokens: 0,
    totalTokens: prompt + responseTokens,
    inputByModality: { text: prompt },
    outputByModality: { text: responseTokens },
  };
}
export const usageFrame = (prompt: number, responseTokens: number) =>
  received('usage', { usage: usage(prompt, responseTokens) });

export const opened: SessionEvent = { type: 'socket_opened' };
export const ticked: SessionEvent = { type: 'ticked' };
export const closeCalled: SessionEvent = { type: 'close_called' };
export const closed = (
  code?: number,
  reason = '',
  more: { readonly wasClean?: boolean } = {},
): SessionEvent => ({
  type: 'socket_closed',
  ...(code !== undefined && { code }),
  reason,
  ...more,
});

/** A session and its clock: `at` sets milliseconds since the start. */
export interface Scenario {
  readonly state: SessionState;
  /** Takes the events at that time and gives the facts they led to. */
  at(ms: number, ...events: readonly SessionEvent[]): SessionFact[];
}

export function scenario(options: Partial<SessionOptions> = {}): Scenario {
  const state = createSession({ startedAt: epoch, api: 'gemini', captureContent: false, ...options });
  return {
    state,
    at: (ms, ...events) => events.flatMap((event) => [...reduce(state, event, epoch + ms)]),
  };
}

/** A session whose setup was completed 200 ms after `connect()`. */
export function activeScenario(
  options: Partial<SessionOptions> = {},
  setupOptions: Partial<SetupSummary> = {},
): Scenario {
  const session = scenario(options);
  session.at(100, opened, setup(setupOptions));
  session.at(200, setupComplete());
  return session;
}

/** The facts of one type. */
export function only<Type extends SessionFact['type']>(
  facts: readonly SessionFact[],
  type: Type,
): Extract<SessionFact, { type: Type }>[] {
  return facts.filter((fact): fact is Extract<SessionFact, { type: Type }> => fact.type === type);
}

export function types(facts: readonly SessionFact[]): string[] {
  return facts.map(({ type }) => type);
}

/** The closure that the facts end with. */
export function closureOf(facts: readonly SessionFact[]) {
  const fact = only(facts, 'closed')[0];
  if (fact === undefined) throw new Error('The session did not end.');
  return fact.closure;
}

/** What a turn is before anything happened in it. */
export const fresh = {
  index: 1,
  spuriousInterruptions: 0,
  receivedFrames: 0,
  audioBytes: 0,
  textCharacters: 0,
  outputTranscriptionCharacters: 0,
  toolCalls: 0,
};

/** What triggered a turn, and when since the start. */
export function triggerOf(turn: Turn | undefined) {
  return turn === undefined
    ? undefined
    : { trigger: turn.trigger, at: turn.triggeredAt === undefined ? undefined : turn.triggeredAt - epoch };
}
