import type { SpanContext } from '@opentelemetry/api';
import type { SpanAttributes } from '../conventions/spans.ts';
import type { Turn } from '../session/model.ts';
import { spanAttributes } from './attribute-values.ts';
import { inputMessages, outputMessages } from './content.ts';
import type { LiveSpan } from './live-span.ts';
import type { SessionEnd } from './session-end.ts';
import type { SessionScope } from './session-scope.ts';
import { outputType } from './setup-attributes.ts';
import { SpanRegistry } from './span-registry.ts';
import { secondsBetween } from './time.ts';
import { firstAudioOf, knownReason } from './turn-facts.ts';
import { recordTurn } from './turn-metrics.ts';
import { usageAttributes } from './usage-attributes.ts';

interface TurnEntry {
  readonly span: LiveSpan<'realtime_inference'>;
  turn: Turn;
}

/** Writes the `realtime_inference` spans of a session. */
export class TurnSpans {
  readonly #scope: SessionScope;
  readonly #turns = new SpanRegistry<TurnEntry>();

  constructor(scope: SessionScope) {
    this.#scope = scope;
  }

  start(turn: Turn): void {
    if (this.#turns.has(turn.index)) return;
    const scope = this.#scope;
    const span = scope.startSpan('realtime_inference', {
      subject: scope.model,
      startedAt: turn.startedAt,
      parent: scope.context,
      attributes: {
        'gen_ai.operation.name': 'realtime_inference',
        ...scope.identity(),
        ...scope.peer(),
        'gen_ai.output.type': outputType(scope.setup),
        'gemini.live.turn.index': turn.index,
      },
    });
    this.#turns.add(turn.index, { span, turn });
  }

  end(turn: Turn): void {
    const entry = this.#turns.get(turn.index);
    if (entry === undefined) return;
    entry.turn = turn;
    // Whether the closure is an error is known only when it comes.
    if (turn.outcome !== 'closure' && turn.endedAt !== undefined) this.#finish(entry, { at: turn.endedAt });
  }

  contextOf(turn: Turn | undefined): SpanContext | undefined {
    return this.#turns.contextOf(turn?.index);
  }

  /** The span of this turn, or without one of the turn under way, while it is open. */
  spanOf(turn: Turn | undefined): LiveSpan<'realtime_inference'> | undefined {
    if (turn !== undefined) return this.#turns.get(turn.index)?.span;
    return this.#turns.open().findLast((entry) => entry.turn.endedAt === undefined)?.span;
  }

  close(end: SessionEnd): void {
    for (const entry of this.#turns.open()) this.#finish(entry, end);
  }

  #finish({ span, turn }: TurnEntry, end: SessionEnd): void {
    const cut = turn.endedAt === undefined || turn.outcome === undefined || turn.outcome === 'closure';
    const outcome = cut ? 'closure' : turn.outcome;
    const endedAt = turn.endedAt ?? end.at;
    const error = cut ? end.error : turnError(turn);
    if (span.recording) {
      span.set({ ...turnAttributes(turn), 'gemini.live.turn.outcome': outcome });
      if (this.#scope.captureContent) {
        span.set({
          'gen_ai.input.messages': inputMessages(turn.inputText),
          'gen_ai.output.messages': outputMessages(turn.outputText, outcome),
        });
      }
      if (error) {
        span.set({ 'error.type': error.type });
        span.fail(error.message);
      }
    }
    span.end(endedAt);
    this.#turns.remove(turn.index);
    recordTurn(this.#scope, turn, { outcome, endedAt, errorLabel: error?.label });
  }
}

/** The service gave no answer, and says so. */
function turnError({ outcome, completeReason }: Turn): SessionEnd['error'] {
  if (outcome !== 'rejected' && outcome !== 'malformed') return undefined;
  const reason = knownReason(completeReason) ?? '_OTHER';
  return {
    type: reason,
    label: reason,
    message:
      outcome === 'malformed'
        ? 'The model made a tool call that is none.'
        : `The service refused to answer (${reason}).`,
    ofTools: false,
  };
}

function turnAttributes(turn: Turn): SpanAttributes<'realtime_inference'> {
  const firstAudio = firstAudioOf(turn);
  return spanAttributes('realtime_inference', {
    'gemini.live.turn.trigger': turn.trigger,
    'gemini.live.turn.complete_reason': turn.completeReason,
    'gemini.live.turn.first_output.duration': secondsBetween(turn.triggeredAt, turn.firstOutputAt),
    'gemini.live.turn.first_audio.duration': firstAudio?.seconds,
    'gemini.live.turn.first_audio.offset': secondsBetween(turn.startedAt, turn.firstAudioAt),
    'gemini.live.turn.first_audio.reference': firstAudio?.reference,
    'gemini.live.turn.generation.duration': secondsBetween(turn.firstOutputAt, turn.generationCompleteAt),
    'gemini.live.turn.received_frames': turn.receivedFrames,
    'gemini.live.turn.audio_size': turn.audioBytes,
    'gemini.live.turn.text_characters': turn.textCharacters,
    'gemini.live.turn.output_transcription_characters': turn.outputTranscriptionCharacters,
    'gemini.live.turn.tool_calls': turn.toolCalls,
    'gemini.live.turn.spurious_interruptions': turn.spuriousInterruptions,
    ...usageAttributes(turn.usage),
  });
}
