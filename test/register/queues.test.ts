import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, it, vi } from 'vitest';
import { collectSync } from '../../src/register/queues.ts';

const setUp = () => {
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
  });
  const provider = new MeterProvider({ resource: resourceFromAttributes({ a: 'b' }), readers: [reader] });
  return { reader, provider };
};

it('gives what the asynchronous collection of the SDK gives', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  const { reader, provider } = setUp();
  provider.getMeter('one', '1').createCounter('count').add(3, { k: 'v' });
  provider.getMeter('one', '1').createHistogram('length', { unit: 's' }).record(1.5);
  provider.getMeter('two').createUpDownCounter('open').add(-1);
  const collected = collectSync(reader);
  const { resourceMetrics } = await reader.collect();
  vi.useRealTimers();
  expect(collected).toEqual(resourceMetrics);
  expect(
    collected?.scopeMetrics.map(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name)),
  ).toEqual([['count', 'length'], ['open']]);
});

it('gives nothing where nothing was recorded', () => {
  const { reader, provider } = setUp();
  provider.getMeter('one').createCounter('count');
  expect(collectSync(reader)).toBeUndefined();
});

it('gives nothing for a reader of no provider', () => {
  expect(
    collectSync(new PeriodicExportingMetricReader({ exporter: new InMemoryMetricExporter(1) })),
  ).toBeUndefined();
});
