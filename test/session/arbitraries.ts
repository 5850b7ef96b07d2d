import fc from 'fast-check';
import {
  encodings,
  processEndings,
  receivedKinds,
  sentKinds,
  shapes,
} from '../../src/conventions/vocabulary.ts';
import type { ReceivedFrame, SentFrame, ServerContentSummary } from '../../src/protocol/frame.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { epoch, setupSummary } from './build.ts';

/** Few ids and names, so that they meet; some missing, some empty, some that are names of object properties. */
const id = fc.option(fc.constantFrom('a', 'b', 'c', '', '__proto__', 'earlier'), { nil: undefined });
const name = fc.constantFrom('get_weather', 'book_table', '', 'toString');
const tokens = fc.nat({ max: 3 });
const bytes = fc.nat({ max: 20_000 });

/** Objects with every subset of these fields; absent ones are absent, not `undefined`. */
function sparse<Fields extends object>(
  fields: { [Name in keyof Fields]: fc.Arbitrary<Exclude<Fields[Name], undefined>> },
) {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<Fields>>;
}

type Defined<Value> = { [Name in keyof Value]: Exclude<Value[Name], undefined> };

/** Fields drawn as `undefined` are left out, as they are on the wire. */
function defined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as Defined<Value>;
}

const transcription = fc.record({
  characters: fc.nat({ max: 50 }),
  finished: fc.boolean(),
  text: fc.string({ maxLength: 5 }),
});

const server: fc.Arbitrary<ServerContentSummary> = fc
  .tuple(
    fc.record({
      turnComplete: fc.boolean(),
      generationComplete: fc.boolean(),
      interrupted: fc.boolean(),
      waitingForInput: fc.boolean(),
      output: fc.boolean(),
      textCharacters: fc.nat({ max: 50 }),
      thought: fc.boolean(),
      executableCode: fc.boolean(),
    }),
    sparse<
      Pick<ServerContentSummary, 'inputTranscription' | 'outputTranscription' | 'turnCompleteReason' | 'text'>
    >({
      inputTranscription: transcription,
      outputTranscription: transcription,
      turnCompleteReason: fc.constant('MALFORMED_FUNCTION_CALL'),
      text: fc.string({ maxLength: 5 }),
    }),
  )
  .map(([flags, more]) => ({ ...flags, textCharacters: flags.output ? flags.textCharacters : 0, ...more }));

const usage = fc
  .record({
    promptTokens: tokens,
    toolUsePromptTokens: tokens,
    responseTokens: tokens,
    thoughtsTokens: tokens,
    cachedTokens: tokens,
    totalTokens: tokens,
  })
  .map((counts) => ({
    ...counts,
    inputByModality: { text: counts.promptTokens },
    outputByModality: { audio: counts.responseTokens },
  }));

export const receivedFrame: fc.Arbitrary<ReceivedFrame> = fc
  .tuple(
    fc.constantFrom(...receivedKinds),
    bytes,
    fc.oneof(fc.constant(0), fc.nat({ max: 10_000 })),
    sparse<Omit<ReceivedFrame, 'direction' | 'kind' | 'bytes' | 'audioBytes'>>({
      setupComplete: fc.constant({ sessionId: 'session' }),
      server,
      toolCalls: fc.array(fc.record({ id, name, argumentsBytes: bytes }).map(defined), { maxLength: 3 }),
      cancelledIds: fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 2 }),
      goAway: sparse<{ timeLeftMs: number }>({ timeLeftMs: fc.nat({ max: 60_000 }) }),
      resumption: fc.record({ resumable: fc.boolean(), handleHash: fc.constant('hash') }),
      usage,
      voiceActivity: fc.constantFrom('start', 'end'),
      error: fc.constant({ code: 500, status: 'INTERNAL', message: 'broken' }),
      unknownFields: fc.constant(['novelty']),
    }),
  )
  .map(([kind, size, audioBytes, more]) => ({
    direction: 'received',
    kind,
    bytes: size,
    audioBytes,
    ...more,
  }));

