import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CacheEntry, cached } from '../../../tools/stack/cache.ts';

let cacheDir: string;
let builds: number;

beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'live-otel-cache-'));
  builds = 0;
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

function entry(inputs: readonly string[]): CacheEntry {
  return {
    name: 'server',
    inputs,
    make: async (folder) => {
      builds += 1;
      await writeFile(path.join(folder, 'server'), `build ${builds}`);
    },
  };
}

test('what was built once is used again', async () => {
  const first = await cached(entry(['a']), { cacheDir });
  expect(await cached(entry(['a']), { cacheDir })).toBe(first);
  expect(builds).toBe(1);
});

test('other inputs are another build, also where they read the same when joined', async () => {
  const folders = [];
  for (const inputs of [['ab', 'c'], ['a', 'bc'], ['abc']]) {
    folders.push(await cached(entry(inputs), { cacheDir }));
  }
  expect(new Set(folders).size).toBe(3);
});

test('a program that was changed is built again, and that is said', async () => {
  const folder = await cached(entry(['a']), { cacheDir });
  await writeFile(path.join(folder, 'server'), 'something else');
  const said: string[] = [];
  await cached(entry(['a']), { cacheDir, onProgress: (line) => said.push(line) });
  expect(await readFile(path.join(folder, 'server'), 'utf8')).toBe('build 2');
  expect(said[0]).toBe(`${path.join(folder, 'server')} is not what was built; server is built again`);
});

test('a build that fails leaves nothing behind', async () => {
  const failing: CacheEntry = {
    ...entry(['a']),
    make: async () => {
      throw new Error('no compiler');
    },
  };
  await expect(cached(failing, { cacheDir })).rejects.toThrow('no compiler');
  expect(await readdir(cacheDir)).toEqual([]);
});
