import { type MeterProvider, type Span, type TracerProvider, trace } from '@opentelemetry/api';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import type { StallThresholds } from '../session/stall-thresholds.ts';
import type { TelemetryBackend } from '../telemetry/session-recorder.ts';
import { backendOf, type LoggerProviderLike } from './backend.ts';
import { Backlog } from './backlog.ts';
import { type ClosureLog, closureLogOf, logClosure, logStall } from './closure-log.ts';
import type { LiveInstrumentationConfig, OpenedSession } from './config.ts';
import { EventLoopMonitor } from './event-loop.ts';
import { addBeforeFlush } from './flush.ts';
import { forceFlush } from './force-flush.ts';
import { patchLive } from './genai/patch-live.ts';
import { guarded } from './guard.ts';
import { keepsNothingAlive } from './keeps-nothing-alive.ts';
import { tell } from './listeners.ts';
import { type LiveClosure, type LiveStall, liveClosure, liveStall } from './live-closure.ts';
import type { RecordingOptions, SessionObserver } from './session-observer.ts';
import { SessionRegistry } from './session-registry.ts';
import { type Listener, type Recorder, shared } from './shared.ts';
import { openSession, type SessionStart, type SessionTap } from './tap.ts';
import { Ticker } from './ticker.ts';
import { unwatchClients, watchClients } from './watch-clients.ts';

/** For `register`, and for tests. */
export interface LiveRecordingOptions {
  /** Expected ends are sent at once as well: nobody says a word before this thread is stopped. */
  readonly deliversEach?: boolean;
  /**
   * Whether spans and log records go where they are taken as long as the process runs, so that of many sessions that
   * end at once the record may wait. An SDK of the application may be shut down as soon as it has heard of the last.
   */
  readonly mayWait?: () => boolean;
  /** Stalls that do not take a minute. */
  readonly stallThresholds?: StallThresholds;
}

