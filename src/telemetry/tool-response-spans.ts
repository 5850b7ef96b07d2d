import type { SpanContext } from '@opentelemetry/api';
import type { ToolResponseOutcome } from '../conventions/vocabulary.ts';
import { settleMs, type ToolResponse } from '../session/model.ts';
import type { LiveSpan } from './live-span.ts';
import type { SessionEnd } from './session-end.ts';
import type { SessionScope } from './session-scope.ts';
import { SpanRegistry } from './span-registry.ts';
import { secondsBetween } from './time.ts';
import type { ToolCallSpans } from './tool-call-spans.ts';
import { recordAcknowledgement, recordToolResponse } from './tool-metrics.ts';
import { toolResponseAttributes } from './tool-response-summary.ts';
import type { TurnSpans } from './turn-spans.ts';

interface ToolResponseEntry {
  readonly span: LiveSpan<'send_tool_response'>;
  response: ToolResponse;
  /** Known once it is settled. */
  outcome: ToolResponseOutcome | undefined;
  /** Its acknowledgement was measured. */
  measured: boolean;
}

/**
 * Writes the `send_tool_response` spans of a session. A span ends with the acknowledgement, but is written when it
 * is also known whether a closure followed.
 */
export class ToolResponseSpans {
  readonly #scope: SessionScope;
  readonly #turns: TurnSpans;
  readonly #calls: ToolCallSpans;
  readonly #responses = new SpanRegistry<ToolResponseEntry>();

  constructor(scope: SessionScope, turns: TurnSpans, calls: ToolCallSpans) {
    this.#scope = scope;
    this.#turns = turns;
    this.#calls = calls;
  }

  start(response: ToolResponse): void {
    if (this.#responses.has(response.index)) return;
    const scope = this.#scope;
    const span = scope.startSpan('send_tool_response', {
      startedAt: response.sentAt,
      parent: scope.contextOf(this.#parentOf(response)),
      attributes: { ...scope.identity(), ...scope.peer(), 'gemini.live.tool_response.index': response.index },
    });
    if (span.recording) span.set(toolResponseAttributes(response));
    this.#responses.add(response.index, { span, response, outcome: undefined, measured: false });
  }

  acknowledged(response: ToolResponse): void {
    const entry = this.#responses.get(response.index);
    if (entry === undefined) return;
    entry.response = response;
    if (entry.outcome === undefined) return;
    this.#measureAcknowledgement(entry, entry.outcome);
    if (entry.outcome === 'ok' && response.acknowledgedAt !== undefined) {
      this.#finish(entry, { at: response.acknowledgedAt });
    }
  }

  settled(response: ToolResponse): void {
    const entry = this.#responses.get(response.index);
    if (entry === undefined || entry.outcome !== undefined) return;
    entry.response = response;
    this.#settle(entry, response.outcome ?? 'ok');
    // Which error followed is known only when the closure comes.
    if (entry.outcome === 'ok' && response.acknowledgedAt !== undefined) {
      this.#finish(entry, { at: response.acknowledgedAt });
    }
  }

  contextOf(response: ToolResponse | undefined): SpanContext | undefined {
    return this.#responses.contextOf(response?.index);
  }

  close(end: SessionEnd): void {
    for (const entry of this.#responses.open()) {
      if (entry.outcome === undefined) this.#settle(entry, entry.response.outcome ?? outcomeAt(entry, end));
      this.#finish(entry, end);
    }
  }

  #parentOf({ responses, turn }: ToolResponse): SpanContext | undefined {
    const [only] = responses;
    const call = responses.length === 1 ? this.#calls.contextOf(only?.call) : undefined;
    return call ?? this.#turns.contextOf(turn);
  }

  #settle(entry: ToolResponseEntry, outcome: ToolResponseOutcome): void {
    entry.outcome = outcome;
    recordToolResponse(this.#scope, entry.response, outcome);
    this.#measureAcknowledgement(entry, outcome);
  }

  #measureAcknowledgement(entry: ToolResponseEntry, outcome: ToolResponseOutcome): void {
    if (entry.measured || entry.response.acknowledgedAt === undefined) return;
    entry.measured = true;
    recordAcknowledgement(this.#scope, entry.response, outcome);
  }

  #finish({ span, response, outcome }: ToolResponseEntry, end: SessionEnd): void {
    const { acknowledgedAt, acknowledgedBy } = response;
    if (span.recording) {
      // What was acknowledged has not failed when the session then dies of something else; `outcome` says that it died.
      const failed = acknowledgedAt === undefined || (outcome === 'closure' && end.error?.ofTools);
      const error = failed ? end.error : undefined;
      span.set({
        'gemini.live.tool_response.acknowledged': acknowledgedAt !== undefined,
        'gemini.live.tool_response.acknowledged_by': acknowledgedBy,
        'gemini.live.tool_response.ack.duration': secondsBetween(response.sentAt, acknowledgedAt),
        'gemini.live.tool_response.outcome': outcome,
        'error.type': error?.type,
      });
      if (error) span.fail(error.message);
    }
    span.end(acknowledgedAt ?? end.at);
    this.#responses.remove(response.index);
  }
}

function outcomeAt({ response }: ToolResponseEntry, { at, error }: SessionEnd): ToolResponseOutcome {
  return error !== undefined && at - response.sentAt <= settleMs ? 'closure' : 'ok';
}
