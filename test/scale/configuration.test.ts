/** The layers, by the Collector that has all their components. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findScaleCollector } from '../../tools/stack/binaries.ts';
import { run } from '../stack/support/run.ts';
import { root } from '../support/run-node.ts';

const base = 'collector/collector.yaml';
const layers = ['collector/scale/gateway-kafka.yaml', 'collector/scale/gateway-metrics.yaml'];

let otelcol: string;
beforeAll(async () => {
  otelcol = await findScaleCollector();
});

it.each([
  [['collector/scale/agent.yaml']],
  [[base, ...layers.slice(0, 1)]],
  [[base, ...layers.slice(1)]],
  [[base, ...layers]],
])('the Collector accepts %j', async (files) => {
  const args = ['validate', ...files.map((file) => `--config=${file}`)];
  const { code, output } = await run(otelcol, args, { METRICS_OTLP_URL: 'http://127.0.0.1:9/' });
  expect({ code, output }).toEqual({ code: 0, output: '' });
});

it('the Collector for many machines has all that the one for one machine has', () => {
  const modules = (file: string): readonly string[] =>
    Object.values(parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown>)
      .filter(Array.isArray)
      .flatMap((list: readonly ({ gomod: string } | string)[]) =>
        list.flatMap((entry) => (typeof entry === 'string' ? [] : entry.gomod)),
      );
  expect(modules('collector/scale/builder.yaml')).toEqual(
    expect.arrayContaining([...modules('collector/builder.yaml')]),
  );
});
