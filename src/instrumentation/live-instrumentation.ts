import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { InstrumentationBase } from '@opentelemetry/instrumentation';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import { version } from '../version.ts';
import type { LoggerProviderLike } from './backend.ts';
import type { LiveInstrumentationConfig } from './config.ts';
import { LiveRecording } from './recording.ts';
import { instrumentationName } from './scope.ts';

/** That of `@opentelemetry/api-logs`, which API 1.10 has its own of. */
type BaseLoggerProvider = Parameters<InstrumentationBase['setLoggerProvider']>[0];

/**
 * Instruments `ai.live.connect()` of `@google/genai` (`>=1.0.0 <4`). Create it before the application loads the SDK
 * and hand it to a `NodeSDK` (`instrumentations: [new LiveInstrumentation()]`) or to `registerInstrumentations()`, of the
 * 2.x and the 3.x line.
 *
 * Where several are created in a process, by whatever copy of this package, the first one enabled records.
 */
export class LiveInstrumentation extends InstrumentationBase<LiveInstrumentationConfig> {
  readonly #recording: LiveRecording;

  constructor(config: LiveInstrumentationConfig = {}) {
    // The base would enable it before it has its fields.
    super(instrumentationName, version, { ...config, enabled: false });
    this.setConfig(config);
    this.#recording = new LiveRecording(() => this.getConfig());
    if (this.getConfig().enabled) this.enable();
  }

  /** No modules for the hooks of the base: `loader.ts` says why it has its own. */
  protected override init(): void {}

  override enable(): void {
    super.enable();
    this.#recording.enable();
  }

  /** Stops recording new sessions and takes the patch off; open sessions are recorded to their end. */
  override disable(): void {
    super.disable();
    this.#recording.disable();
  }

  override setTracerProvider(provider: TracerProvider): void {
    super.setTracerProvider(provider);
    this.#recording.setTracerProvider(provider);
  }

  override setMeterProvider(provider: MeterProvider): void {
    super.setMeterProvider(provider);
    this.#recording.setMeterProvider(provider);
  }

  override setLoggerProvider(provider: LoggerProviderLike | BaseLoggerProvider): void {
    // Its logger is never used by the base. Both kinds take what is emitted here.
    this.#recording.setLoggerProvider(provider as LoggerProviderLike);
  }

  /**
   * Instruments an SDK that no loader hook can see: one that was bundled with the application, or loaded by a test
   * runner's own module system.
   *
   * @param sdk The namespace of `@google/genai`, with its class `Live`.
   */
  instrument(sdk: object): void {
    this.#recording.instrument(sdk);
  }

  /** Ends every open session with a closure of the process, as on its exit. For an application's own shutdown. */
  endSessions(ending: ProcessEnding = 'exit'): void {
    this.#recording.endSessions(ending);
  }
}
