import { type Context, type SpanContext, trace } from '@opentelemetry/api';
import type { Group, identity, peer } from '../conventions/attribute-groups.ts';
import type { SpanId } from '../conventions/spans.ts';
import type { SetupSummary } from '../protocol/frame.ts';
import type { ExperimentOfSession, SessionIdentity, TelemetryBackend } from './backend.ts';
import { LiveSpan, type LiveSpanOptions } from './live-span.ts';
import { modelName } from './model-name.ts';

/** What the writers of one session's spans share: who the session is, and where its telemetry goes. */
export class SessionScope {
  readonly backend: TelemetryBackend;
  readonly captureContent: boolean;
  /** `live_session`, once it is there. */
  span: LiveSpan<'live_session'> | undefined;
  setup: SetupSummary | undefined;
  /** Size of the setup message on the wire. */
  setupBytes: number | undefined;
  resumed: boolean;
  /** Hash of the handle resumed from. */
  handleHash: string | undefined;
  sessionId: string;
  model: string | undefined;
  readonly #identity: SessionIdentity;
  readonly #parent: Context;

  constructor(
    backend: TelemetryBackend,
    identity: SessionIdentity,
    parent: Context,
    captureContent: boolean,
  ) {
    this.backend = backend;
    this.captureContent = captureContent;
    this.#parent = parent;
    this.sessionId = identity.sessionId;
    this.model = modelName(identity.model);
    this.handleHash = identity.handleHash;
    this.resumed = identity.handleHash !== undefined || identity.resumedFrom !== undefined;
    this.#identity = identity;
  }

  startSpan<Id extends SpanId, Given>(id: Id, options: LiveSpanOptions<Id, Given>): LiveSpan<Id> {
    return new LiveSpan(this.backend.tracer, id, options);
  }

  /** That the spans of the session are children of. Made when it is needed: most open sessions do nothing. */
  get context(): Context {
    return this.span?.within(this.#parent) ?? this.#parent;
  }

  /** The session's context with another of its spans as the active one. */
  contextOf(span: SpanContext | undefined): Context {
    return span === undefined ? this.context : trace.setSpan(this.context, trace.wrapSpanContext(span));
  }

  get provider(): 'gcp.gemini' | 'gcp.vertex_ai' {
    return this.#identity.api === 'vertex' ? 'gcp.vertex_ai' : 'gcp.gemini';
  }

  identity(): Group<typeof identity> {
    return {
      'gen_ai.provider.name': this.provider,
      'gen_ai.request.model': this.model,
      'gen_ai.realtime_session.id': this.sessionId,
      'gen_ai.conversation.id': this.#identity.conversationId,
      'gemini.live.sdk.version': this.#identity.sdkVersion,
    };
  }

  peer(): Group<typeof peer> {
    return {
      'server.address': this.#identity.serverAddress,
      'server.port': this.#identity.serverPort,
    };
  }

  get apiVersion(): string | undefined {
    return this.#identity.apiVersion;
  }

  get experiment(): ExperimentOfSession | undefined {
    return this.#identity.experiment;
  }
}
