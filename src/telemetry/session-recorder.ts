import type { Context, Span, SpanContext } from '@opentelemetry/api';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { SessionFact } from '../session/facts.ts';
import type { Closure, Stall, ToolCall } from '../session/model.ts';
import type { SessionIdentity, TelemetryBackend } from './backend.ts';
import { writeClosure } from './closure-span.ts';
import { addMoment } from './moments.ts';
import { sessionEnd } from './session-end.ts';
import { SessionMetrics } from './session-metrics.ts';
import { SessionScope } from './session-scope.ts';
import { SessionSpan } from './session-span.ts';
import { secondsBetween } from './time.ts';
import { ToolCallSpans } from './tool-call-spans.ts';
import { ToolResponseSpans } from './tool-response-spans.ts';
import { TurnSpans } from './turn-spans.ts';

export type { LogEmitter, SessionIdentity, TelemetryBackend } from './backend.ts';

/** Turns what the reducer concludes of one session into spans, metrics and log records. */
export interface SessionRecorder {
  /**
   * Every fact but `closed` and `stalled`, which `close()` and `stalled()` record. After `close()` nothing is recorded.
   */
  record(fact: SessionFact): void;
  /**
   * Ends every open span, writes `live_closure` and ends `live_session`. A second call changes nothing.
   * @returns the span context of `live_closure`
   */
  close(closure: Closure, diagnosis: Diagnosis): SpanContext;
  stalled(stall: Stall, diagnosis: Diagnosis): void;
  /** The context in which the application's handler of these calls, which came in one message, runs. */
  toolContext(calls: readonly ToolCall[], base: Context): Context;
  /** Bytes of decoded audio since the last call. */
  addAudio(sentBytes: number, receivedBytes: number): void;
  /** `live_session`, as the SDK made it. */
  readonly span: Span;
  /** Of `live_session`. */
  readonly spanContext: SpanContext;
  /** The service's own id where it sent one, else that of the identity. */
  readonly sessionId: string;
  /** Without path. */
  readonly model: string | undefined;
}

export interface RecorderOptions {
  /** Write text, arguments and results. */
  readonly captureContent: boolean;
}

/** Starts `live_session` and `live_connect` in the context `connect()` was called in. */
export function startSessionRecorder(
  backend: TelemetryBackend,
  identity: SessionIdentity,
  parent: Context,
  options: RecorderOptions,
): SessionRecorder {
  return new Recorder(new SessionScope(backend, identity, parent, options.captureContent), identity);
}

/** The spans within one session. */
interface SpansWithin {
  readonly turns: TurnSpans;
  readonly calls: ToolCallSpans;
  readonly responses: ToolResponseSpans;
}

function spansWithin(scope: SessionScope): SpansWithin {
  const turns = new TurnSpans(scope);
  const calls = new ToolCallSpans(scope, turns);
  return { turns, calls, responses: new ToolResponseSpans(scope, turns, calls) };
}

class Recorder implements SessionRecorder {
  readonly #scope: SessionScope;
  readonly #session: SessionSpan;
  readonly #metrics: SessionMetrics;
  #spans: SpansWithin | undefined;
  #closure: SpanContext | undefined;

  constructor(scope: SessionScope, identity: SessionIdentity) {
    this.#scope = scope;
    this.#session = new SessionSpan(scope, identity);
    this.#metrics = new SessionMetrics(scope);
  }

  /** Made with the first of them: most open sessions wait. */
  get #within(): SpansWithin {
    this.#spans ??= spansWithin(this.#scope);
    return this.#spans;
  }

  get span(): Span {
    return this.#session.span.raw;
  }

  get spanContext(): SpanContext {
    return this.#session.spanContext;
  }

  get sessionId(): string {
    return this.#scope.sessionId;
  }

  get model(): string | undefined {
    return this.#scope.model;
  }

  stalled(stall: Stall, diagnosis: Diagnosis): void {
    if (this.#closure !== undefined) return;
    this.#metrics.stalled(stall, diagnosis);
    this.#session.span.addEvent('stall', stall.foundAt, {
      'gemini.live.stall.kind': stall.kind,
      'gemini.live.stall.cause': diagnosis.cause,
      'gemini.live.stall.duration': secondsBetween(stall.since, stall.foundAt),
    });
  }

  record(fact: SessionFact): void {
    if (this.#closure !== undefined) return;
    switch (fact.type) {
      case 'setup_sent':
        this.#session.setupSent(fact);
        break;
      case 'setup_completed':
        this.#session.setupCompleted(fact);
        break;
      case 'turn_started':
        this.#within.turns.start(fact.turn);
        break;
      case 'turn_ended':
        this.#within.turns.end(fact.turn);
        break;
      case 'tool_call_received':
        this.#within.calls.start(fact.call);
        break;
      case 'tool_call_ended':
        this.#within.calls.end(fact.call);
        break;
      case 'tool_response_sent':
        this.#within.responses.start(fact.response);
        for (const response of fact.response.responses) this.#within.calls.answered(response);
        break;
      case 'tool_response_acknowledged':
        this.#within.responses.acknowledged(fact.response);
        break;
      case 'tool_response_settled':
        this.#within.responses.settled(fact.response);
        break;
      case 'go_away':
        this.#metrics.goAway(fact.timeLeftMs);
        addMoment(fact, this.#session.span, this.#within.turns);
        break;
      case 'interrupted':
      case 'user_speech_ended':
      case 'transcribed':
      case 'cancellation_unmatched':
      case 'resumption_updated':
      case 'waiting_for_input':
      case 'stall_ended':
      case 'server_error':
      case 'music_prompts_sent':
      case 'music_config_sent':
      case 'playback_controlled':
      case 'prompt_filtered':
      case 'music_warned':
        addMoment(fact, this.#session.span, this.#within.turns);
        break;
      case 'user_speech_started':
      case 'stalled':
      case 'closed':
        break;
      default:
        fact satisfies never;
    }
  }

  close(closure: Closure, diagnosis: Diagnosis): SpanContext {
    if (this.#closure !== undefined) return this.#closure;
    const end = sessionEnd(closure, diagnosis);
    this.#session.closeConnect(end);
    this.#within.responses.close(end);
    this.#within.calls.close(end);
    this.#within.turns.close(end);
    this.#closure = writeClosure(this.#scope, {
      closure,
      diagnosis,
      end,
      session: this.spanContext,
      startedAt: this.#session.startedAt,
      preceding: {
        turn: this.#within.turns.contextOf(closure.lastTurn),
        tool_call: this.#within.calls.contextOf(closure.lastToolCall),
        tool_response: this.#within.responses.contextOf(closure.lastToolResponse),
      },
    });
    this.#session.close(closure, diagnosis, end);
    this.#metrics.closed(closure, diagnosis);
    return this.#closure;
  }

  toolContext(calls: readonly ToolCall[], base: Context): Context {
    return this.#within.calls.handlerContext(calls, base);
  }

  addAudio(sentBytes: number, receivedBytes: number): void {
    this.#metrics.audio(sentBytes, receivedBytes);
  }
}
