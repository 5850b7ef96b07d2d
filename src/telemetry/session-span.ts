import type { SpanContext } from '@opentelemetry/api';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { SessionFact } from '../session/facts.ts';
import type { Closure } from '../session/model.ts';
import { defined } from './attribute-values.ts';
import type { SessionIdentity } from './backend.ts';
import { sessionTotalsAttributes } from './closure-attributes.ts';
import { experimentAttributes } from './experiment-attributes.ts';
import type { LiveSpan } from './live-span.ts';
import { logStarted } from './log-records.ts';
import { modelName } from './model-name.ts';
import { musicAttributes } from './music-attributes.ts';
import type { SessionEnd } from './session-end.ts';
import { recordSetup } from './session-metrics.ts';
import type { SessionScope } from './session-scope.ts';
import { setupAttributes } from './setup-attributes.ts';
import { usageAttributes } from './usage-attributes.ts';

type Fact<Type extends SessionFact['type']> = Extract<SessionFact, { type: Type }>;

/** Writes `live_session` and `live_connect`. */
export class SessionSpan {
  readonly span: LiveSpan<'live_session'>;
  readonly startedAt: number;
  readonly #scope: SessionScope;
  #connect: LiveSpan<'live_connect'> | undefined;

  constructor(scope: SessionScope, { startedAt, resumedFrom, process }: SessionIdentity) {
    this.#scope = scope;
    this.startedAt = startedAt;
    const attributes = {
      ...scope.identity(),
      ...scope.peer(),
      'gemini.live.api.version': scope.apiVersion,
      'gemini.live.session.resumed': scope.resumed,
    };
    this.span = scope.startSpan('live_session', {
      subject: scope.model,
      startedAt,
      parent: scope.context,
      attributes: { ...attributes, 'gemini.live.session.handle_hash': scope.handleHash },
      ...(resumedFrom && {
        links: [{ context: resumedFrom, attributes: defined({ 'gemini.live.link.type': 'resumed_from' }) }],
      }),
    });
    scope.span = this.span;
    this.#connect = scope.startSpan('live_connect', {
      subject: scope.model,
      startedAt,
      parent: scope.context,
      attributes: {
        ...attributes,
        'gemini.live.connect.sessions_open': process?.sessionsOpen,
        'gemini.live.connect.connects_last_minute': process?.connectsLastMinute,
      },
    });
  }

  get spanContext(): SpanContext {
    return this.span.spanContext;
  }

  setupSent({ setup, bytes }: Fact<'setup_sent'>): void {
    const scope = this.#scope;
    if (scope.setup !== undefined) return;
    scope.setup = setup;
    scope.setupBytes = bytes;
    scope.handleHash ??= setup.handleHash;
    scope.resumed ||= setup.handleHash !== undefined;
    const model = modelName(setup.model);
    if (scope.model === undefined && model !== undefined) {
      scope.model = model;
      this.span.rename(model);
      this.#connect?.rename(model);
    }
    this.#connect?.set({ 'gen_ai.request.model': scope.model, 'gemini.live.session.resumed': scope.resumed });
  }

  setupCompleted({ at, sessionId }: Fact<'setup_completed'>): void {
    const connect = this.#connect;
    if (connect === undefined) return;
    this.#connect = undefined;
    const scope = this.#scope;
    if (sessionId !== undefined) {
      scope.sessionId = sessionId;
      connect.set({ 'gen_ai.realtime_session.id': sessionId });
    }
    connect.end(at);
    recordSetup(scope, this.startedAt, at, undefined);
    logStarted(scope, at);
  }

  /** Ends `live_connect` where the setup never completed. */
  closeConnect({ at, error }: SessionEnd): void {
    const connect = this.#connect;
    if (connect === undefined) return;
    this.#connect = undefined;
    if (error) {
      connect.set({ 'error.type': error.type });
      connect.fail(error.message);
    }
    connect.end(at);
    recordSetup(this.#scope, this.startedAt, at, error?.label);
  }

  close(closure: Closure, diagnosis: Diagnosis, { error }: SessionEnd): void {
    if (this.span.recording) {
      // The setup is written only now: an idle session shall not hold it twice.
      const { setup, setupBytes, handleHash, sessionId, model } = this.#scope;
      this.span.set({
        'gen_ai.request.model': model,
        'gen_ai.realtime_session.id': sessionId,
        'gemini.live.session.resumed': closure.resumption.resumed,
        'gemini.live.session.handle_hash': handleHash,
        ...experimentAttributes(this.#scope.experiment),
        ...setupAttributes(setup ?? closure.setup, setupBytes, closure.music !== undefined),
        ...sessionTotalsAttributes(closure),
        ...musicAttributes(closure.music),
        ...usageAttributes(closure.usage),
        'gemini.live.closure.code': closure.code,
        'gemini.live.closure.reason': closure.reason,
        'gemini.live.closure.initiator': closure.initiator,
        'gemini.live.closure.expected': closure.expected,
        'gemini.live.closure.phase': closure.phase,
        'gemini.live.closure.cause': diagnosis.cause,
        'gemini.live.closure.category': diagnosis.category,
        'gemini.live.closure.hypothesis': diagnosis.hypothesis,
        'gemini.live.closure.confidence': diagnosis.confidence,
        'error.type': error?.type,
      });
      if (error) this.span.fail(error.message);
    }
    this.span.end(closure.at);
  }
}
