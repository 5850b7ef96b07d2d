/** One version of each server, whether docker compose pulls it or `npm run stack` builds it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const images = parseEnv(read('.env'));

const tagOf = (variable: string): string | undefined => images[variable]?.split(':').at(-1);

/** Version of `module` in the go.mod of deploy/native/`folder`. */
const required = (folder: string, module: string): string | undefined =>
  read(`deploy/native/${folder}/go.mod`)
    .split('\n')
    .map((line) => line.trim().split(' '))
    .find(([name]) => name === module)?.[1];

test('Prometheus 3.n is module v0.3nn.0', () => {
  const [, minor, patch] = /^v0\.3(\d\d)\.(\d+)$/.exec(
    required('prometheus', 'github.com/prometheus/prometheus') ?? '',
  ) as RegExpExecArray;
  expect(tagOf('PROMETHEUS_IMAGE')).toBe(`v3.${Number(minor)}.${patch}`);
});

test('Jaeger 2.n is module v1.(63 + n).0: the last tags of 1.x hold both', () => {
  const [, minor, patch] = /^v1\.(\d+)\.(\d+)$/.exec(
    required('jaeger', 'github.com/jaegertracing/jaeger') ?? '',
  ) as RegExpExecArray;
  expect(tagOf('JAEGER_IMAGE')).toBe(`2.${Number(minor) - 63}.${patch}`);
});

test('Alertmanager', () => {
  expect(tagOf('ALERTMANAGER_IMAGE')).toBe(required('alertmanager', 'github.com/prometheus/alertmanager'));
});

test('Grafana, and the packages that draw its panels', () => {
  const { packages } = JSON.parse(read('tools/grafana/package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly version: string }>>;
  };
  const minor = (version = ''): string => version.split('.').slice(0, 2).join('.');
  for (const name of ['@grafana/ui', '@grafana/data', '@grafana/schema']) {
    expect(minor(packages[`node_modules/${name}`]?.version), name).toBe(minor(tagOf('GRAFANA_IMAGE')));
  }
});

test('the Collector, its builder, and each of its components', () => {
  const { dist, ...sections } = parse(read('collector/builder.yaml')) as {
    readonly dist: { readonly version: string };
    readonly [section: string]: unknown;
  };
  expect(tagOf('OTELCOL_IMAGE')).toBe(dist.version);
  expect(required('builder', 'go.opentelemetry.io/collector/cmd/builder')).toBe(`v${dist.version}`);
  const components = Object.values(sections).flat() as readonly { readonly gomod: string }[];
  for (const { gomod } of components) {
    const [module = '', version] = gomod.split(' ');
    expect(version, module).toBe(`v${dist.version}`);
    expect(required('collector', module), module).toBe(version);
  }
});

test('Node is that of package.json', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  expect(`^${tagOf('NODE_IMAGE')?.split('-')[0]}`).toBe(devDependencies.node);
});
