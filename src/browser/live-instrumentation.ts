import {
  diag,
  isSpanContextValid,
  type MeterProvider,
  type Span,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { schemaUrl } from '../conventions/schema.ts';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import type { LiveInstrumentationConfig, OpenedSession } from '../instrumentation/config.ts';
import { addFlush } from '../instrumentation/flush.ts';
import { forceFlush } from '../instrumentation/force-flush.ts';
import { LiveRecording } from '../instrumentation/recording.ts';
import { instrumentationName } from '../instrumentation/scope.ts';
import { version } from '../version.ts';
import type { Leaving } from './otlp/delivery.ts';
import type { OtlpOptions } from './otlp/exporter.ts';
import { type LateExporter, loadExporter } from './otlp/late-exporter.ts';
import { watchPage } from './page.ts';
import { tapIsSettled } from './web/patch-live.ts';

export interface BrowserInstrumentationConfig extends Omit<LiveInstrumentationConfig, 'log'> {
  /**
   * Where spans go, by this package's own small exporter. Default: to the tracer provider that the application has
   * registered, or has set by {@link LiveInstrumentation.setTracerProvider}.
   */
  readonly otlp?: OtlpOptions;
}

/**
 * Records the Live sessions of a page: those of the global `WebSocket` whose URL is one of the Live API, from the moment
 * this is created, and those of an SDK that is handed to {@link LiveInstrumentation.instrument}. By itself, with
 * `otlp`, or as one of the instrumentations of `@opentelemetry/sdk-trace-web`.
 *
 * Where several are created on a page, by whatever copy of this package, the first one enabled records.
 */
export class LiveInstrumentation {
  readonly instrumentationName = instrumentationName;
  readonly instrumentationVersion: string = version;
  readonly #recording: LiveRecording;
  readonly #exporter: LateExporter | undefined;
  #config: BrowserInstrumentationConfig;
  #warned = false;
  #tracerProvider: TracerProvider | undefined;

  constructor(config: BrowserInstrumentationConfig = {}) {
    this.#config = { enabled: true, ...config };
    const sessionHook = (span: Span, session: OpenedSession): void => {
      this.#warnOfNoProvider(span);
      this.#config.sessionHook?.(span, session);
    };
    this.#recording = new LiveRecording(() => ({ ...this.#config, sessionHook }));
    const exporter =
      config.otlp &&
      loadExporter(config.otlp, {
        schemaUrl,
        scope: { name: instrumentationName, version },
      });
    this.#exporter = exporter;
    if (exporter !== undefined) {
      this.#recording.setTracerProvider(exporter.provider);
      addFlush(() => exporter.flush());
    }
    watchPage({
      hidden: () => this.#leave('hidden'),
      left: (kept) => {
        this.#recording.endSessions('page_closed');
        this.#leave(kept ? 'kept' : 'gone');
      },
      back: () => exporter?.retry(),
    });
    if (this.#config.enabled) this.enable();
  }

  getConfig(): BrowserInstrumentationConfig {
    return this.#config;
  }

  /** All but `otlp`, which is read once. */
  setConfig(config: BrowserInstrumentationConfig): void {
    this.#config = { enabled: true, ...config };
  }

  enable(): void {
    this.#recording.enable();
  }

  /** Stops recording new sessions and takes the patch off; open sessions are recorded to their end. */
  disable(): void {
    this.#recording.disable();
  }

  /** Without effect where `otlp` says where spans go. */
  setTracerProvider(provider: TracerProvider): void {
    if (this.#exporter !== undefined) return;
    this.#tracerProvider = provider;
    this.#recording.setTracerProvider(provider);
  }

  /** For the interface of instrumentations. A page has no metrics of its own: they are made from its spans. */
  setMeterProvider(_provider: MeterProvider): void {}

  /**
   * Records the sessions of an SDK from their `connect()` on, and whatever its socket is. Without it, sessions begin as
   * the socket is made, and an address of one's own has to be named in `endpoints`.
   *
   * @param sdk The namespace of `@google/genai`, with its class `Live`.
   * @returns settles when that is so: it takes a module that is loaded here. Before, sessions are those of any socket.
   */
  instrument(sdk: object): Promise<void> {
    this.#recording.instrument(sdk);
    return tapIsSettled();
  }

  /** Ends every open session with a closure of the page, as when it is left. For an application's own shutdown. */
  endSessions(ending: ProcessEnding = 'page_closed'): void {
    this.#recording.endSessions(ending);
  }

  /** Spans that `otlp` could not deliver. */
  get dropped(): number {
    return this.#exporter?.dropped ?? 0;
  }

  #leave(how: Leaving): void {
    if (this.#exporter !== undefined) this.#exporter.leave(how);
    else void forceFlush(this.#tracerProvider ?? trace.getTracerProvider()).catch(() => {});
  }

  #warnOfNoProvider(span: Span): void {
    if (this.#warned || isSpanContextValid(span.spanContext())) return;
    this.#warned = true;
    diag.warn('live-otel: Nothing is recorded: there is no tracer provider, and no `otlp`.');
  }
}