export const sentFrame: fc.Arbitrary<SentFrame> = fc
  .tuple(
    fc.constantFrom(...sentKinds),
    bytes,
    fc.oneof(fc.constant(0), fc.nat({ max: 10_000 })),
    sparse<Omit<SentFrame, 'direction' | 'kind' | 'bytes' | 'audioBytes'>>({
      setup: fc
        .boolean()
        .map((automaticActivityDetection) => ({ ...setupSummary, automaticActivityDetection })),
      content: fc.record({
        turns: fc.nat({ max: 3 }),
        turnComplete: fc.boolean(),
        partKinds: fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
        rolesMissing: fc.nat({ max: 2 }),
        controlCharacters: fc.boolean(),
        text: fc.string({ maxLength: 5 }),
      }),
      toolResponses: fc.array(
        fc
          .record({
            id,
            name: fc.option(name, { nil: undefined }),
            responseBytes: bytes,
            encoding: fc.constantFrom(...encodings),
            shape: fc.constantFrom(...shapes),
            depth: fc.nat({ max: 5 }),
            longestString: bytes,
            controlCharacters: fc.boolean(),
            isError: fc.boolean(),
            willContinue: fc.option(fc.boolean(), { nil: undefined }),
          })
          .map(defined),
        { maxLength: 3 },
      ),
      realtimeKinds: fc.array(fc.constantFrom(...sentKinds), { maxLength: 3 }),
      text: fc.string({ maxLength: 5 }),
    }),
  )
  .map(([kind, size, audioBytes, more]) => ({ direction: 'sent', kind, bytes: size, audioBytes, ...more }));

const error = fc.constantFrom(
  { name: 'Error', message: 'read ECONNRESET' },
  { name: 'TypeError', message: 'bad' },
);
const processFacts = fc.record({
  sessionsOpen: fc.nat({ max: 50 }),
  connectsLastMinute: fc.nat({ max: 50 }),
});
const transport = sparse<{ bufferedBytes: number; pingRttMs: number; eventLoopDelayMs: number }>({
  bufferedBytes: bytes,
  pingRttMs: fc.nat(),
  eventLoopDelayMs: fc.nat(),
});

export const ending: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc
    .record({
      code: fc.option(fc.constantFrom(1000, 1005, 1006, 1007, 1008, 1011), { nil: undefined }),
      reason: fc.oneof(fc.string(), fc.string({ unit: 'binary', minLength: 20, maxLength: 130 })),
      wasClean: fc.option(fc.boolean(), { nil: undefined }),
      process: processFacts,
      transport,
    })
    .map((event): SessionEvent => ({ type: 'socket_closed', ...defined(event) })),
  fc
    .record({ failure: fc.constantFrom('refused', 'credentials', 'unanswered'), error })
    .map((event): SessionEvent => ({ type: 'connect_failed', ...event })),
  fc
    .record({ ending: fc.constantFrom(...processEndings), process: processFacts })
    .map((event): SessionEvent => ({ type: 'process_ending', ...event })),
);

/** Everything that does not end a session, frames above all. */
export const runningEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  { weight: 8, arbitrary: receivedFrame.map((frame): SessionEvent => ({ type: 'frame_received', frame })) },
  { weight: 8, arbitrary: sentFrame.map((frame): SessionEvent => ({ type: 'frame_sent', frame })) },
  { weight: 1, arbitrary: fc.constant<SessionEvent>({ type: 'socket_opened' }) },
  { weight: 1, arbitrary: fc.constant<SessionEvent>({ type: 'ticked' }) },
  { weight: 1, arbitrary: error.map((problem): SessionEvent => ({ type: 'send_failed', error: problem })) },
  { weight: 1, arbitrary: error.map((problem): SessionEvent => ({ type: 'socket_error', error: problem })) },
  { weight: 1, arbitrary: fc.constant<SessionEvent>({ type: 'close_called' }) },
);

export interface TimedEvent {
  readonly event: SessionEvent;
  readonly now: number;
}

/** Mostly forwards, by little or by much; sometimes back; sometimes no time at all. */
const step = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 8, arbitrary: fc.integer({ min: -500, max: 4_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);

function timed(
  event: fc.Arbitrary<SessionEvent>,
  constraints: fc.ArrayConstraints,
): fc.Arbitrary<readonly TimedEvent[]> {
  return fc.array(fc.tuple(event, step), constraints).map((steps) => {
    let now = epoch;
    return steps.map(([each, ms]) => {
      if (Number.isFinite(ms)) now += ms;
      return { event: each, now: Number.isFinite(ms) ? now : ms };
    });
  });
}

/** A session that runs in any order and is not over yet. */
export const runningSession = timed(runningEvent, { maxLength: 60 });

/** A session that runs in any order, ends in any way, and goes on after that. */
export const wholeSession: fc.Arbitrary<readonly TimedEvent[]> = fc
  .tuple(
    runningSession,
    timed(ending, { minLength: 1, maxLength: 1 }),
    timed(fc.oneof(runningEvent, ending), { maxLength: 5 }),
  )
  .map(([before, end, after]) => {
    const offset = Math.max(0, ...before.map(({ now }) => (Number.isFinite(now) ? now - epoch : 0)));
    return [...before, ...[...end, ...after].map(({ event, now }) => ({ event, now: now + offset }))];
  });
