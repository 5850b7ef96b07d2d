import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../alerts/rules.ts';

interface Variable {
  readonly name: string;
  readonly value: string;
}

const file = (name: string): string => readFileSync(join(root, name), 'utf8');
const yaml = <Content>(name: string): Content => parse(file(`deploy/kubernetes/${name}`)) as Content;
const images = parseEnv(file('.env'));

/** Variables that a configuration file reads. */
const readBy = (name: string): readonly string[] =>
  [...new Set([...file(name).matchAll(/\$\{env:(\w+)/g)].map(([, variable = '']) => variable))].toSorted();

const collector = yaml<{
  readonly image: { readonly repository: string; readonly tag: string };
  readonly fullnameOverride: string;
  readonly extraEnvs: readonly Variable[];
}>('collector-values.yaml');
const { jaeger } = yaml<{
  readonly jaeger: {
    readonly image: { readonly registry: string; readonly repository: string; readonly tag: string };
    readonly extraEnv: readonly Variable[];
  };
}>('jaeger-values.yaml');

describe('on Kubernetes', () => {
  it('the Collector runs the version of compose, and every address of its configuration is set', () => {
    expect(`${collector.image.repository}:${collector.image.tag}`).toBe(images.OTELCOL_IMAGE);
    const set = collector.extraEnvs.map(({ name }) => name);
    // How often span metrics are written, and how large a queue may grow, are right as they are.
    const asIs = ['COLLECTOR_QUEUE_BYTES', 'COLLECTOR_SPAN_METRICS_INTERVAL'];
    expect([...set, ...asIs].toSorted()).toEqual(readBy('collector/collector.yaml'));
  });

  it('Jaeger runs the version of compose, and every address of its configuration is set', () => {
    const { registry, repository, tag } = jaeger.image;
    expect(`${registry}/${repository}:${tag}`).toBe(images.JAEGER_IMAGE);
    expect([...jaeger.extraEnv.map(({ name }) => name), 'JAEGER_TTL'].toSorted()).toEqual(
      readBy('deploy/jaeger/jaeger.yaml'),
    );
  });

  it('the agent and the operator send to that Collector, with this version of the package', () => {
    const { version } = JSON.parse(file('package.json')) as { readonly version: string };
    for (const name of ['agent.yaml', 'instrumentation.yaml']) {
      const text = file(`deploy/kubernetes/${name}`);
      expect(text).toContain(`http://${collector.fullnameOverride}:4318`);
      expect(text).toContain(`live-otel-instrumentation:${version}`);
    }
    expect(file('deploy/kubernetes/instrumentation.Dockerfile')).toContain(
      `LIVE_OTEL=live-otel@${version}\n`,
    );
    expect(file('deploy/kubernetes/instrumentation.Dockerfile')).toContain(images.NODE_IMAGE);
  });
});
