/**
 * The global API where the application has another version of `@opentelemetry/api` than this package finds: the object
 * that all copies share carries a version, and making it before the application does would lock its own SDK out. What
 * we have is registered when we have it, if the place is free then.
 */
import * as api from '@opentelemetry/api';
import type { GlobalApi } from './global-api.ts';

export function plainGlobalApi(): GlobalApi {
  let ours: object | undefined;
  return {
    offer(kind, instance) {
      switch (kind) {
        case 'trace':
          if (api.trace.setGlobalTracerProvider(instance as api.TracerProvider)) ours = instance;
          break;
        case 'metrics':
          api.metrics.setGlobalMeterProvider(instance as api.MeterProvider);
          break;
        case 'logs':
          if ('logs' in api) api.logs.setGlobalLoggerProvider(instance as api.LoggerProvider);
          break;
        case 'context':
          api.context.setGlobalContextManager(instance as api.ContextManager);
          break;
        case 'propagation':
          api.propagation.setGlobalPropagator(instance as api.TextMapPropagator);
          break;
        default:
          kind satisfies never;
      }
    },
    taken(kind) {
      if (kind !== 'trace') return undefined;
      const provider = api.trace.getTracerProvider() as api.TracerProvider & Partial<api.ProxyTracerProvider>;
      // The proxy stands in for a provider that may still come; it knows no tracer until then.
      if (provider.getDelegateTracer?.('live-otel') === undefined && 'getDelegateTracer' in provider)
        return undefined;
      return (provider.getDelegate?.() ?? provider) === ours ? undefined : provider;
    },
  };
}
