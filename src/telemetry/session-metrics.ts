import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Closure, Stall } from '../session/model.ts';
import { defined } from './attribute-values.ts';
import type { MetricLabels } from './metrics.ts';
import type { SessionScope } from './session-scope.ts';
import { toSeconds } from './time.ts';

/** Counts a session, its audio and its end. */
export class SessionMetrics {
  readonly #scope: SessionScope;
  /** What `live.session.active` went up with: it must come down with the same. */
  readonly #activeLabels: MetricLabels<'live.session.active'>;

  constructor(scope: SessionScope) {
    this.#scope = scope;
    this.#activeLabels = scope.labels();
    const { instruments } = scope.backend;
    instruments['live.sessions'].add(1, { ...this.#activeLabels, 'live.session.resumed': scope.resumed });
    instruments['live.session.active'].add(1, this.#activeLabels);
  }

  audio(sentBytes: number, receivedBytes: number): void {
    const counter = this.#scope.backend.instruments['live.audio.bytes'];
    const labels = this.#scope.labels();
    if (sentBytes > 0) counter.add(sentBytes, { ...labels, 'live.audio.direction': 'sent' });
    if (receivedBytes > 0) counter.add(receivedBytes, { ...labels, 'live.audio.direction': 'received' });
  }

  goAway(timeLeftMs: number | undefined): void {
    const instrument = this.#scope.backend.instruments['live.go_away.lead_time'];
    if (timeLeftMs !== undefined) instrument.record(toSeconds(timeLeftMs), this.#scope.labels());
  }

  stalled({ kind }: Stall, { cause }: Diagnosis): void {
    this.#scope.backend.instruments['live.stalls'].add(
      1,
      defined({
        'gen_ai.request.model': this.#scope.model,
        'live.stall.kind': kind,
        'live.stall.cause': cause,
      }),
    );
  }

  closed(closure: Closure, diagnosis: Diagnosis): void {
    const { instruments } = this.#scope.backend;
    const { expected } = closure;
    instruments['live.session.active'].add(-1, this.#activeLabels);
    instruments['live.session.duration'].record(toSeconds(closure.connectionAgeMs), {
      ...this.#scope.labels(),
      'live.closure.expected': expected,
    });
    instruments['live.closures'].add(
      1,
      defined({
        'gen_ai.request.model': this.#scope.model,
        'live.closure.code': closure.code,
        'live.closure.cause': diagnosis.cause,
        'live.closure.category': diagnosis.category,
        'live.closure.hypothesis': diagnosis.hypothesis,
        'live.closure.initiator': closure.initiator,
        'live.closure.expected': expected,
        'live.closure.preceding_event': closure.preceding,
      }),
    );
    this.#circumstances(closure);
    if (!expected) this.#afterToolResponse(closure);
  }

  /** Of every end, so that unexpected ones can be held against the others. */
  #circumstances({ expected, process, pendingToolCalls }: Closure): void {
    const { instruments } = this.#scope.backend;
    const labels = { ...this.#modelLabel(), 'live.closure.expected': expected };
    if (process !== undefined) instruments['live.closure.sessions_open'].record(process.sessionsOpen, labels);
    instruments['live.closure.tool_calls_pending'].record(pendingToolCalls.length, labels);
  }

  #afterToolResponse({ code, lastToolResponse: response, msSinceToolResponse }: Closure): void {
    if (response === undefined || msSinceToolResponse === undefined) return;
    const { instruments } = this.#scope.backend;
    instruments['live.closure.tool_response_size'].record(response.bytes, this.#modelLabel());
    instruments['live.closure.tool_response_ago'].record(
      toSeconds(msSinceToolResponse),
      defined({
        ...this.#modelLabel(),
        'live.closure.code': code,
        'live.closure.tool_response_acknowledged': response.acknowledgedAt !== undefined,
      }),
    );
  }

  #modelLabel(): MetricLabels<'live.closure.tool_response_size'> {
    return defined({ 'gen_ai.request.model': this.#scope.model });
  }
}
