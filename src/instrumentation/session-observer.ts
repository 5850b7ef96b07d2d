import { type Context, context, type Span, type SpanContext } from '@opentelemetry/api';
import type { CredentialKind, ProcessEnding } from '../conventions/vocabulary.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { byteLength } from '../protocol/bytes.ts';
import { classifyReceived } from '../protocol/classify-received.ts';
import { classifySent } from '../protocol/classify-sent.ts';
import { ReceivedAudioReader } from '../protocol/received-audio.ts';
import { redactCredentials } from '../protocol/redact.ts';
import { SentMediaReader } from '../protocol/sent-media.ts';
import type { SessionEvent } from '../session/events.ts';
import type { SessionFact } from '../session/facts.ts';
import { MediaLane } from '../session/media-lane.ts';
import type { Closure, ConnectFailure, Stall, ToolCall, TransportFacts } from '../session/model.ts';
import { reduce } from '../session/reduce.ts';
import { type StallThresholds, stallThresholds } from '../session/stall-thresholds.ts';
import {
  audioTotals,
  createSession,
  isClosed,
  isSetUp,
  nextDeadline,
  type SessionState,
} from '../session/state.ts';
import {
  type SessionIdentity,
  type SessionRecorder,
  startSessionRecorder,
  type TelemetryBackend,
} from '../telemetry/session-recorder.ts';
import type { Clock } from './clock.ts';
import type { OpenedSession } from './config.ts';
import { diagnose, diagnoseStall } from './diagnosing.ts';
import { summarise } from './error-summary.ts';
import { guarded, reportFailure } from './guard.ts';
import type { SessionReference } from './live-closure.ts';
import { OpeningWatch } from './opening-watch.ts';
import type { SessionRegistry } from './session-registry.ts';
import type { SessionTap, SocketEnd } from './tap.ts';
import { standstillMs, type Ticker } from './ticker.ts';

/** How long audio waits for its turn in the reducer. */
const mediaWaitMs = 250;

interface Surroundings {
  readonly process: ReturnType<SessionRegistry<unknown>['facts']>;
  readonly transport: TransportFacts;
}

/** Where the record of sessions goes, and who hears of it: the same for all sessions that are recorded alike. */
export interface RecordingOptions {
  readonly backend: TelemetryBackend;
  readonly registry: SessionRegistry<SessionObserver>;
  readonly ticker: Pick<Ticker, 'watch'> & Partial<Pick<Ticker, 'isLate'>>;
  readonly captureContent: boolean;
  readonly eventLoopDelayMs: () => number | undefined;
  /** Another clock than the machine's, for sessions in simulated time. */
  readonly clock?: Clock;
  /** Takes the recording of the end, which may wait. Default: at once. */
  readonly putOff?: (work: () => void) => void;
  /** Called once, with the span of the session. */
  readonly onOpened?: (span: Span, session: OpenedSession) => void;
  /** Called once, after the closure was recorded. */
  readonly onClosed: (
    closure: Closure,
    diagnosis: Diagnosis,
    span: SpanContext,
    session: SessionReference,
  ) => void;
  /** Called once for each stall, after it was recorded. */
  readonly onStalled?: (
    stall: Stall,
    diagnosis: Diagnosis,
    span: SpanContext,
    session: SessionReference,
  ) => void;
  /** Default: those of the reducer. */
  readonly stallThresholds?: StallThresholds;
}

/** One session, as it is opened. */
export interface ObservedSession {
  readonly clock: Clock;
  readonly identity: SessionIdentity;
  readonly conversationStartedAt: number;
  readonly resumedHandleAt?: number;
  /** The context `connect()` was called in. */
  readonly parent: Context;
  /** Bytes that wait to be sent. */
  readonly bufferedBytes?: (() => number | undefined) | undefined;
  /** Why the client gave up opening the session, once it did. */
  readonly refusal?: (() => Error | undefined) | undefined;
}

