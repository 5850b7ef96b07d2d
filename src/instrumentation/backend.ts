import { type MeterProvider, metrics, type TracerProvider, trace } from '@opentelemetry/api';
import { createInstruments } from '../telemetry/instruments.ts';
import type { LogEmitter, TelemetryBackend } from '../telemetry/session-recorder.ts';
import { scope } from './scope.ts';

/** Structural part of `LoggerProvider`, which API 1.9 has in `@opentelemetry/api-logs` and 1.10 in the API itself. */
export interface LoggerProviderLike {
  getLogger(name: string, version?: string, options?: { readonly schemaUrl: string }): LogEmitter;
}

/** Where telemetry goes: to these providers, else to those that are registered. Without a logger provider there are no log records. */
export function backendOf(
  tracerProvider: TracerProvider = trace,
  meterProvider: MeterProvider = metrics,
  loggerProvider?: LoggerProviderLike,
): TelemetryBackend {
  const logger = loggerProvider?.getLogger(...scope);
  return {
    tracer: tracerProvider.getTracer(...scope),
    instruments: createInstruments(meterProvider.getMeter(...scope)),
    ...(logger === undefined ? {} : { logger }),
  };
}
