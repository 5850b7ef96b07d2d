import { type Context, isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';
import type { SpanAttributes } from '../conventions/spans.ts';
import type { FunctionResponse, ToolCall } from '../session/model.ts';
import type { LiveSpan } from './live-span.ts';
import type { SessionEnd } from './session-end.ts';
import type { SessionScope } from './session-scope.ts';
import { SpanRegistry } from './span-registry.ts';
import { recordToolCall } from './tool-metrics.ts';
import type { TurnSpans } from './turn-spans.ts';

interface ToolCallEntry {
  readonly span: LiveSpan<'execute_tool'>;
  call: ToolCall;
  result: string | undefined;
}

interface ToolCallFailure {
  readonly type: string;
  readonly label: string;
  readonly message?: string;
}

/** Writes the `execute_tool` spans of a session. */
export class ToolCallSpans {
  readonly #scope: SessionScope;
  readonly #turns: TurnSpans;
  readonly #calls = new SpanRegistry<ToolCallEntry>();

  constructor(scope: SessionScope, turns: TurnSpans) {
    this.#scope = scope;
    this.#turns = turns;
  }

  start(call: ToolCall): void {
    if (this.#calls.has(call.index)) return;
    const scope = this.#scope;
    const span = scope.startSpan('execute_tool', {
      subject: call.name,
      startedAt: call.receivedAt,
      parent: scope.contextOf(this.#turns.contextOf(call.turn)),
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        ...scope.identity(),
        'gen_ai.tool.name': call.name,
        'gen_ai.tool.call.id': call.id,
        'gen_ai.tool.type': 'function',
        'gen_ai.tool.call.arguments': scope.captureContent ? call.arguments : undefined,
        'gemini.live.tool_call.index': call.index,
        'gemini.live.tool_call.arguments_size': call.argumentsBytes,
        'gemini.live.tool_call.non_blocking': call.nonBlocking,
        'gemini.live.tool_call.declared': call.declared,
        'gemini.live.tool_call.pending_at_receipt': call.pendingAtReceipt,
      },
    });
    this.#calls.add(call.index, { span, call, result: undefined });
  }

  end(call: ToolCall): void {
    const entry = this.#calls.get(call.index);
    if (entry === undefined) return;
    entry.call = call;
    if (call.outcome === 'closure' || call.endedAt === undefined) return;
    // The result comes with the message that ended the call, whichever of the two is reported first.
    const resultExpected = this.#scope.captureContent && call.outcome === 'answered' && entry.span.recording;
    if (!resultExpected || entry.result !== undefined) this.#finish(entry, { at: call.endedAt });
  }

  /** A response to a call was written. */
  answered(response: FunctionResponse): void {
    const entry = this.#calls.get(response.call?.index);
    if (entry === undefined || !this.#scope.captureContent) return;
    entry.result = response.response ?? '';
    const { outcome, endedAt } = entry.call;
    if (outcome === 'answered' && endedAt !== undefined) this.#finish(entry, { at: endedAt });
  }

  contextOf(call: ToolCall | undefined): SpanContext | undefined {
    return this.#calls.contextOf(call?.index);
  }

  /** The context the handler of these calls runs in. Without a trace it is `base` as it came. */
  handlerContext(calls: readonly ToolCall[], base: Context): Context {
    const [first] = calls;
    const span = calls.length === 1 ? this.contextOf(first) : this.#turns.contextOf(first?.turn);
    if (span === undefined || !isSpanContextValid(span)) return base;
    const open = calls.length === 1 ? this.#calls.get(first?.index)?.span : this.#turns.spanOf(first?.turn);
    return open?.within(base) ?? trace.setSpan(base, trace.wrapSpanContext(span));
  }

  close(end: SessionEnd): void {
    for (const entry of this.#calls.open()) this.#finish(entry, end);
  }

  #finish({ span, call, result }: ToolCallEntry, end: SessionEnd): void {
    const outcome = call.endedAt === undefined ? 'closure' : (call.outcome ?? 'closure');
    const endedAt = call.endedAt ?? end.at;
    const failure = failureOf(outcome, call, end);
    if (span.recording) {
      span.set({
        ...toolCallAttributes(call),
        'gemini.live.tool_call.outcome': outcome,
        'gen_ai.tool.call.result': result || undefined,
        'error.type': failure?.type,
      });
      if (failure?.message !== undefined) span.fail(failure.message);
    }
    span.end(endedAt);
    this.#calls.remove(call.index);
    recordToolCall(this.#scope, call, { outcome, endedAt, errorLabel: failure?.label });
  }
}

function toolCallAttributes(call: ToolCall): SpanAttributes<'execute_tool'> {
  return {
    'gemini.live.tool_call.responses': call.responses,
    'gemini.live.tool_call.input_frames_while_pending': call.inputWhilePending.frames,
    'gemini.live.tool_call.audio_frames_while_pending': call.inputWhilePending.audioFrames,
  };
}

/** A cancelled call has an `error.type` but no message: the user spoke, nothing failed. */
function failureOf(
  outcome: ToolCall['outcome'],
  call: ToolCall,
  end: SessionEnd,
): ToolCallFailure | undefined {
  if (outcome === 'closure') return end.error;
  if (outcome === 'cancelled') return { type: 'cancelled', label: 'cancelled' };
  if (!call.responseIsError) return undefined;
  return { type: 'tool_error', label: 'tool_error', message: 'The tool response carries an error.' };
}
