import {
  type Context,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Only } from '../conventions/attributes.ts';
import {
  type EventAttributes,
  type SpanAttributes,
  type SpanEventName,
  type SpanId,
  spanDefinitions,
  spanName,
} from '../conventions/spans.ts';
import { defined } from './attribute-values.ts';
import { toHrTime } from './time.ts';

export interface LiveSpanOptions<Id extends SpanId, Given = SpanAttributes<Id>> {
  readonly subject?: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly parent: Context;
  /** Known from the start: what a sampler sees. */
  readonly attributes: Only<SpanAttributes<Id>, Given>;
  readonly links?: Link[];
}

/**
 * A span of the table in `spans.ts`. Every time is given explicitly: the SDK takes the ones it has to guess from a
 * clock of another origin.
 */
export class LiveSpan<Id extends SpanId> {
  readonly id: Id;
  readonly #span: Span;
  readonly #startedAt: number;
  #events: Map<string, number> | undefined;

  constructor(tracer: Tracer, id: Id, options: LiveSpanOptions<Id>) {
    this.id = id;
    this.#startedAt = options.startedAt;
    this.#span = tracer.startSpan(
      spanName(id, options.subject),
      {
        kind: SpanKind[spanDefinitions[id].kind],
        startTime: toHrTime(options.startedAt),
        attributes: defined(options.attributes),
        ...(options.links && { links: options.links }),
      },
      options.parent,
    );
  }

  /** For attributes of the application's own. */
  get raw(): Span {
    return this.#span;
  }

  get spanContext(): SpanContext {
    return this.#span.spanContext();
  }

  /** Where it is false, attributes and events need not be built. */
  get recording(): boolean {
    return this.#span.isRecording();
  }

  /** `base` with this span as the active one. */
  within(base: Context): Context {
    return trace.setSpan(base, this.#span);
  }

  rename(subject: string | undefined): void {
    this.#span.updateName(spanName(this.id, subject));
  }

  set<Given>(attributes: Only<SpanAttributes<Id>, Given>): void {
    this.#span.setAttributes(defined(attributes));
  }

  /** Events beyond the limit of their name are left out. */
  addEvent<Name extends SpanEventName<Id>, Given>(
    name: Name,
    at: number,
    attributes: Only<EventAttributes<Id, Name>, Given>,
  ): void {
    if (!this.recording) return;
    this.#events ??= new Map();
    const count = (this.#events.get(name) ?? 0) + 1;
    const limit = spanDefinitions[this.id].events[name]?.limit ?? 0;
    if (count > limit) return;
    this.#events.set(name, count);
    this.#span.addEvent(name, defined(attributes), toHrTime(at));
  }

  fail(message: string): void {
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  /** A time before the start counts as the start. */
  end(endedAt: number): void {
    this.#span.end(toHrTime(Math.max(endedAt, this.#startedAt)));
  }
}
