import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../run-cli.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'live-otel-init-'));
});
afterEach(() => rm(directory, { recursive: true }));

const file = (name: string) => readFile(path.join(directory, name), 'utf8');

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly volumes?: readonly unknown[]; readonly build?: unknown }>
  >;
}

test('init writes what docker-compose.yml mounts, so that it starts there', async () => {
  const { code, stderr, stdout } = await runCli(['init', directory]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Written to ${directory}:`);
  const { services } = parse(await file('docker-compose.yml'), { merge: true }) as Compose;
  expect(Object.keys(services)).toContain('otel-collector');
  expect(Object.values(services).filter(({ build }) => build !== undefined)).toEqual([]);
  const mounted = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes)
    .flatMap((volume) =>
      typeof volume === 'string' && volume.startsWith('./') ? [volume.split(':')[0] ?? ''] : [],
    );
  expect(mounted.length).toBeGreaterThan(5);
  const written = await readdir(directory, { recursive: true });
  expect(written).toContain(path.join('deploy', 'prometheus', 'pages', 'closures.html'));
  expect(mounted.filter((name) => !written.includes(path.normalize(name)))).toEqual([]);
});

test('init writes over nothing unless it is told to', async () => {
  const compose = path.join(directory, 'docker-compose.yml');
  await writeFile(compose, 'mine');
  const { code, stderr } = await runCli(['init', directory]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `live-otel: ${compose} is there already, so nothing was written. --force writes over it.\n`,
  });
  expect(await readdir(directory)).toEqual(['docker-compose.yml']);
  expect((await runCli(['init', directory, '--force'])).code).toBe(0);
  expect(await file('docker-compose.yml')).not.toBe('mine');
});
