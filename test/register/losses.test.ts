import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { createLosses } from '../../src/register/losses.ts';

class ManualReader extends MetricReader {
  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

it('counts in a metric what was lost, also before there was a provider', async () => {
  const losses = createLosses();
  losses.count('traces', 'buffer_full', 3);
  const reader = new ManualReader();
  losses.countIn(new MeterProvider({ readers: [reader] }));
  losses.count('traces', 'buffer_full', 4);
  losses.count('logs', 'rejected', 5);
  const { resourceMetrics } = await reader.collect();
  const [metric] = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  expect(metric?.descriptor).toMatchObject({ name: 'gemini.live.telemetry.lost', unit: '{item}' });
  expect(metric?.dataPoints.map(({ attributes, value }) => [attributes, value])).toEqual([
    [{ 'gemini.live.telemetry.signal': 'traces', 'gemini.live.telemetry.loss_reason': 'buffer_full' }, 7],
    [{ 'gemini.live.telemetry.signal': 'logs', 'gemini.live.telemetry.loss_reason': 'rejected' }, 5],
  ]);
});
