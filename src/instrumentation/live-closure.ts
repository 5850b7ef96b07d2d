/** What an application is told of its sessions: public, and plain data. */
import type { SpanContext } from '@opentelemetry/api';
import type {
  Category,
  Confidence,
  Hypothesis,
  Initiator,
  Phase,
  PrecedingEvent,
  StallKind,
} from '../conventions/vocabulary.ts';
import type { Diagnosis, Rival } from '../diagnosis/diagnosis.ts';
import type { Closure, Stall } from '../session/model.ts';

/** Which session it is about. */
export interface SessionReference {
  /** The service's own id where it sent one, else one made here. */
  readonly sessionId: string;
  /** Id of the first session of a chain joined by resumption. */
  readonly conversationId: string;
  /** Without path. */
  readonly model?: string;
}

/** Why, as far as it can be said. */
interface Explained {
  /** Id of the cause, an anchor of `docs/closures.md`; `unknown` where none is established. */
  readonly cause: string;
  readonly hypothesis: Hypothesis;
  readonly category: Category;
  readonly confidence: Confidence;
  /** One or two sentences with this session's own numbers. */
  readonly explanation: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Measured facts that speak for it or against a rival, most telling first. */
  readonly evidence: readonly string[];
  /** Measured facts that speak against it. */
  readonly against: readonly string[];
  /** What else was measured, and speaks for none. */
  readonly context: readonly string[];
  /** Other causes that fit, and what would tell. */
  readonly rivals: readonly Rival[];
  /**
   * Whether to connect again, and why in one sentence: at once (`now`), after a pause that grows (`later`), without
   * handle and replayed context (`fresh_session`), or not before something was changed (`no`).
   */
  readonly retry: Diagnosis['retry'];
}

/**
 * The end of a session, expected or not. Holds no credential, handle, transcript, argument or result. The reason, and
 * the sentences that quote it, are the service's own words.
 */
export interface LiveClosure extends SessionReference, Explained {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Close code; absent where the process ended first or no socket came to be. */
  readonly code?: number;
  /** As the service sent it, 123 bytes at most, credentials removed. */
  readonly reason: string;
  readonly initiator: Initiator;
  /** The application asked for it, or the service ended a finished session with 1000. */
  readonly expected: boolean;
  readonly phase: Phase;
  /** Milliseconds since `connect()`. */
  readonly connectionAgeMs: number;
  /** The last thing of note before the end. */
  readonly preceding: PrecedingEvent;
  /** How long before the end that was. */
  readonly precedingAgoMs?: number;
  /** Names of the functions whose calls were pending. */
  readonly pendingTools: readonly string[];
  /** A handle that the conversation can be resumed from was at hand. */
  readonly handleAvailable: boolean;
  /** The session had stalled and ended so. */
  readonly stall?: StallKind;
  /** Of the span `live_closure`. */
  readonly traceId: string;
  readonly spanId: string;
}

/** A silence of an open session that lasts too long. Told once, as it is found; `since` is when it began. */
export interface LiveStall extends SessionReference, Explained {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What is waited for in vain. */
  readonly kind: StallKind;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The function whose call has no response. */
  readonly tool?: string;
  /** Of the span `live_session`. */
  readonly traceId: string;
  readonly spanId: string;
}

export function liveClosure(
  closure: Closure,
  diagnosis: Diagnosis,
  { traceId, spanId }: SpanContext,
  session: SessionReference,
): LiveClosure {
  const { code, precedingAgoMs, stall } = closure;
  return Object.freeze({
    at: closure.at,
    ...session,
    ...(code !== undefined && { code }),
    reason: closure.reason,
    initiator: closure.initiator,
    expected: closure.expected,
    phase: closure.phase,
    connectionAgeMs: closure.connectionAgeMs,
    ...explained(diagnosis),
    preceding: closure.preceding,
    ...(precedingAgoMs !== undefined && { precedingAgoMs }),
    pendingTools: Object.freeze(closure.pendingToolCalls.map(({ name }) => name)),
    handleAvailable: closure.resumption.handleAvailable,
    ...(stall !== undefined && { stall: stall.kind }),
    traceId,
    spanId,
  });
}

export function liveStall(
  { kind, since, foundAt, toolCall }: Stall,
  diagnosis: Diagnosis,
  { traceId, spanId }: SpanContext,
  session: SessionReference,
): LiveStall {
  return Object.freeze({
    at: foundAt,
    ...session,
    kind,
    since,
    ...(toolCall !== undefined && { tool: toolCall.name }),
    ...explained(diagnosis),
    traceId,
    spanId,
  });
}

/** Copies, so that one listener cannot change what another one sees. */
function explained(diagnosis: Diagnosis): Explained {
  const { remedy } = diagnosis;
  return {
    cause: diagnosis.cause,
    hypothesis: diagnosis.hypothesis,
    category: diagnosis.category,
    confidence: diagnosis.confidence,
    explanation: diagnosis.explanation,
    ...(remedy !== undefined && { remedy }),
    evidence: Object.freeze([...diagnosis.evidence]),
    against: Object.freeze([...diagnosis.against]),
    context: Object.freeze([...diagnosis.context]),
    rivals: Object.freeze(diagnosis.rivals.map((rival) => Object.freeze({ ...rival }))),
    retry: Object.freeze({ ...diagnosis.retry }),
  };
}
