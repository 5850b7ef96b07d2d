import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { collectSync } from './collect-sync.ts';
import type { RegisterConfig, Temporality } from './config.ts';
import { createDestinations } from './destinations.ts';
import { warnOfConfiguration } from './diagnostics.ts';
import { createLoggerProvider } from './logger-provider.ts';
import { createOutbox } from './outbox.ts';
import { createResource } from './resource.ts';
import { createSampler } from './sampler.ts';
import { sendSync } from './send-sync.ts';
import { exportTo, type Writer } from './writers.ts';

/** An SDK that serves the global API. A provider is absent where its signal is off, or somebody else's is in place. */
export interface RunningSdk {
  readonly tracerProvider?: TracerProvider;
  readonly meterProvider?: MeterProvider;
  /** With an API before 1.10, which has no global place for it, it has to be handed over. */
  readonly loggerProvider?: api.LoggerProvider;
  /** Settles when everything so far is delivered or given up, at the latest after the longest OTLP timeout. */
  forceFlush(): Promise<void>;
  /** The same while the calling thread waits, for at most `exitTimeoutMs`; works in the `exit` event. Never throws. */
  flushSync(): void;
  shutdown(): Promise<void>;
}

/** One running signal. */
interface Pipeline<Provider> {
  readonly provider: Provider;
  /** Hands everything to the writers before it returns. */
  flushSync(): void;
  flush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Whether the application, or another preload, has an SDK of its own. */
export function isTracerProviderRegistered(): boolean {
  const provider: api.TracerProvider = api.trace.getTracerProvider();
  // The proxy stands in for a provider that may still come; it knows no tracer until then.
  if ('getDelegateTracer' in provider && typeof provider.getDelegateTracer === 'function') {
    return provider.getDelegateTracer('live-otel') !== undefined;
  }
  return true;
}

/** Starts what the configuration asks for and registers it globally. Does nothing where the SDK is disabled. */
export function startSdk(config: RegisterConfig): RunningSdk {
  const log = api.diag.createComponentLogger({ namespace: 'live-otel' });
  const outbox = createOutbox((sentence) => log.warn(sentence));
  const resource = createResource(config);
  const writersOf = createDestinations(config, {
    send: outbox.send,
    warn: (sentence) => warnOfConfiguration(sentence, config.diagLevel),
  });
  const isOn = (signal: keyof RegisterConfig['signals']): boolean =>
    !config.disabled && config.signals[signal].destinations.length > 0;

  const traces = isOn('traces') ? startTraces(config, resource, writersOf('traces'), log) : undefined;
  const metrics = isOn('metrics') ? startMetrics(config, resource, writersOf('metrics')) : undefined;
  const logs = isOn('logs') ? startLogs(config, resource, writersOf('logs')) : undefined;
  const pipelines = [traces, metrics, logs].filter((pipeline) => pipeline !== undefined);
  const longestMs = Math.max(...Object.values(config.signals).map((signal) => signal.otlp.timeoutMs));
  let stopped = false;

  const forceFlush = async (): Promise<void> => {
    if (stopped) return;
    await within(longestMs, async () => {
      await Promise.allSettled(pipelines.map((pipeline) => pipeline.flush()));
      await outbox.idle();
    });
  };

  return {
    ...(traces !== undefined && { tracerProvider: traces.provider }),
    ...(metrics !== undefined && { meterProvider: metrics.provider }),
    ...(logs !== undefined && { loggerProvider: logs.provider }),
    forceFlush,
    flushSync() {
      if (stopped) return;
      outbox.hold();
      for (const { flushSync } of pipelines) guard(flushSync, log);
      for (const reason of sendSync(outbox.takeAll(), config.exitTimeoutMs)) {
        log.warn(`Telemetry could not be sent before the process ended: ${reason}.`);
      }
    },
    async shutdown() {
      await forceFlush();
      stopped = true;
      await Promise.allSettled(pipelines.map((pipeline) => pipeline.shutdown()));
    },
  };
}

function startTraces(
  config: RegisterConfig,
  resource: Resource,
  writers: readonly Writer<ReadableSpan[]>[],
  log: api.DiagLogger,
): Pipeline<TracerProvider> | undefined {
  if (isTracerProviderRegistered()) {
    log.info('A tracer provider is registered already; live-otel starts none of its own and uses that one.');
    return undefined;
  }
  const { delayMs, exportTimeoutMs, maxQueueSize, maxBatchSize } = config.spanBatch;
  const processor = new BatchSpanProcessor({
    exporter: exportTo(writers),
    scheduledDelayMillis: delayMs,
    exportTimeoutMillis: exportTimeoutMs,
    maxQueueSize,
    maxExportBatchSize: maxBatchSize,
  });
  const provider = new TracerProvider({
    resource,
    sampler: createSampler(config.sampler),
    spanProcessors: [processor],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: config.propagators.map((name) =>
        name === 'tracecontext' ? new W3CTraceContextPropagator() : new W3CBaggagePropagator(),
      ),
    }),
  );
  api.trace.setGlobalTracerProvider(provider);
  return {
    provider,
    // The processor calls its exporter before it returns.
    flushSync: () => void processor.forceFlush().catch(() => {}),
    flush: () => processor.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

function startMetrics(
  config: RegisterConfig,
  resource: Resource,
  writers: readonly Writer<ResourceMetrics>[],
): Pipeline<MeterProvider> | undefined {
  const exporter = {
    ...exportTo(writers),
    selectAggregationTemporality: (type: InstrumentType) => temporalityOf(type, config.temporality),
  };
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: config.metricInterval.everyMs,
    exportTimeoutMillis: config.metricInterval.timeoutMs,
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  if (!api.metrics.setGlobalMeterProvider(provider)) {
    void provider.shutdown();
    return undefined;
  }
  return {
    provider,
    flushSync() {
      const collected = collectSync(reader);
      if (collected !== undefined) exporter.export(collected, () => {});
    },
    flush: () => reader.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

function startLogs(
  config: RegisterConfig,
  resource: Resource,
  writers: readonly Writer<ReadableLogRecord[]>[],
): Pipeline<api.LoggerProvider> {
  const provider = createLoggerProvider({ resource, exporter: exportTo(writers), batch: config.logBatch });
  // The API has it since 1.10.
  if ('logs' in api) api.logs.setGlobalLoggerProvider(provider);
  return {
    provider,
    flushSync: provider.flushSync,
    flush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

/** As the OTLP metric exporter's specification defines the preferences. */
function temporalityOf(type: InstrumentType, preference: Temporality): AggregationTemporality {
  const deltaTypes: Readonly<Record<Temporality, readonly InstrumentType[]>> = {
    cumulative: [],
    delta: [
      InstrumentType.COUNTER,
      InstrumentType.HISTOGRAM,
      InstrumentType.OBSERVABLE_COUNTER,
      InstrumentType.GAUGE,
      InstrumentType.OBSERVABLE_GAUGE,
    ],
    lowmemory: [InstrumentType.COUNTER, InstrumentType.HISTOGRAM],
  };
  return deltaTypes[preference].includes(type)
    ? AggregationTemporality.DELTA
    : AggregationTemporality.CUMULATIVE;
}

/** The bound is a timer that holds the event loop: whoever asked for a flush waits for it. */
async function within(ms: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work(), bound]);
  clearTimeout(timer);
}

function guard(work: () => void, log: api.DiagLogger): void {
  try {
    work();
  } catch (error) {
    log.warn(`Telemetry could not be flushed: ${String(error)}`);
  }
}
