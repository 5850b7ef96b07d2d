import { fileURLToPath } from 'node:url';
import madge from 'madge';
import { expect, test } from 'vitest';

/**
 * The rooms of src, each with those that it may import from, beside itself. `CONTRIBUTING.md` draws the same.
 * A room that is new has to be put in here.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  conventions: [],
  version: [],
  protocol: ['conventions'],
  models: ['conventions'],
  session: ['conventions', 'models', 'protocol'],
  diagnosis: ['conventions', 'models', 'protocol', 'session'],
  telemetry: ['conventions', 'protocol', 'session', 'diagnosis'],
  recording: ['protocol', 'diagnosis'],
  instrumentation: ['conventions', 'version', 'protocol', 'session', 'diagnosis', 'recording', 'telemetry'],
  register: ['conventions', 'version', 'instrumentation'],
  'analysis/statistics': [],
  analysis: ['conventions', 'analysis/statistics', 'diagnosis'],
  'report/read': ['conventions', 'analysis', 'analysis/statistics'],
  report: ['conventions', 'diagnosis', 'analysis', 'analysis/statistics', 'report/read'],
  'report/render': ['conventions', 'diagnosis', 'analysis', 'analysis/statistics', 'report/read', 'report'],
  experiment: ['conventions', 'diagnosis', 'analysis'],
  testing: ['conventions', 'models', 'protocol'],
  browser: ['conventions', 'version', 'protocol', 'session', 'diagnosis', 'telemetry', 'instrumentation'],
  bundler: ['instrumentation'],
  index: ['conventions', 'diagnosis', 'instrumentation', 'session'],
};
/** It may import from every room. */
const last = 'cli';

const src = fileURLToPath(new URL('../../src', import.meta.url));

function read({ types }: { readonly types: boolean }) {
  return madge(src, {
    fileExtensions: ['ts'],
    tsConfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    detectiveOptions: { ts: { skipTypeImports: !types } },
  });
}

/** `report/render/page/show.ts` is in `report/render`, `report/compare.ts` in `report`, `register.ts` in `register`. */
function roomOf(file: string): string {
  const rooms = [...Object.keys(mayImport), last].sort((a, b) => b.length - a.length);
  const found = rooms.find((room) => file === `${room}.ts` || file.startsWith(`${room}/`));
  return found ?? file;
}

test('no file imports itself by way of others, but for types', { timeout: 120_000 }, async () => {
  expect((await read({ types: false })).circular()).toEqual([]);
});

test('no room imports from one that builds on it', { timeout: 120_000 }, async () => {
  const files = Object.entries((await read({ types: true })).obj());
  expect(files.length).toBeGreaterThan(300);
  const backwards = files.flatMap(([file, imports]) => {
    const room = roomOf(file);
    return room === last
      ? []
      : imports
          .filter((other) => !other.startsWith('..'))
          .filter((other) => roomOf(other) !== room && !mayImport[room]?.includes(roomOf(other)))
          .map((other) => `${file} imports ${other}`);
  });
  expect(backwards).toEqual([]);
});
