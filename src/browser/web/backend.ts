/** In the place of src/instrumentation/backend.ts: a page has spans alone; the Collector makes metrics of them. */
import { type TracerProvider, trace } from '@opentelemetry/api';
import { scope } from '../../instrumentation/scope.ts';
import type { TelemetryBackend } from '../../telemetry/session-recorder.ts';

/** Nothing in a page writes metrics: {@link file://./turn-metrics.ts} and its like stand for what does. */
const instruments = {} as TelemetryBackend['instruments'];

export function backendOf(tracerProvider: TracerProvider = trace): TelemetryBackend {
  return { tracer: tracerProvider.getTracer(...scope), instruments };
}
