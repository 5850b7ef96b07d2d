import { millisToHrTime } from '@opentelemetry/core';
import type { MetricData, MetricReader, ResourceMetrics, ScopeMetrics } from '@opentelemetry/sdk-metrics';

/** The parts of the SDK that `MetricReader.collect()` itself reads; none is public. */
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
 * What `reader.collect()` gives, without a promise, so that the metrics of the last interval, the closures of an
 * ending process among them, are not lost. Observable instruments keep out: the SDK reads them asynchronously.
 *
 * It uses internals of the one SDK version that is bundled with it; `test/register/collect-sync.test.ts` holds them to it.
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
