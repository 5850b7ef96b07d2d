import { LiveInstrumentation } from '../package.ts';
import type { Factory, Mode } from './client.ts';
import { spanPerMessage } from './span-per-message.ts';
import { createTelemetry } from './telemetry.ts';

/**
 * A process in which sessions are opened with one instrumentation or another: a session is watched, or not, for life,
 * as `connect()` finds it. Create it before the SDK is loaded.
 */
export function createInstrumented(options: Parameters<typeof createTelemetry>[0] = {}) {
  const telemetry = createTelemetry(options);
  const tracer = telemetry.tracerProvider.getTracer('span-per-message');
  const instrumentation = new LiveInstrumentation();
  instrumentation.setTracerProvider(telemetry.tracerProvider);
  instrumentation.setMeterProvider(telemetry.meterProvider);
  return {
    instrumentation,
    /** Ends what the spans that were made still cost. */
    flush: () => telemetry.tracerProvider.forceFlush(),
    collectMetrics: telemetry.collectMetrics,
    exported: telemetry.exported,
    bytes: telemetry.bytes,
    connect<Session>(mode: Mode, connect: (watched: (factory: Factory) => Factory) => Promise<Session>) {
      if (mode === 'live-otel') instrumentation.enable();
      else instrumentation.disable();
      return connect(
        mode === 'span-per-message' ? (factory) => spanPerMessage(factory, tracer) : (factory) => factory,
      );
    },
  };
}
