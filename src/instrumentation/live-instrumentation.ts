import { type MeterProvider, metrics, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import { schemaUrl } from '../conventions/schema.ts';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import type { StallThresholds } from '../session/stall-thresholds.ts';
import { createInstruments, type Instruments } from '../telemetry/instruments.ts';
import type { LogEmitter, TelemetryBackend } from '../telemetry/session-recorder.ts';
import { version } from '../version.ts';
import { type ClosureLog, closureLogOf, logClosure } from './closure-log.ts';
import { EventLoopMonitor } from './event-loop.ts';
import { installLoaderHooks } from './genai/loader.ts';
import { patchLive } from './genai/patch-live.ts';
import { guarded } from './guard.ts';
import { tell } from './listeners.ts';
import { type LiveClosure, type LiveStall, liveClosure, liveStall } from './live-closure.ts';
import type { SessionObserver } from './session-observer.ts';
import { SessionRegistry } from './session-registry.ts';
import { type Listener, type Recorder, shared } from './shared.ts';
import { openSession } from './tap.ts';
import { Ticker } from './ticker.ts';
import { watchGlobalWebSocket } from './websocket/global.ts';

export const instrumentationName = 'live-otel';

export interface LiveInstrumentationConfig {
  /** Default `true`. */
  readonly enabled?: boolean;
  /**
   * Record what was said, and the arguments and results of tools. Credentials are removed all the same.
   * Default: `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`, else `false`.
   */
  readonly captureMessageContent?: boolean;
  /**
   * Called for every session that ends, expectedly or not, once and after it was recorded; the application's own
   * `onclose` has run by then, except where the process is ending. May be asynchronous. What it throws or rejects with
   * is logged through `diag` and goes no further.
   */
  readonly onClosure?: (closure: LiveClosure) => unknown;
  /** The same for every silence of an open session that lasts too long, once for each as it is found. */
  readonly onStall?: (stall: LiveStall) => unknown;
  /**
   * Addresses of the Live API that are not Google's: a WebSocket whose URL begins with one is recorded. Default:
   * `LIVE_OTEL_ENDPOINTS`, with commas between them.
   */
  readonly endpoints?: readonly string[];
  /** `closures`: one line on standard error for each unexpected closure. Default: `LIVE_OTEL_LOG`, else `off`. */
  readonly log?: ClosureLog;
}

/** Structural part of `LoggerProvider`, which API 1.9 has in `@opentelemetry/api-logs` and 1.10 in the API itself. */
interface LoggerProviderLike {
  getLogger(name: string, version?: string, options?: { readonly schemaUrl: string }): LogEmitter;
}

interface Flushable {
  forceFlush?(): Promise<unknown>;
  getDelegate?(): Flushable;
}

/** Called from inside the package: `register` starts its SDK with these. */
export interface LiveInstrumentationHooks {
  /** The SDK was loaded by the application. */
  readonly onSdkLoaded?: () => void;
  /** A session is about to be recorded. */
  readonly onConnect?: () => void;
  /** For tests: stalls that do not take a minute. */
  readonly stallThresholds?: StallThresholds;
}

/**
 * Instruments `ai.live.connect()` of `@google/genai` (`>=1.0.0 <4`). Create it before the application loads the SDK
 * and hand it to a `NodeSDK` (`instrumentations: [new LiveInstrumentation()]`) or to `registerInstrumentations()`;
 * it implements the `Instrumentation` interface of `@opentelemetry/instrumentation`, of the 2.x and the 3.x line.
 *
 * Where several are created in a process, by whatever copy of this package, the first one enabled records.
 */
export class LiveInstrumentation {
  readonly instrumentationName = instrumentationName;
  readonly instrumentationVersion = version;
  readonly #registry = new SessionRegistry<SessionObserver>();
  readonly #ticker = new Ticker();
  readonly #eventLoop = new EventLoopMonitor();
  readonly #hooks: LiveInstrumentationHooks;
  readonly #recorder: Recorder;
  readonly #closureListener: Listener<LiveClosure> = (closure) => this.#config.onClosure?.(closure);
  readonly #stallListener: Listener<LiveStall> = (stall) => this.#config.onStall?.(stall);
  #config: LiveInstrumentationConfig;
  #log: ClosureLog;
  #tracerProvider: TracerProvider | undefined;
  #meterProvider: MeterProvider | undefined;
  #loggerProvider: LoggerProviderLike | undefined;
  #backend: TelemetryBackend | undefined;
  #flushing: Promise<void> | undefined;
  #unflushed = false;

  constructor(config: LiveInstrumentationConfig = {}, hooks: LiveInstrumentationHooks = {}) {
    this.#config = { enabled: true, ...config };
    this.#log = config.log ?? closureLogOf(process.env.LIVE_OTEL_LOG);
    this.#hooks = hooks;
    this.#recorder = {
      open: (start) => {
        this.#hooks.onConnect?.();
        return openSession(start, {
          backend: this.#telemetry(),
          registry: this.#registry,
          ticker: this.#ticker,
          captureContent: this.#captureContent,
          eventLoopDelayMs: () => this.#eventLoop.maxMs(),
          onClosed: (...end) => this.#closed(liveClosure(...end)),
          onStalled: (...stall) => this.#stalled(liveStall(...stall)),
          ...(hooks.stallThresholds && { stallThresholds: hooks.stallThresholds }),
        });
      },
      clientLoaded: () => this.#hooks.onSdkLoaded?.(),
    };
    if (this.#config.enabled) this.enable();
  }

  enable(): void {
    shared.liveEndpoints = this.#config.endpoints ?? endpointsOf(process.env.LIVE_OTEL_ENDPOINTS);
    installLoaderHooks();
    guarded('watching the global WebSocket', watchGlobalWebSocket);
    shared.recorder ??= this.#recorder;
    // Also where another instrumentation records: the listeners are the application's.
    shared.closureListeners.add(this.#closureListener);
    shared.stallListeners.add(this.#stallListener);
  }

  /** Stops recording new sessions; those that are open are recorded to their end. */
  disable(): void {
    if (shared.recorder === this.#recorder) shared.recorder = undefined;
    shared.closureListeners.delete(this.#closureListener);
    shared.stallListeners.delete(this.#stallListener);
  }

  /**
   * Instruments an SDK that no loader hook can see: one that was bundled with the application, or loaded by a test
   * runner's own module system.
   *
   * @param sdk The namespace of `@google/genai`, with its class `Live`.
   */
  instrument(sdk: object): void {
    guarded('instrumenting @google/genai', () => patchLive((sdk as { Live?: unknown }).Live, undefined));
  }

  /** Ends every open session with a closure of the process, as on its exit. For an application's own shutdown. */
  endSessions(ending: ProcessEnding = 'exit'): void {
    for (const session of this.#registry.openSessions) session.processEnding(ending);
  }

  getConfig(): LiveInstrumentationConfig {
    return this.#config;
  }

  setConfig(config: LiveInstrumentationConfig): void {
    this.#config = { enabled: true, ...config };
    this.#log = config.log ?? closureLogOf(process.env.LIVE_OTEL_LOG);
  }

  setTracerProvider(provider: TracerProvider): void {
    this.#tracerProvider = provider;
    this.#backend = undefined;
  }

  setMeterProvider(provider: MeterProvider): void {
    this.#meterProvider = provider;
    this.#backend = undefined;
  }

  setLoggerProvider(provider: LoggerProviderLike): void {
    this.#loggerProvider = provider;
    this.#backend = undefined;
  }

  get #captureContent(): boolean {
    return (
      this.#config.captureMessageContent ??
      process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT?.trim().toLowerCase() === 'true'
    );
  }

  /** Made at the first session, since the application may register its providers after creating this. */
  #telemetry(): TelemetryBackend {
    this.#eventLoop.start();
    if (this.#backend !== undefined) return this.#backend;
    const tracer: Tracer = (this.#tracerProvider ?? trace).getTracer(instrumentationName, version, {
      schemaUrl,
    });
    const instruments: Instruments = createInstruments(
      (this.#meterProvider ?? metrics).getMeter(instrumentationName, version, { schemaUrl }),
    );
    const logger = this.#loggerProvider?.getLogger(instrumentationName, version, { schemaUrl });
    this.#backend = { tracer, instruments, ...(logger === undefined ? {} : { logger }) };
    return this.#backend;
  }

  #closed(closure: LiveClosure): void {
    if (this.#registry.openSessions.length === 0) this.#eventLoop.stop();
    if (!closure.expected) {
      this.#flush();
      if (this.#log === 'closures') guarded('logging a closure', () => logClosure(closure));
    }
    // Those of a session that outlives disable() hear of it all the same.
    const listeners = () => tell(new Set([...shared.closureListeners, this.#closureListener]), closure);
    // Nothing runs after the process has ended; before that, the application's own onclose comes first.
    if (closure.initiator === 'process') listeners();
    else queueMicrotask(listeners);
  }

  #stalled(stall: LiveStall): void {
    queueMicrotask(() => tell(new Set([...shared.stallListeners, this.#stallListener]), stall));
  }

  /** An unexpected closure goes out at once; those that come while a flush is under way share the next one. */
  #flush(): void {
    this.#unflushed = true;
    this.#flushing ??= Promise.resolve().then(async () => {
      while (this.#unflushed) {
        this.#unflushed = false;
        const providers: unknown[] = [
          this.#tracerProvider ?? trace.getTracerProvider(),
          this.#loggerProvider,
        ];
        await Promise.allSettled(providers.map((provider) => forceFlush(provider as Flushable | undefined)));
      }
      this.#flushing = undefined;
    });
  }
}

async function forceFlush(provider: Flushable | undefined): Promise<void> {
  const flushable = provider?.forceFlush === undefined ? provider?.getDelegate?.() : provider;
  await flushable?.forceFlush?.();
}

function endpointsOf(variable = ''): readonly string[] {
  return variable
    .split(',')
    .map((endpoint) => endpoint.trim())
    .filter((endpoint) => endpoint !== '');
}
