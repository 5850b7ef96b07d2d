import {
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerOptions,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';

/**
 * A tracer provider whose spans come from another one that may not be there yet, and may change: its tracers can be
 * taken before any SDK has started, and go on working when the application's own SDK comes later.
 */
export class LateTracerProvider implements TracerProvider {
  readonly #target: () => TracerProvider | undefined;

  /** @param target where spans come from at a time; without one, they are not recorded. */
  constructor(target: () => TracerProvider | undefined) {
    this.#target = target;
  }

  get target(): TracerProvider | undefined {
    return this.#target();
  }

  getTracer(name: string, version?: string, options?: TracerOptions): Tracer {
    return new LateTracer(this, [name, version, options]);
  }

  /** For the API's proxies, which ask whether there is a real provider. */
  getDelegate(): TracerProvider {
    return this.target ?? this;
  }

  getDelegateTracer(...scope: Parameters<TracerProvider['getTracer']>): Tracer | undefined {
    return this.target?.getTracer(...scope);
  }
}

class LateTracer implements Tracer {
  readonly #provider: LateTracerProvider;
  readonly #scope: Parameters<TracerProvider['getTracer']>;
  #of: TracerProvider | undefined;
  #tracer: Tracer | undefined;

  constructor(provider: LateTracerProvider, scope: Parameters<TracerProvider['getTracer']>) {
    this.#provider = provider;
    this.#scope = scope;
  }

  startSpan(name: string, options?: SpanOptions, context?: Context): Span {
    return this.#current()?.startSpan(name, options, context) ?? unrecorded(context);
  }

  startActiveSpan<F extends (span: Span) => unknown>(name: string, ...rest: unknown[]): ReturnType<F> {
    const tracer = this.#current() as unknown as {
      startActiveSpan(name: string, ...rest: unknown[]): ReturnType<F>;
    };
    if (tracer !== undefined) return tracer.startActiveSpan(name, ...rest);
    return (rest.at(-1) as F)(unrecorded(undefined)) as ReturnType<F>;
  }

  #current(): Tracer | undefined {
    const { target } = this.#provider;
    if (target !== this.#of) {
      this.#of = target;
      this.#tracer = target?.getTracer(...this.#scope);
    }
    return this.#tracer;
  }
}

/** As the API's own tracer does while there is no SDK: the parent's identity, if it has one. */
function unrecorded(context: Context | undefined): Span {
  const parent = context === undefined ? undefined : trace.getSpanContext(context);
  return trace.wrapSpanContext(parent ?? { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 });
}
