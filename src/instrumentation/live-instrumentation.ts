import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import { version } from '../version.ts';
import type { LiveInstrumentationConfig } from './config.ts';
import { instrumentationName, LiveRecording, type LoggerProviderLike } from './recording.ts';

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
  readonly #recording: LiveRecording;
  #config: LiveInstrumentationConfig;
  #enabled = false;

  constructor(config: LiveInstrumentationConfig = {}) {
    this.#config = { enabled: true, ...config };
    this.#recording = new LiveRecording(this.#config);
    if (this.#config.enabled) this.enable();
  }

  enable(): void {
    this.#enabled = true;
    this.#recording.enable();
  }

  /** Stops recording new sessions and takes the patch off; open sessions are recorded to their end. */
  disable(): void {
    this.#enabled = false;
    this.#recording.disable();
  }

  isEnabled(): boolean {
    return this.#enabled;
  }

  getConfig(): LiveInstrumentationConfig {
    return this.#config;
  }

  setConfig(config: LiveInstrumentationConfig = {}): void {
    this.#config = { enabled: true, ...config };
    this.#recording.configure(this.#config);
  }

  setTracerProvider(provider: TracerProvider): void {
    this.#recording.setTracerProvider(provider);
  }

  setMeterProvider(provider: MeterProvider): void {
    this.#recording.setMeterProvider(provider);
  }

  setLoggerProvider(provider: LoggerProviderLike): void {
    this.#recording.setLoggerProvider(provider);
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
