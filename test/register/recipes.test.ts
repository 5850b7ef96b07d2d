/** Each block of environment lines in docs/recipes.md, sent to a receiver of ours in the place of the service. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { root, runNode } from '../support/run-node.ts';

interface Recipe {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The `sh` blocks, with `${NAME}` as `<NAME>`. */
const recipes: readonly Recipe[] = readFileSync(join(root, 'docs/recipes.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const [name = ''] = section.split('\n');
    return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => ({
      name,
      env: Object.fromEntries(
        [...block.matchAll(/^([A-Z_]+)=("?)(.*?)\2(?:\s+#.*)?$/gm)].map(([, key = '', , value = '']) => [
          key,
          value.replaceAll(/\$\{(\w+)\}/g, '<$1>'),
        ]),
      ),
    }));
  });

/** What arrives, as path and the headers that are asked about. */
async function sent({ env }: Recipe): Promise<ReadonlyMap<string, NodeJS.Dict<string | string[]>>> {
  const requests = new Map<string, NodeJS.Dict<string | string[]>>();
  const receiver = createServer((request, response) => {
    requests.set(request.url ?? '', request.headers);
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  await using simulator = await LiveServerSimulator.start({
    script: scripts['tool-response-1011'],
    timeScale: 50,
  });
  const here = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const local = Object.fromEntries(
    Object.entries(env).map(([key, value]) => [
      key,
      key.endsWith('_ENDPOINT') ? value.replace(/^https?:\/\/[^/]+/, here) : value,
    ]),
  );
  const { stderr } = await runNode(
    ['--require', 'live-otel/register', join(root, 'test/instrumentation/apps/own-sdk/talk-cjs.cjs')],
    { env: { GEMINI_BASE_URL: simulator.url, ...local } },
  );
  receiver.close();
  expect(stderr).toBe('');
  return requests;
}

const all = (prefix: string) => ['logs', 'metrics', 'traces'].map((signal) => `${prefix}/v1/${signal}`);

describe('a recipe', () => {
  it.each([
    ['Datadog', all(''), {}],
    ['Grafana Cloud and Tempo', all('/otlp'), { authorization: 'Basic <GRAFANA_AUTH>' }],
    [
      'Honeycomb',
      all(''),
      { 'x-honeycomb-team': '<HONEYCOMB_API_KEY>', 'x-honeycomb-dataset': 'voice-agent' },
    ],
    ['New Relic', all(''), { 'api-key': '<NEW_RELIC_LICENSE_KEY>' }],
    ['Google Cloud', all(''), { authorization: 'Bearer <GCLOUD_TOKEN>', 'x-goog-user-project': '<PROJECT>' }],
    [
      'Langfuse',
      ['/api/public/otel/v1/traces'],
      { authorization: 'Basic <LANGFUSE_AUTH>', 'x-langfuse-ingestion-version': '4' },
    ],
    ['Phoenix', ['/v1/traces'], { authorization: 'Bearer <PHOENIX_API_KEY>' }],
  ] as const)('for %s sends what that service takes, where it takes it', async (name, paths, headers) => {
    const recipe = recipes.find((one) => one.name === name);
    if (recipe === undefined) throw new Error(`No recipe for ${name}.`);
    const requests = await sent(recipe);
    expect([...requests.keys()].sort()).toEqual(paths);
    for (const found of requests.values()) expect(found).toMatchObject(headers);
  });

  it('stands there for each of them', () => {
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(7);
  });
});
