/** Every configuration file, by the program that reads it. */
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { type Binaries, findBinaries, findComposeCheck } from '../../tools/stack/binaries.ts';
import { root } from '../support/run-node.ts';
import { run } from './support/run.ts';

const dataDir = inject('dataDir');
const base = 'collector/collector.yaml';

let programs: Binaries;
beforeAll(async () => {
  programs = await findBinaries();
});

/** Names that components had before, still accepted with a warning that `validate` does not show. */
const formerNames = [
  ...['otlp', 'otlphttp', 'loadbalancing', 'prometheusremotewrite'].map((name) => ['exporters', name]),
  ...['spanmetrics'].map((name) => ['connectors', name]),
  ...['resourcedetection'].map((name) => ['processors', name]),
  ...['hostmetrics', 'httpcheck', 'filelog', 'prometheusremotewrite'].map((name) => ['receivers', name]),
  // Superseded by `sending_queue.batch`.
  ['processors', 'batch'],
];

describe('the collector', () => {
  it.each([
    [[base], {}],
    [[base, 'collector/scale/gateway-metrics.yaml'], { METRICS_OTLP_URL: 'http://127.0.0.1:9/' }],
  ])('accepts %j', async (files, env) => {
    const { code, output } = await run(
      programs.otelcol,
      ['validate', ...files.map((file) => `--config=${file}`)],
      env,
    );
    expect({ code, output }).toEqual({ code: 0, output: '' });
  });

  it.each(globSync('{collector,deploy/jaeger}/**/*.yaml', { cwd: root }).toSorted())(
    '%s uses no former name',
    (file) => {
      const sections = parse(readFileSync(join(root, file), 'utf8'), { merge: true }) as Record<
        string,
        object | null
      >;
      for (const [section, name] of formerNames) {
        const names = Object.keys(sections[section as string] ?? {}).map((id) => id.split('/')[0]);
        expect(names).not.toContain(name);
      }
    },
  );
});

describe('Jaeger', () => {
  it.each([
    [[]],
    [['opensearch']],
    [['clickhouse']],
    [['kafka']],
    [['kafka', 'opensearch']],
    [['kafka', 'clickhouse']],
  ])('accepts its configuration with the layers %j', async (layers) => {
    const files = [
      'deploy/jaeger/jaeger.yaml',
      ...layers.map((name) => `collector/scale/jaeger-${name}.yaml`),
    ];
    const { code, output } = await run(programs.jaeger, [
      'validate',
      ...files.map((file) => `--config=${file}`),
    ]);
    expect([code, output.match(/error|deprecat|unknown/gi)]).toEqual([0, null]);
  });
});

describe('Prometheus', () => {
  it('accepts its configuration, as committed and as it runs', async () => {
    for (const file of [
      'deploy/prometheus/prometheus.yml',
      join(dataDir, 'config/prometheus/prometheus.yml'),
    ]) {
      const { code, output } = await run(programs.promtool, [
        'check',
        'config',
        '--lint=all',
        '--lint-fatal',
        file,
      ]);
      expect([code, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
    }
  });

  it('has rules that hold their own tests', async () => {
    const { code, output } = await run(process.execPath, ['tools/check-rules.ts']);
    expect([code, output]).toEqual([0, expect.stringMatching(/SUCCESS/)]);
  });
});

it('Alertmanager accepts its configuration, as committed and as it runs', async () => {
  for (const file of ['deploy/alertmanager/alertmanager.yml', join(dataDir, 'config/alertmanager.yml')]) {
    const { code, output } = await run(programs.amtool, ['check-config', file]);
    expect([code, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
  }
});

it('what `live-otel init` writes into an empty folder is accepted by those who read it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-init-'));
  try {
    const written = (file: string): string => join(folder, file);
    const accepted = async (file: string, args: readonly string[]): Promise<void> => {
      const { code, output } = await run(file, args);
      expect([code, output.match(/.*(?:level=|error|invalid|deprecat).*/gi)]).toEqual([0, null]);
    };
    await accepted(process.execPath, ['dist/cli.mjs', 'init', folder]);
    await accepted(programs.otelcol, ['validate', `--config=${written(base)}`]);
    await accepted(programs.jaeger, ['validate', `--config=${written('deploy/jaeger/jaeger.yaml')}`]);
    await accepted(programs.promtool, [
      ...['check', 'config', '--lint=all', '--lint-fatal'],
      written('deploy/prometheus/prometheus.yml'),
    ]);
    await accepted(programs.amtool, ['check-config', written('deploy/alertmanager/alertmanager.yml')]);
    const compose = written('compose-check.yml');
    writeFileSync(
      compose,
      withVersions(
        readFileSync(written('docker-compose.yml'), 'utf8'),
        readFileSync(written('.env'), 'utf8'),
      ),
    );
    await accepted(await findComposeCheck(), [compose]);
    // `npm run dashboards:schema` holds these to Grafana's types.
    for (const name of readdirSync(join(root, 'dashboards/json')))
      expect(readFileSync(written(`dashboards/json/${name}`), 'utf8')).toBe(
        readFileSync(join(root, 'dashboards/json', name), 'utf8'),
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The program that checks a compose file reads no .env. */
function withVersions(compose: string, env: string): string {
  const values = parseEnv(env);
  return compose.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? `${name} is not in .env`);
}

describe('docker compose', () => {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const versions = readFileSync(join(root, '.env'), 'utf8');

  it('is a compose file', async () => {
    const file = join(dataDir, 'docker-compose.yml');
    writeFileSync(file, withVersions(text, versions));
    const { code, output } = await run(await findComposeCheck(), [file]);
    expect([code, output.match(/.*(?:level=|error|invalid).*/gi)]).toEqual([0, null]);
  });

  it('takes every version and port from .env, and uses every one that is there', () => {
    const set = Object.entries(parseEnv(versions));
    const used = new Set([...text.matchAll(/\$\{([A-Z_]+)[^}]*\}/g)].map(([, name]) => name));
    expect(set.map(([name]) => name).toSorted()).toEqual([...used].toSorted());
    for (const [name, value] of set) {
      if (!name.endsWith('_IMAGE')) continue;
      // One exact version: no digest that nobody has seen, no moving tag.
      expect(value).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+(-[\w.-]+)?$/);
    }
    const services = (
      parse(text, { merge: true }) as { services: Record<string, { image?: string; build?: object }> }
    ).services;
    for (const { image, build } of Object.values(services)) {
      if (build === undefined) expect(image).toMatch(/^\$\{[A-Z]+_IMAGE\}$/);
    }
  });

  it('opens its ports on the loopback address only, and mounts what is there', () => {
    type Service = { ports?: readonly string[]; volumes?: readonly string[] };
    const services = (parse(text, { merge: true }) as { services: Record<string, Service> }).services;
    for (const { ports = [], volumes = [] } of Object.values(services)) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+\}:\d+$/);
      for (const [source = ''] of volumes.map((volume) => volume.split(':'))) {
        if (source.startsWith('.')) expect([source, existsSync(join(root, source))]).toEqual([source, true]);
      }
    }
  });
});
