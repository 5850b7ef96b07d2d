/** A tracer for pages without an OpenTelemetry SDK: as much of one as the spans of this package need. */
import {
  type Attributes,
  type AttributeValue,
  type Context,
  type HrTime,
  isSpanContextValid,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  type SpanStatus,
  type TimeInput,
  TraceFlags,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { toHrTime } from '../../telemetry/time.ts';
import { randomHex } from '../random-hex.ts';

export interface EndedSpan {
  readonly name: string;
  readonly kind: number;
  readonly context: SpanContext;
  readonly parentSpanId: string | undefined;
  readonly start: HrTime;
  readonly end: HrTime;
  readonly attributes: Attributes;
  readonly events: readonly {
    readonly name: string;
    readonly time: HrTime;
    readonly attributes: Attributes;
  }[];
  readonly links: readonly Link[];
  readonly status: SpanStatus | undefined;
}

/** Gives every span to `ended`, whatever was sampled elsewhere. */
export function createTracerProvider(ended: (span: EndedSpan) => void): TracerProvider {
  const tracer: Tracer = {
    startSpan: (name, options, parent) => new PageSpan(name, options, parent, ended),
    // The spans of this package are started without being active; nothing else uses this tracer.
    startActiveSpan: (...args: unknown[]) =>
      (args.at(-1) as (span: Span) => never)(trace.wrapSpanContext(none)),
  };
  return { getTracer: () => tracer };
}

const none: SpanContext = { traceId: '', spanId: '', traceFlags: TraceFlags.NONE };

class PageSpan implements Span {
  readonly #ended: (span: EndedSpan) => void;
  readonly #context: SpanContext;
  readonly #parentSpanId: string | undefined;
  readonly #kind: SpanKind;
  readonly #start: HrTime;
  readonly #attributes: Attributes;
  readonly #links: Link[];
  readonly #events: EndedSpan['events'][number][] = [];
  #name: string;
  #status: SpanStatus | undefined;
  #open = true;

  constructor(
    name: string,
    { kind, startTime, attributes, links, root }: SpanOptions = {},
    parent: Context | undefined,
    ended: (span: EndedSpan) => void,
  ) {
    const found = parent && !root ? trace.getSpanContext(parent) : undefined;
    const above = found !== undefined && isSpanContextValid(found) ? found : undefined;
    this.#context = {
      traceId: above?.traceId ?? randomHex(16),
      spanId: randomHex(8),
      traceFlags: TraceFlags.SAMPLED,
    };
    this.#parentSpanId = above?.spanId;
    this.#name = name;
    this.#kind = kind ?? SpanKind.INTERNAL;
    this.#start = hrTime(startTime);
    this.#attributes = { ...attributes };
    this.#links = [...(links ?? [])];
    this.#ended = ended;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  isRecording(): boolean {
    return this.#open;
  }

  setAttribute(key: string, value: AttributeValue): this {
    return this.setAttributes({ [key]: value });
  }

  setAttributes(attributes: Attributes): this {
    if (this.#open) Object.assign(this.#attributes, attributes);
    return this;
  }

  addEvent(name: string, second?: Attributes | TimeInput, time?: TimeInput): this {
    if (!this.#open) return this;
    const isTime = typeof second !== 'object' || Array.isArray(second) || second instanceof Date;
    const attributes = isTime ? {} : { ...second };
    this.#events.push({ name, time: hrTime(isTime ? second : time), attributes });
    return this;
  }

  addLink(link: Link): this {
    return this.addLinks([link]);
  }

  addLinks(links: Link[]): this {
    if (this.#open) this.#links.push(...links);
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (this.#open) this.#status = status;
    return this;
  }

  updateName(name: string): this {
    if (this.#open) this.#name = name;
    return this;
  }

  /** The spans of this package record no exceptions. */
  recordException(): void {}

  end(time?: TimeInput): void {
    if (!this.#open) return;
    this.#open = false;
    this.#ended({
      name: this.#name,
      kind: this.#kind,
      context: this.#context,
      parentSpanId: this.#parentSpanId,
      start: this.#start,
      end: hrTime(time),
      attributes: this.#attributes,
      events: this.#events,
      links: this.#links,
      status: this.#status,
    });
  }
}

/** This package gives every time as seconds and nanoseconds; an application may add an event of its own. */
function hrTime(time: TimeInput | undefined): HrTime {
  if (Array.isArray(time)) return time;
  return toHrTime(time === undefined ? Date.now() : Number(time));
}
