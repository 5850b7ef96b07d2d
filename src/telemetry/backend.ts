import type { Attributes, Context, HrTime, SpanContext, Tracer } from '@opentelemetry/api';
import type {
  ExperimentArm,
  ExperimentFactor,
  ExperimentOutcome,
  ExperimentStart,
} from '../conventions/vocabulary.ts';
import type { ProcessFacts } from '../session/model.ts';
import type { Instruments } from './instruments.ts';

/** Where the telemetry goes. */
export interface TelemetryBackend {
  readonly tracer: Tracer;
  readonly instruments: Instruments;
  /** Without one no log records are written. */
  readonly logger?: LogEmitter;
}

/** What is needed of a `Logger`: the API has had one only since 1.10. */
export interface LogEmitter {
  emit(record: LogEvent): void;
}

export interface LogEvent {
  readonly eventName?: string;
  readonly timestamp: HrTime;
  /** As in OpenTelemetry's `SeverityNumber`: 9 is INFO, 17 is ERROR. */
  readonly severityNumber: number;
  readonly body?: string;
  readonly attributes: Attributes;
  readonly context?: Context;
}

/** What an experiment does to a session. It says the outcome before it closes the session. */
export interface ExperimentOfSession {
  readonly id: string;
  readonly factor: ExperimentFactor;
  readonly arm: ExperimentArm;
  readonly condition: string;
  readonly session: number;
  readonly differsFrom: ExperimentStart;
  outcome?: ExperimentOutcome;
}

/** Who a session is. */
export interface SessionIdentity {
  /** Made by the observer; gives way to the service's own id where it sends one. */
  readonly sessionId: string;
  /** Id of the first session of a chain joined by resumption. */
  readonly conversationId: string;
  readonly api: 'gemini' | 'vertex';
  /** A session of `ai.live.music`. */
  readonly music?: true;
  /** As given to `connect()`, path and all; where unknown, the setup message tells. */
  readonly model?: string;
  readonly serverAddress?: string;
  readonly serverPort?: number;
  readonly apiVersion?: string;
  readonly sdkVersion?: string;
  /** Epoch milliseconds of the call of `connect()`. */
  readonly startedAt: number;
  /** The `live_session` span of the connection this one resumes. */
  readonly resumedFrom?: SpanContext;
  /** Hash of the handle resumed from. */
  readonly handleHash?: string;
  readonly experiment?: ExperimentOfSession;
  /** As `connect()` was called, this session included. */
  readonly process?: ProcessFacts;
}
