import type { MetricLabels } from '../conventions/metrics.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Closure, Stall } from '../session/model.ts';
import { sessionLabels } from './metric-labels.ts';
import type { SessionScope } from './session-scope.ts';
import { secondsBetween, toSeconds } from './time.ts';

/** Counts a session, its audio and its end. */
export class SessionMetrics {
  readonly #scope: SessionScope;
  /** What `gemini.live.session.active` went up with: it must come down with the same. */
  readonly #activeLabels: MetricLabels<'gemini.live.session.active'>;

  constructor(scope: SessionScope) {
    this.#scope = scope;
    this.#activeLabels = sessionLabels(scope);
    const { instruments } = scope.backend;
    instruments['gemini.live.sessions'](1, {
      ...this.#activeLabels,
      'gemini.live.session.resumed': scope.resumed,
    });
    instruments['gemini.live.session.active'](1, this.#activeLabels);
  }

  audio(sentBytes: number, receivedBytes: number): void {
    const count = this.#scope.backend.instruments['gemini.live.audio.size'];
    const labels = sessionLabels(this.#scope);
    if (sentBytes > 0) count(sentBytes, { ...labels, 'gemini.live.audio.direction': 'sent' });
    if (receivedBytes > 0) count(receivedBytes, { ...labels, 'gemini.live.audio.direction': 'received' });
  }

  goAway(timeLeftMs: number | undefined): void {
    const record = this.#scope.backend.instruments['gemini.live.go_away.lead_time'];
    if (timeLeftMs !== undefined) record(toSeconds(timeLeftMs), sessionLabels(this.#scope));
  }

  stalled({ kind }: Stall, { cause }: Diagnosis): void {
    this.#scope.backend.instruments['gemini.live.stalls'](1, {
      'gen_ai.request.model': this.#scope.model,
      'gemini.live.stall.kind': kind,
      'gemini.live.stall.cause': cause,
    });
  }

  closed(closure: Closure, diagnosis: Diagnosis): void {
    const { instruments } = this.#scope.backend;
    const { expected } = closure;
    instruments['gemini.live.session.active'](-1, this.#activeLabels);
    instruments['gemini.live.session.duration'](toSeconds(closure.connectionAgeMs), {
      ...sessionLabels(this.#scope),
      'gemini.live.closure.expected': expected,
    });
    instruments['gemini.live.closures'](1, {
      'gen_ai.request.model': this.#scope.model,
      'gemini.live.closure.code': closure.code,
      'gemini.live.closure.cause': diagnosis.cause,
      'gemini.live.closure.category': diagnosis.category,
      'gemini.live.closure.hypothesis': diagnosis.hypothesis,
      'gemini.live.closure.initiator': closure.initiator,
      'gemini.live.closure.expected': expected,
      'gemini.live.closure.preceding_event': closure.preceding,
    });
    this.#circumstances(closure);
    if (!expected) this.#afterToolResponse(closure);
  }

  /** Of every end, so that unexpected ones can be held against the others. */
  #circumstances({ expected, process, pendingToolCalls }: Closure): void {
    const { instruments } = this.#scope.backend;
    const labels = { ...this.#modelLabel(), 'gemini.live.closure.expected': expected };
    if (process !== undefined)
      instruments['gemini.live.closures.sessions_open'](process.sessionsOpen, labels);
    instruments['gemini.live.closures.tool_calls_pending'](pendingToolCalls.length, labels);
  }

  #afterToolResponse({ code, lastToolResponse: response, msSinceToolResponse }: Closure): void {
    if (response === undefined || msSinceToolResponse === undefined) return;
    const { instruments } = this.#scope.backend;
    instruments['gemini.live.closures.tool_response_size'](response.bytes, this.#modelLabel());
    instruments['gemini.live.closures.tool_response_ago'](toSeconds(msSinceToolResponse), {
      ...this.#modelLabel(),
      'gemini.live.closure.code': code,
      'gemini.live.closure.tool_response_acknowledged': response.acknowledgedAt !== undefined,
    });
  }

  #modelLabel(): MetricLabels<'gemini.live.closures.tool_response_size'> {
    return { 'gen_ai.request.model': this.#scope.model };
  }
}

/** Measures how long the service took to accept a session, or until it did not. */
export function recordSetup(
  scope: SessionScope,
  startedAt: number,
  at: number,
  errorLabel: string | undefined,
): void {
  scope.backend.instruments['gemini.live.session.setup.duration'](secondsBetween(startedAt, at) ?? 0, {
    ...sessionLabels(scope),
    'error.type': errorLabel,
  });
}