/** Records the sessions of a process: which ones, where to, and whom to tell. */
export class LiveRecording {
  readonly #registry = new SessionRegistry<SessionObserver>();
  readonly #ticker = new Ticker();
  readonly #eventLoop = new EventLoopMonitor();
  readonly #readConfig: () => LiveInstrumentationConfig;
  readonly #backlog = new Backlog();
  readonly #options: LiveRecordingOptions;
  readonly #recorder: Recorder = { open: (start) => this.open(start) };
  readonly #closureListener: Listener<LiveClosure> = (closure) => this.#config.onClosure?.(closure);
  readonly #stallListener: Listener<LiveStall> = (stall) => this.#config.onStall?.(stall);
  /** The same for all sessions. */
  readonly #hears: Omit<RecordingOptions, 'backend' | 'captureContent'> = {
    registry: this.#registry,
    ticker: this.#ticker,
    eventLoopDelayMs: () => this.#eventLoop.maxMs(),
    onClosed: (...end) => this.#closed(liveClosure(...end)),
    onOpened: (span, session) => this.#opened(span, session),
    onStalled: (...stall) => this.#stalled(liveStall(...stall)),
    putOff: (work) => this.#backlog.add(work, this.#mayWait),
  };
  #environmentLog: ClosureLog | undefined;
  #tracerProvider: TracerProvider | undefined;
  #meterProvider: MeterProvider | undefined;
  #loggerProvider: LoggerProviderLike | undefined;
  #backend: TelemetryBackend | undefined;
  #lastAlike: RecordingOptions | undefined;
  #flushing: Promise<void> | undefined;
  #unflushed = false;

  /** @param config is read when it is needed, as it may be set anew at any time. */
  constructor(config: () => LiveInstrumentationConfig, options: LiveRecordingOptions = {}) {
    this.#readConfig = config;
    this.#options = options;
    addBeforeFlush(this.#closedAll);
  }

  enable(): void {
    // Warns now of a value that is not allowed.
    void this.#log;
    watchClients(this.#recorder, this.#config.endpoints);
    // Also where another instrumentation records: the listeners are the application's.
    shared.closureListeners.add(this.#closureListener);
    shared.stallListeners.add(this.#stallListener);
  }

  /** Stops recording new sessions and takes the patch off; open sessions are recorded to their end. */
  disable(): void {
    unwatchClients(this.#recorder);
    shared.closureListeners.delete(this.#closureListener);
    shared.stallListeners.delete(this.#stallListener);
  }

  open(start: SessionStart): SessionTap {
    return openSession(start, this.#alike());
  }

  /** The same object for sessions that are recorded alike: each open one keeps it. */
  #alike(): RecordingOptions {
    const { stallThresholds } = this.#options;
    const backend = this.#telemetry();
    const captureContent = this.#captureContent;
    const last = this.#lastAlike;
    if (last?.backend === backend && last.captureContent === captureContent) return last;
    this.#lastAlike = {
      backend,
      ...this.#hears,
      captureContent,
      ...(stallThresholds && { stallThresholds }),
    };
    return this.#lastAlike;
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
    this.drain();
  }

  /** Settles when no session is being closed, and all ends are recorded; or after that time. */
  readonly #closedAll = async (timeoutMs: number): Promise<void> => {
    const until = Date.now() + timeoutMs;
    while (this.#registry.openSessions.some(({ isClosing }) => isClosing) && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    this.drain();
  };

  /** Records every end that waits for its turn. */
  drain(): void {
    this.#backlog.drain();
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

  get #mayWait(): boolean {
    return this.#options.mayWait?.() ?? false;
  }

  get #config(): LiveInstrumentationConfig {
    return this.#readConfig();
  }

  get #log(): ClosureLog {
    const { log } = this.#config;
    if (log !== undefined) return log;
    this.#environmentLog ??= closureLogOf(process.env.LIVE_OTEL_LOG);
    return this.#environmentLog;
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
    this.#backend = backendOf(this.#tracerProvider, this.#meterProvider, this.#loggerProvider);
    return this.#backend;
  }

  #opened(span: Span, session: OpenedSession): void {
    const { sessionHook } = this.#config;
    if (sessionHook !== undefined) guarded("the application's sessionHook", () => sessionHook(span, session));
  }

  #closed(closure: LiveClosure): void {
    if (this.#registry.openCount === 0) this.#eventLoop.stop();
    if (!closure.expected || this.#options.deliversEach) this.#flushSoon();
    if (!closure.expected) {
      if (this.#log === 'closures') guarded('logging a closure', () => logClosure(closure));
    }
    // Those of a session that outlives disable() hear of it all the same.
    const listeners = () => tell(new Set([...shared.closureListeners, this.#closureListener]), closure);
    // Nothing runs after the process has ended; before that, the application's own onclose comes first.
    if (closure.initiator === 'process') listeners();
    else queueMicrotask(listeners);
  }

  #stalled(stall: LiveStall): void {
    if (this.#log === 'closures') guarded('logging a stall', () => logStall(stall));
    queueMicrotask(() => tell(new Set([...shared.stallListeners, this.#stallListener]), stall));
  }

  /** Of many sessions that end in one moment, the application hears first: to send one takes as long as to hear of ten. */
  #flushSoon(): void {
    if (this.#mayWait) this.#backlog.defer(() => this.#flush());
    else this.#flush();
  }

  /** Those that come in the same moment share the next flush. */
  #flush(): void {
    this.#unflushed = true;
    this.#flushing ??= Promise.resolve().then(async () => {
      while (this.#unflushed) {
        this.#unflushed = false;
        const providers = [this.#tracerProvider ?? trace.getTracerProvider(), this.#loggerProvider];
        await Promise.allSettled(providers.map((provider) => forceFlush(provider)));
        // A service that closes a thousand sessions does so in a moment. Keeps no process alive.
        await new Promise((resolve) => keepsNothingAlive(setTimeout(resolve, momentMs)));
      }
      this.#flushing = undefined;
    });
  }
}

const momentMs = 250;
const lookMs = 10;
