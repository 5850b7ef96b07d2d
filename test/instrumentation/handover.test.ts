import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { clients } from '../../src/instrumentation/clients.ts';
import { clientAt } from '../../src/instrumentation/handover.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-handover-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, content: object): void {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}

it('knows the SDK under whatever name it is installed, by the package that its file is in', () => {
  write('an-alias/package.json', { name: '@google/genai', version: '3.1.0' });
  write('an-alias/dist/node/package.json', { type: 'module' });
  write('another/package.json', { name: 'another', version: '3.1.0' });
  const genai = { name: 'genai', className: 'Live', version: '3.1.0' };
  const at = (file: string) => [
    clientAt(join(folder, file)),
    clientAt(`${pathToFileURL(join(folder, file))}?v=1`),
  ];

  expect(at('an-alias/dist/node/index.mjs')).toEqual([genai, genai]);
  expect(at('an-alias/dist/index.cjs')).toEqual([genai, genai]);
  expect(at('another/dist/index.cjs')).toEqual([undefined, undefined]);
  expect(at('nowhere/dist/index.cjs')).toEqual([undefined, undefined]);
  expect(at('an-alias/dist/other.cjs')).toEqual([undefined, undefined]);
});

it('tells clients apart by name', () => {
  expect(new Set(clients.map(({ name }) => name)).size).toBe(clients.length);
});
