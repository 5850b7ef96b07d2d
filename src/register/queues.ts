/**
 * What the SDK has queued, taken without a promise: when a process ends, nothing asynchronous runs any more, and the
 * SDK's own flush is asynchronous for logs, metrics and resources that are still being detected.
 *
 * It uses internals of the one SDK version that is bundled; `test/register/queues.test.ts` holds them to it.
 */
import { context } from '@opentelemetry/api';
import { millisToHrTime, suppressTracing } from '@opentelemetry/core';
import type { MetricData, MetricReader, ResourceMetrics, ScopeMetrics } from '@opentelemetry/sdk-metrics';

interface Exporter {
  export(batch: unknown, done: () => void): void;
}

/** `BatchSpanProcessor` and `BatchLogRecordProcessor`; others keep nothing. */
interface BatchProcessor {
  readonly _exporter: Exporter;
  _finishedSpans?: unknown[];
  _finishedLogRecords?: unknown[];
  _maxQueueSize: number;
  _maxExportBatchSize: number;
}

/** Its queue takes all that comes, and hands out nothing by itself. */
export function holdQueue(processor: unknown): void {
  if (!isBatchProcessor(processor)) return;
  processor._maxQueueSize = Number.POSITIVE_INFINITY;
  processor._maxExportBatchSize = Number.POSITIVE_INFINITY;
}

/** Hands what is queued to the exporter, before it returns. */
export function drainQueue(processor: unknown): void {
  if (!isBatchProcessor(processor)) return;
  const batch = processor._finishedSpans ?? processor._finishedLogRecords ?? [];
  if (batch.length === 0) return;
  if (processor._finishedSpans === undefined) processor._finishedLogRecords = [];
  else processor._finishedSpans = [];
  context.with(suppressTracing(context.active()), () => processor._exporter.export(batch, () => {}));
}

function isBatchProcessor(processor: unknown): processor is BatchProcessor {
  return typeof processor === 'object' && processor !== null && '_maxExportBatchSize' in processor;
}

/** The processors of a tracer provider. */
export function spanProcessorsOf(provider: unknown): readonly unknown[] {
  const { _activeSpanProcessor: active } = provider as {
    readonly _activeSpanProcessor?: { readonly _spanProcessors?: readonly unknown[] };
  };
  return active?._spanProcessors ?? [];
}

/** The processors of a logger provider. */
export function logProcessorsOf(provider: unknown): readonly unknown[] {
  const { _sharedState: shared } = provider as {
    readonly _sharedState?: { readonly registeredLogRecordProcessors?: readonly unknown[] };
  };
  return shared?.registeredLogRecordProcessors ?? [];
}

/** The readers of a meter provider. */
export function metricReadersOf(provider: unknown): readonly MetricReader[] {
  const { _sharedState: shared } = provider as {
    readonly _sharedState?: {
      readonly metricCollectors?: readonly { readonly _metricReader: MetricReader }[];
    };
  };
  return (shared?.metricCollectors ?? []).map(({ _metricReader }) => _metricReader);
}

/** Hands the metrics of the last interval to the reader's exporter, where it has one that is pushed to. */
export function drainMetrics(reader: MetricReader): void {
  const { _exporter: exporter } = reader as unknown as { readonly _exporter?: Exporter };
  const collected = exporter === undefined ? undefined : collectSync(reader);
  if (exporter !== undefined && collected !== undefined) exporter.export(collected, () => {});
}

/** The parts of the SDK that `MetricReader.collect()` itself reads. */
interface Collector {
  readonly _sharedState: {
    readonly resource: ResourceMetrics['resource'];
    readonly meterSharedStates: ReadonlyMap<string, MeterState>;
  };
}

interface MeterState {
  readonly _instrumentationScope: ScopeMetrics['scope'];
  readonly metricStorageRegistry: { getStorages(collector: Collector): readonly Storage[] };
}

interface Storage {
  collect(collector: Collector, at: ReturnType<typeof millisToHrTime>): MetricData | undefined;
}

/**
 * What `reader.collect()` gives, without a promise. Observable instruments keep out: the SDK reads them asynchronously.
 *
 * @returns `undefined` where there is nothing to report.
 */
export function collectSync(reader: MetricReader): ResourceMetrics | undefined {
  const collector = (reader as unknown as { readonly _sdkMetricProducer?: Collector })._sdkMetricProducer;
  if (collector === undefined) return undefined;
  const { resource, meterSharedStates } = collector._sharedState;
  const now = millisToHrTime(Date.now());
  const scopeMetrics = [...meterSharedStates.values()].flatMap((meter) => {
    const metrics = meter.metricStorageRegistry
      .getStorages(collector)
      .flatMap((storage) => storage.collect(collector, now) ?? []);
    return metrics.length > 0 ? [{ scope: meter._instrumentationScope, metrics }] : [];
  });
  return scopeMetrics.length > 0 ? { resource, scopeMetrics } : undefined;
}
