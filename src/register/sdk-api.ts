/**
 * `@opentelemetry/api` as the bundled SDK sees it (tsdown.config.ts): the application's own copy, so that spans and
 * contexts are shared, with two differences. What the SDK would register as global comes to us, since an application's
 * own SDK goes first. And what API 1.9 does not have yet is added.
 */
import * as api from '@opentelemetry/api';

export const {
  DiagConsoleLogger,
  DiagLogLevel,
  INVALID_SPANID,
  INVALID_SPAN_CONTEXT,
  INVALID_TRACEID,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SamplingDecision,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  ValueType,
  baggageEntryMetadataFromString,
  createContextKey,
  createNoopMeter,
  createTraceState,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  isValidSpanId,
  isValidTraceId,
} = api;

/** What the SDK registered, while {@link capture} ran. */
export interface Captured {
  tracerProvider?: api.TracerProvider;
  meterProvider?: api.MeterProvider;
  loggerProvider?: api.LoggerProvider;
  propagator?: api.TextMapPropagator;
  /** What it had to say of its configuration. */
  readonly complaints: string[];
}

let captured: Captured = { complaints: [] };
let capturing = false;

export function capture(start: () => void): Captured {
  captured = { complaints: [] };
  capturing = true;
  try {
    start();
  } finally {
    capturing = false;
  }
  return captured;
}

/** `original`, with some of its methods replaced. */
function replacing<Of extends object>(original: Of, methods: Partial<Of>): Of {
  return Object.assign(Object.create(original) as Of, methods);
}

const complaining =
  (write: api.DiagLogFunction): api.DiagLogFunction =>
  (message, ...details) => {
    if (capturing) captured.complaints.push(message);
    write(message, ...details);
  };

export const diag = replacing(api.diag, {
  // The application's logger stays; main.ts installs ours where OTEL_LOG_LEVEL asks for one.
  setLogger: () => true,
  warn: complaining((...log) => api.diag.warn(...log)),
  error: complaining((...log) => api.diag.error(...log)),
});
export const trace = replacing(api.trace, {
  setGlobalTracerProvider(provider) {
    captured.tracerProvider = provider;
    return true;
  },
});
export const metrics = replacing(api.metrics, {
  setGlobalMeterProvider(provider) {
    captured.meterProvider = provider;
    return true;
  },
});
export const propagation = replacing(api.propagation, {
  setGlobalPropagator(propagator) {
    captured.propagator = propagator;
    return true;
  },
});
export const context = replacing(api.context, { setGlobalContextManager: () => true });

const setGlobalLoggerProvider = (provider: api.LoggerProvider): boolean => {
  captured.loggerProvider = provider;
  return true;
};
const noopLogger: api.Logger = { emit() {}, enabled: () => false };
const before110 = !('logs' in api);

export const createNoopLogger: () => api.Logger = before110 ? () => noopLogger : api.createNoopLogger;
export const logs: Pick<typeof api.logs, 'setGlobalLoggerProvider'> = before110
  ? { setGlobalLoggerProvider }
  : replacing(api.logs, { setGlobalLoggerProvider });
export const SeverityNumber: Readonly<Record<string, number>> = before110
  ? Object.fromEntries([
      ['UNSPECIFIED', 0],
      ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name, level) =>
        ['', '2', '3', '4'].map((step, index) => [name + step, 1 + 4 * level + index]),
      ),
    ])
  : api.SeverityNumber;
