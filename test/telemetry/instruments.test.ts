import { ValueType } from '@opentelemetry/api';
import { DataPointType, MeterProvider, type MetricData, MetricReader } from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { type MetricName, metricDefinitions } from '../../src/conventions/metrics.ts';
import { createInstruments } from '../../src/telemetry/instruments.ts';

class ManualReader extends MetricReader {
  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

function instrumentOf(data: MetricData): string | undefined {
  if (data.dataPointType === DataPointType.HISTOGRAM) return 'histogram';
  if (data.dataPointType !== DataPointType.SUM) return undefined;
  return data.isMonotonic ? 'counter' : 'up_down_counter';
}

test('every metric of the table is created with its kind, unit, description and buckets', async () => {
  const reader = new ManualReader();
  const provider = new MeterProvider({ readers: [reader] });
  const instruments = createInstruments(provider.getMeter('test'));
  for (const record of Object.values(instruments) as (typeof instruments)['gemini.live.sessions'][])
    record(1, {});
  const { resourceMetrics } = await reader.collect();
  const seen = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  expect(
    seen
      .map((data) => ({ data, point: data.dataPoints[0], descriptor: data.descriptor }))
      .map(({ data, point, descriptor }) => ({
        name: descriptor.name,
        instrument: instrumentOf(data),
        unit: descriptor.unit,
        description: descriptor.description,
        valueType: descriptor.valueType,
        buckets:
          typeof point?.value === 'object' && 'buckets' in point.value && 'boundaries' in point.value.buckets
            ? point.value.buckets.boundaries
            : undefined,
      })),
  ).toEqual(
    (Object.keys(metricDefinitions) as MetricName[]).map((name) => ({
      name,
      instrument: metricDefinitions[name].instrument,
      unit: metricDefinitions[name].unit,
      description: metricDefinitions[name].brief,
      valueType: metricDefinitions[name].valueType === 'int' ? ValueType.INT : ValueType.DOUBLE,
      buckets: metricDefinitions[name].buckets,
    })),
  );
});
