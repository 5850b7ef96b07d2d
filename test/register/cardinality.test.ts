import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type * as Sdk from '../../src/register/sdk.ts';
import { readSettings } from '../../src/register/settings.ts';
import { createInstruments } from '../../src/telemetry/instruments.ts';
import { readLines } from './run-application.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-cardinality-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface MetricsLine {
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum: { readonly dataPoints: readonly Point[] };
      }[];
    }[];
  }[];
}
interface Point {
  readonly asInt?: string | number;
  readonly asDouble?: number;
}

/** Names of tools and models that are told apart, and `_other`. */
const told = 101;

/** The SDK's own limit holds within an interval only: cumulative series of earlier ones stay. */
it('names of tools and models without end are a bounded number of series, interval after interval, and are counted on', async () => {
  const { startSdk } = createRequire(import.meta.url)('../../dist/register-sdk.cjs') as typeof Sdk;
  const path = join(folder, 'metrics.jsonl');
  const sdk = startSdk(readSettings({ LIVE_OTEL_FILE: path }).settings, () => {});
  const meter = sdk.meterProvider?.getMeter('live-otel');
  if (meter === undefined) throw new Error('The SDK has no meter.');
  const instruments = createInstruments(meter);
  const points = (): readonly Point[] =>
    (readLines(path) as readonly MetricsLine[])
      .flatMap((line) => line.resourceMetrics ?? [])
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics }) => metrics)
      .filter(({ name }) => name === 'gemini.live.tool_responses')
      .flatMap(({ sum }) => sum.dataPoints);
  const total = (of: readonly Point[]): number =>
    of.reduce((sum, { asInt, asDouble }) => sum + Number(asInt ?? asDouble), 0);
  const count = (interval: number): void => {
    for (let index = 0; index < 6_000; index++) {
      const name = `${interval} ${index}`;
      instruments['gemini.live.tool_responses'](1, {
        'gen_ai.request.model': name,
        'gen_ai.tool.name': name,
        'gemini.live.tool_response.outcome': 'ok',
      });
    }
  };

  count(1);
  await sdk.forceFlush(60_000);
  const first = points();
  expect([first.length, total(first)]).toEqual([told, 6_000]);
  count(2);
  await sdk.forceFlush(60_000);
  const second = points().slice(first.length);
  expect([second.length, total(second)]).toEqual([told, 12_000]);
});