/**
 * One session on its way from the wire to telemetry: classifies what a tap says, feeds the reducer and hands its facts
 * to the recorder.
 *
 * One class, though it does several things in a row: each open session has one of these, and would have one more object for
 * every step that were a class of its own. What a step needs is elsewhere: readers, media lane, opening watch, recorder.
 */
export class SessionObserver implements SessionTap {
  readonly #recording: RecordingOptions;
  readonly #clock: Clock;
  readonly #conversationId: string;
  readonly #conversationStartedAt: number;
  readonly #bufferedBytes: (() => number | undefined) | undefined;
  readonly #state: SessionState;
  readonly #recorder: SessionRecorder;
  /** Until the setup is complete. */
  #opening: OpeningWatch | undefined;
  readonly #media = new MediaLane();
  readonly #sentMedia = new SentMediaReader();
  readonly #receivedAudioReader = new ReceivedAudioReader();
  broken = false;
  /** Those of the moment at which the socket was closed, where that is recorded later. */
  #atEnd: Surroundings | undefined;
  /** When something happened last, or was looked for. */
  #awakeAt: number;
  /** Nothing has happened since it was woken. */
  #woken = false;
  #sentAudio = 0;
  #receivedAudio = 0;

  constructor(recording: RecordingOptions, session: ObservedSession) {
    const { registry, captureContent, stallThresholds: thresholds } = recording;
    const { identity, conversationStartedAt, resumedHandleAt, refusal } = session;
    const { conversationId, handleHash, model, startedAt } = identity;
    this.#recording = recording;
    this.#clock = session.clock;
    this.#conversationId = conversationId;
    this.#conversationStartedAt = conversationStartedAt;
    this.#bufferedBytes = session.bufferedBytes;
    this.#awakeAt = startedAt;
    this.#state = createSession({
      startedAt,
      api: identity.api,
      ...(identity.music && { music: identity.music }),
      conversationStartedAt,
      ...(resumedHandleAt === undefined ? {} : { resumedHandleAt }),
      isEarlierCall: registry.isEarlierCall,
      earlierCalls: registry.earlierCalls(conversationId),
      captureContent,
      ...(thresholds && { stallThresholds: thresholds }),
    });
    registry.opened(this, {
      at: startedAt,
      conversationId,
      ...(handleHash !== undefined && { handleHash }),
      ...(model !== undefined && { model }),
    });
    this.#recorder = startSessionRecorder(
      recording.backend,
      { process: registry.facts(startedAt), ...identity },
      session.parent,
      recording,
    );
    recording.onOpened?.(this.#recorder.span, { ...this.#reference(), resumed: handleHash !== undefined });
    this.#opening = new OpeningWatch({
      startedAt,
      connectMs: (thresholds ?? stallThresholds).connectMs,
      refusal,
      failed: (error, failure) => this.connectFailed(error, failure),
    });
    recording.ticker.watch(this);
  }

  connecting(credential: CredentialKind): void {
    guarded('recording the connection', () => this.apply({ type: 'connecting', credential }));
  }

  opened(): void {
    guarded('recording the open socket', () => this.apply({ type: 'socket_opened' }));
  }

  /** The audio path: no closure, and little code. */
  sent(data: unknown): void {
    try {
      const media = this.#sentMedia.read(data);
      if (media === undefined) {
        this.apply({ type: 'frame_sent', frame: classifySent(data, this.#recording) });
      } else if (this.#takesMedia()) {
        this.#media.addSent(media, this.now);
      }
    } catch (error) {
      reportFailure('recording a sent frame', error);
    }
  }

  sendFailed(error: unknown): void {
    guarded('recording a failed send', () => this.apply({ type: 'send_failed', error: summarise(error) }));
  }

  /** The audio path: no closure, and little code. */
  received(data: unknown): Context | undefined {
    try {
      const audio = this.#receivedAudioReader.read(data);
      if (audio !== undefined) {
        if (this.#takesMedia()) this.#media.addReceived(audio, this.now);
        return undefined;
      }
      const facts = this.apply({ type: 'frame_received', frame: classifyReceived(data, this.#recording) });
      return facts.length === 0 ? undefined : this.#handlerContext(facts);
    } catch (error) {
      reportFailure('recording a received frame', error);
      return undefined;
    }
  }

  closing(): void {
    guarded('recording close()', () => this.apply({ type: 'close_called' }));
  }

  failed(error: unknown): void {
    this.broken = true;
    guarded('recording a socket error', () => this.apply({ type: 'socket_error', error: summarise(error) }));
  }

  over(): void {
    guarded('recording the closure', () => {
      this.#atEnd ??= this.#surroundings();
      this.#recording.registry.over(this);
    });
  }

  closed(end: SocketEnd): void {
    guarded('recording the closure', () => {
      const { code, reason: said, wasClean } = end;
      const reason = typeof said === 'string' ? said : String(said ?? '');
      this.apply({
        type: 'socket_closed',
        ...(typeof code === 'number' ? { code } : {}),
        reason: redactCredentials(reason),
        reasonBytes: byteLength(reason),
        ...(typeof wasClean === 'boolean' ? { wasClean } : {}),
        ...this.#surroundings(),
      });
    });
  }

  connectFailed(error: unknown, failure: ConnectFailure): void {
    guarded('recording a failed connect()', () =>
      this.apply({ type: 'connect_failed', failure, error: summarise(error), ...this.#surroundings() }),
    );
  }

  processEnding(ending: ProcessEnding): void {
    guarded('ending a session', () =>
      this.apply({ type: 'process_ending', ending, ...this.#surroundings() }),
    );
  }

  tick(): void {
    this.#opening?.look(this.#state, this.now);
    this.apply({ type: 'ticked' });
  }

  /** The application has asked for the end, and it has not come. */
  get isClosing(): boolean {
    return this.#state.lifetime.closeCalled && !isClosed(this.#state);
  }

  /** When {@link tick} has something to do. */
  get deadline(): number | undefined {
    const next = nextDeadline(this.#state);
    if (isClosed(this.#state)) return next;
    const { since } = this.#media;
    const openingAt = this.#opening?.deadline;
    if (openingAt === undefined && since === undefined) return next;
    return Math.min(
      openingAt ?? Number.POSITIVE_INFINITY,
      (since ?? Number.POSITIVE_INFINITY) + mediaWaitMs,
      next ?? Number.POSITIVE_INFINITY,
    );
  }

  get now(): number {
    return this.#clock();
  }

  /** Of `live_session`. */
  get spanContext(): SpanContext {
    return this.#recorder.spanContext;
  }

  #handlerContext(facts: readonly SessionFact[]): Context | undefined {
    const calls: ToolCall[] = [];
    for (const fact of facts) if (fact.type === 'tool_call_received') calls.push(fact.call);
    return calls.length === 0 ? undefined : this.#recorder.toolContext(calls, context.active());
  }

  #surroundings(): Surroundings {
    return this.#atEnd ?? this.surroundings();
  }

  /** What was measured around the session now. */
  surroundings(): Surroundings {
    const bufferedBytes = this.#bufferedBytes?.();
    const eventLoopDelayMs = this.#recording.eventLoopDelayMs();
    return {
      process: this.#recording.registry.facts(this.now),
      transport: {
        ...(bufferedBytes !== undefined && { bufferedBytes }),
        ...(eventLoopDelayMs !== undefined && { eventLoopDelayMs }),
      },
    };
  }

  /** Makes room for one more frame of audio or video, and sees to it that none waits too long. */
  #takesMedia(): boolean {
    if (isClosed(this.#state)) return false;
    if (this.#media.full) this.#applyMedia();
    if (this.#media.since !== undefined) return true;
    this.#wake();
    this.#recording.ticker.watch(this);
    return true;
  }

  #applyMedia(): void {
    this.#wake();
    this.#media.drain((event, at) => {
      try {
        const facts = reduce(this.#state, event, at);
        if (facts.length > 0) this.#tell(facts);
      } catch (error) {
        // What comes after it is not lost with it.
        reportFailure('recording audio', error);
      }
    });
  }

  /**
   * After a standstill the timer may be first, or a frame that is no answer, while the answer waits to be read. Where timers
   * are only held back, and nothing happens from one to the next, there is none.
   */
  #wake(): void {
    const { now } = this;
    const quietMs = now - this.#awakeAt;
    this.#awakeAt = now;
    if (this.#woken || quietMs <= standstillMs || !this.#recording.ticker.isLate?.()) return;
    this.#woken = true;
    this.#tell(reduce(this.#state, { type: 'woken' }, now));
  }

  /** What a tap says comes to this; a recording is told by it, with what was measured then. */
  apply(event: SessionEvent): readonly SessionFact[] {
    if (isClosed(this.#state)) return [];
    // What happened before comes first.
    this.#applyMedia();
    if (event.type !== 'ticked') this.#woken = false;
    const facts = reduce(this.#state, event, this.now);
    if (isSetUp(this.#state)) this.#opening = undefined;
    if (isClosed(this.#state)) this.#end(facts);
    else if (facts.length > 0) this.#tell(facts);
    if (this.deadline !== undefined) this.#recording.ticker.watch(this);
    return facts;
  }

  #tell(facts: readonly SessionFact[]): void {
    for (const fact of facts) this.#remember(fact);
    this.#record(facts);
  }

  /** What other sessions see of this one is so at once; diagnosis and spans take longer, and may wait. */
  #end(facts: readonly SessionFact[]): void {
    const { registry, putOff } = this.#recording;
    const closure = facts.find((fact) => fact.type === 'closed')?.closure;
    if (closure === undefined) return;
    for (const fact of facts) this.#remember(fact);
    const others = registry.others(this, closure.at);
    const ended = registry.closed(this, closure);
    const record = (): void => {
      this.#record(facts);
      const diagnosis = diagnose(closure, others);
      ended(diagnosis.cause);
      const span = this.#recorder.close(closure, diagnosis);
      this.#recording.onClosed(closure, diagnosis, span, this.#reference());
    };
    if (putOff === undefined) record();
    else putOff(record);
  }

  #remember(fact: SessionFact): void {
    if (fact.type === 'resumption_updated') this.#rememberHandle(fact.resumption.handleHash, fact.at);
    if (fact.type === 'tool_call_ended' && fact.call.outcome === 'closure' && fact.call.id !== undefined) {
      this.#recording.registry.rememberEarlierCall(fact.call.id);
    }
  }

  /** All but the end itself. */
  #record(facts: readonly SessionFact[]): void {
    this.#reportAudio();
    for (const fact of facts) {
      if (fact.type === 'stalled') this.#stall(fact.stall);
      else if (fact.type !== 'closed') this.#recorder.record(fact);
    }
  }

  #stall(stall: Stall): void {
    const diagnosis = diagnoseStall(stall);
    this.#recorder.stalled(stall, diagnosis);
    this.#recording.onStalled?.(stall, diagnosis, this.#recorder.spanContext, this.#reference());
  }

  #reference(): SessionReference {
    const { sessionId, model } = this.#recorder;
    return { sessionId, conversationId: this.#conversationId, ...(model !== undefined && { model }) };
  }

  #reportAudio(): void {
    const { sentBytes, receivedBytes } = audioTotals(this.#state);
    this.#recorder.addAudio(sentBytes - this.#sentAudio, receivedBytes - this.#receivedAudio);
    this.#sentAudio = sentBytes;
    this.#receivedAudio = receivedBytes;
  }

  #rememberHandle(hash: string | undefined, receivedAt: number): void {
    if (hash === undefined) return;
    this.#recording.registry.rememberHandle(hash, {
      conversationId: this.#conversationId,
      conversationStartedAt: this.#conversationStartedAt,
      spanContext: this.#recorder.spanContext,
      receivedAt,
    });
  }
}
