import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import loader, { esbuild, rollup, webpack } from '../src/bundler.ts';
import { root } from './support/run-node.ts';

const sdk = join(root, 'node_modules/@google/genai/dist/node/index.mjs');
const ws = join(root, 'node_modules/ws/lib/websocket.js');
const others = [join(root, 'src/index.ts'), join(root, 'node_modules/ws/index.js')];

/** What the esbuild plugin makes of a file; `undefined` leaves it to esbuild. */
function loadedByEsbuild(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    esbuild().setup({
      onLoad({ filter }, load) {
        if (filter.test(file)) void load({ path: file }).then((result) => resolve(result?.contents));
        else resolve(undefined);
      },
    });
  });
}

it.each([
  [sdk, '("genai", typeof Live === "function"'],
  [ws, '("websocket", module.exports)'],
])('adds one line to %s, whichever bundler asks', async (file, handedTo) => {
  const source = readFileSync(file, 'utf8');
  const added = loader.call({ resourcePath: file }, source);
  expect(added.startsWith(source)).toBe(true);
  expect(added.slice(source.length).trim().split('\n')).toEqual([expect.stringContaining(handedTo)]);
  expect(rollup().transform(source, file)?.code).toBe(added);
  expect(await loadedByEsbuild(file)).toBe(added);
  // A second plugin of ours changes nothing.
  expect(loader.call({ resourcePath: file }, added)).toBe(added);
});

it('hands over what a file exports under a name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-bundler-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'undici', version: '8.0.0' }));
  const file = join(folder, 'lib/web/websocket/websocket.js');
  expect(loader.call({ resourcePath: file }, 'x')).toMatch(
    /module\.exports\.WebSocket = .*\("websocket", module\.exports\.WebSocket\) \?\? module\.exports\.WebSocket;/,
  );
});

it.each(others)('leaves %s as it is', async (file) => {
  expect(rollup().transform('x', file)).toBeUndefined();
  expect(loader.call({ resourcePath: file }, 'x')).toBe('x');
  expect(await loadedByEsbuild(file)).toBeUndefined();
});

it('gives webpack a rule for the files of interest alone', () => {
  const rules: unknown[] = [];
  webpack().apply({ options: { module: { rules } } });
  const [{ test }] = rules as [{ test: RegExp }];
  expect([sdk, ws].map((file) => test.test(file))).toEqual([true, true]);
  expect(test.test(join(root, 'app.js'))).toBe(false);
});
