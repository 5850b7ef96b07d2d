/** The instrumentation in the test's own process, with everything it records in memory. */
import * as genai from '@google/genai';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { onTestFinished } from 'vitest';
import type { LiveInstrumentationConfig } from '../../src/instrumentation/config.ts';
import { LiveRecording } from '../../src/instrumentation/recording.ts';
import { type StallThresholds, stallThresholds } from '../../src/session/stall-thresholds.ts';
import { LiveServerSimulator, type Script } from '../../src/testing/index.ts';

export interface Recording {
  readonly url: string;
  readonly instrumentation: LiveRecording;
  spans(): readonly ReadableSpan[];
  span(name: string): ReadableSpan;
  /** Labels and values of a counter. */
  counts(metric: string): Promise<readonly { readonly labels: object; readonly value: unknown }[]>;
}

/** Records sessions with a simulator until the test is over. */
export async function record(
  script: Script,
  config: LiveInstrumentationConfig = {},
  thresholds?: Partial<StallThresholds>,
): Promise<Recording> {
  const simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  const exporter = new InMemorySpanExporter();
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
    exportTimeoutMillis: 10_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const instrumentation = new LiveRecording(
    () => config,
    thresholds && { stallThresholds: { ...stallThresholds, ...thresholds } },
  );
  instrumentation.setTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  instrumentation.setMeterProvider(meterProvider);
  instrumentation.enable();
  instrumentation.instrument(genai);
  onTestFinished(async () => {
    instrumentation.disable();
    await simulator.close();
    await meterProvider.shutdown();
  });
  const spans = () => exporter.getFinishedSpans();
  return {
    url: simulator.url,
    instrumentation,
    spans,
    span(name) {
      const found = spans().filter((span) => span.name === name);
      if (found.length !== 1) throw new Error(`There are ${found.length} spans named ${name}, not one.`);
      return found[0] as ReadableSpan;
    },
    async counts(metric) {
      await reader.forceFlush();
      const all = metricExporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap(({ metrics }) => metrics);
      const points = all?.find(({ descriptor }) => descriptor.name === metric)?.dataPoints ?? [];
      return points.map(({ attributes, value }) => ({ labels: attributes, value }));
    },
  };
}

/** A promise with its resolver: what a listener is told. */
export function told<Value>(): { readonly value: Promise<Value>; readonly tell: (value: Value) => void } {
  let tell: (value: Value) => void = () => {};
  const value = new Promise<Value>((resolve) => {
    tell = resolve;
  });
  return { value, tell };
}
