import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  resolveAlertmanager,
  resolveJaegerUi,
  resolvePrometheus,
} from '../../../tools/stack/configuration.ts';
import { portsFromEnvironment } from '../../../tools/stack/ports.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the configuration of one run', () => {
  test('Alertmanager gets the address in the place of the file, and nothing else is changed', () => {
    const text = read('deploy/alertmanager/alertmanager.yml');
    const before = parse(text);
    before.receivers[0].webhook_configs[0] = { url: 'http://127.0.0.1:1/', send_resolved: true };
    expect(parse(resolveAlertmanager(text, 'http://127.0.0.1:1/', {}))).toEqual(before);
  });

  test('Alertmanager gets the pace that was asked for', () => {
    const pace = { groupWait: '1s', groupInterval: '2s', repeatInterval: '3s' };
    const { route } = parse(
      resolveAlertmanager(read('deploy/alertmanager/alertmanager.yml'), 'http://x/', pace),
    );
    expect(route).toMatchObject({ group_wait: '1s', group_interval: '2s', repeat_interval: '3s' });
  });

  test('Prometheus stays as it is unless another pace is asked for', () => {
    const text = read('deploy/prometheus/prometheus.yml');
    expect(parse(resolvePrometheus(text, {}))).toEqual(parse(text));
    const { global } = parse(resolvePrometheus(text, { scrape: '1s', evaluation: '2s' }));
    expect(global).toEqual({ scrape_interval: '1s', evaluation_interval: '2s' });
  });

  test('the links of the Jaeger UI lead to the ports of the run', () => {
    const text = read('deploy/jaeger/ui.json');
    const usual = portsFromEnvironment({});
    expect(resolveJaegerUi(text, usual)).toBe(text);
    const moved = resolveJaegerUi(text, { ...usual, jaeger: 1, prometheus: 2, grafana: 3 });
    const hosts = new Set(moved.match(/localhost:\d+/g));
    expect([...hosts].toSorted()).toEqual(['localhost:1', 'localhost:2', 'localhost:3']);
  });
});

test('docker compose finds each of its variables in .env, and .env sets no others', () => {
  const set = [...read('.env').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  const used = [...read('docker-compose.yml').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect([...new Set(used)].toSorted()).toEqual(set.toSorted());
});

describe('the ports', () => {
  test('are those of .env', () => {
    const lines = read('.env')
      .split('\n')
      .filter((line) => line.startsWith('STACK_'))
      .map((line) => line.split('='));
    expect(lines.length).toBeGreaterThan(0);
    expect(portsFromEnvironment(Object.fromEntries(lines))).toEqual(portsFromEnvironment({}));
  });

  test('come from the environment, where it names a port', () => {
    expect(portsFromEnvironment({ STACK_JAEGER_PORT: '1234' }).jaeger).toBe(1_234);
    expect(portsFromEnvironment({ STACK_JAEGER_PORT: '' }).jaeger).toBe(16_686);
    for (const wrong of ['0', '65536', 'x', '1.5', '-1']) {
      expect(() => portsFromEnvironment({ STACK_JAEGER_PORT: wrong })).toThrow(
        `STACK_JAEGER_PORT is "${wrong}"; a port from 1 to 65535 is allowed.`,
      );
    }
  });
});
