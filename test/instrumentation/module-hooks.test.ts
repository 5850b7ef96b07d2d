import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { addHooks, pastHooks } from '../../src/instrumentation/module-hooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-module-hooks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const require = createRequire(import.meta.url);

function load(name: string): void {
  const file = join(folder, name);
  writeFileSync(file, '');
  require(file);
}

it('lets our own files past, and sees what is loaded before and after them', () => {
  const seen: string[] = [];
  const remove = addHooks({
    load(url, context, nextLoad) {
      seen.push(url.slice(url.lastIndexOf('/') + 1));
      return nextLoad(url, context);
    },
  });
  load('before.cjs');
  expect(pastHooks(() => [load('ours.cjs'), 42])).toEqual([undefined, 42]);
  expect(() =>
    pastHooks(() => {
      throw new Error('broken');
    }),
  ).toThrow('broken');
  load('after.cjs');
  remove();
  load('removed.cjs');
  expect(seen).toEqual(['before.cjs', 'after.cjs']);
});
