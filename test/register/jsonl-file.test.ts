import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JsonLinesFileOptions, openJsonLinesFile } from '../../src/register/jsonl-file.ts';

let folder: string;
let warnings: string[];
beforeEach(() => {
  warnings = [];
  folder = mkdtempSync(join(tmpdir(), 'live-otel-file-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

/** A file system that refuses, as where the file is a bind mount, or the disk is full. */
const refuse = (
  call: 'renameSync' | 'rmSync' | 'writeSync',
  code: string,
  which: (path: unknown) => boolean,
) => {
  const original = fs[call] as (...args: unknown[]) => unknown;
  vi.spyOn(fs, call).mockImplementation(((...args: unknown[]) => {
    if (!which(args[0])) return original(...args);
    throw Object.assign(new Error(`${code}: refused`), { code });
  }) as never);
  syncBuiltinESMExports();
};

const open = (options: Omit<JsonLinesFileOptions, 'warn'>) =>
  openJsonLinesFile({ ...options, warn: (sentence) => warnings.push(sentence) });
const bytes = (text: string) => new TextEncoder().encode(text);
const contents = (name: string) => readFileSync(join(folder, name), 'utf8');
const rotatedName = /^a-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}\.jsonl$/;

describe('openJsonLinesFile', () => {
  it('makes the folders and the file with the first line, not before', () => {
    const file = open({ path: join(folder, 'x', 'y', 'a.jsonl'), maxBytes: 100, maxFiles: 2 });
    expect(readdirSync(folder)).toEqual([]);
    file.append(bytes('{"a":1}'));
    expect(contents('x/y/a.jsonl')).toBe('{"a":1}\n');
  });

  it('appends to what is there', () => {
    writeFileSync(join(folder, 'a.jsonl'), '{"old":1}\n');
    open({ path: join(folder, 'a.jsonl'), maxBytes: 100, maxFiles: 2 }).append(bytes('{"new":1}'));
    expect(contents('a.jsonl')).toBe('{"old":1}\n{"new":1}\n');
  });

  it('starts a line of its own after one that was cut off', () => {
    writeFileSync(join(folder, 'a.jsonl'), '{"cut":');
    open({ path: join(folder, 'a.jsonl'), maxBytes: 100, maxFiles: 2 }).append(bytes('{"new":1}'));
    expect(contents('a.jsonl')).toBe('{"cut":\n{"new":1}\n');
  });

  it('renames the file before a line that would make it too long', () => {
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 10, maxFiles: 3 });
    for (const line of ['1111', '2222', '3333']) file.append(bytes(line));
    const [rotated, current, ...others] = readdirSync(folder).sort();
    expect(others).toEqual([]);
    expect(rotated).toMatch(rotatedName);
    expect(contents(rotated ?? '')).toBe('1111\n2222\n');
    expect(current).toBe('a.jsonl');
    expect(contents('a.jsonl')).toBe('3333\n');
  });

  it('writes a line longer than the limit whole, into a file of its own', () => {
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 10, maxFiles: 9 });
    const long = 'x'.repeat(50);
    for (const line of ['1', long, '2']) file.append(bytes(line));
    expect(readdirSync(folder).sort().map(contents)).toEqual(['1\n', `${long}\n`, '2\n']);
  });

  it('keeps the newest files, and leaves files of others alone', () => {
    writeFileSync(join(folder, 'a-notes.jsonl'), 'mine');
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 5, maxFiles: 3 });
    for (const line of ['1111', '2222', '3333', '4444', '5555']) file.append(bytes(line));
    const kept = readdirSync(folder).sort();
    expect(kept.map(contents)).toEqual(['3333\n', '4444\n', 'mine', '5555\n']);
  });

  it.each([
    ['stands still', () => 1_700_000_000_000],
    [
      'goes backwards',
      (
        (at) => () =>
          (at -= 5_000)
      )(1_700_000_000_000),
    ],
  ])('keeps the newest files with a clock that %s', (_, now) => {
    vi.spyOn(Date, 'now').mockImplementation(now);
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 5, maxFiles: 3 });
    for (const line of ['1111', '2222', '3333', '4444', '5555']) file.append(bytes(line));
    vi.restoreAllMocks();
    expect(readdirSync(folder).sort().map(contents)).toEqual(['3333\n', '4444\n', '5555\n']);
  });

  it('goes on in the same file, with one warning, where it cannot be rotated', () => {
    // So long a name leaves no room for the one that it is put away under; even root cannot rename it.
    const name = `${'a'.repeat(245)}.jsonl`;
    const file = open({ path: join(folder, name), maxBytes: 5, maxFiles: 3 });
    for (const line of ['1111', '2222', '3333']) file.append(bytes(line));
    expect(contents(name)).toBe('1111\n2222\n3333\n');
    expect(warnings).toEqual([
      expect.stringMatching(
        /^\S+ cannot be rotated \(ENAMETOOLONG.*\); it grows beyond LIVE_OTEL_FILE_MAX_BYTES\.$/,
      ),
    ]);
  });

  it.each(['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'ENOSPC'])(
    'goes on in the same file where it may not be renamed (%s), and rotates when it may again',
    (code) => {
      const path = join(folder, 'a.jsonl');
      const file = open({ path, maxBytes: 5, maxFiles: 3 });
      refuse('renameSync', code, () => true);
      for (const line of ['1111', '2222', '3333']) file.append(bytes(line));
      expect(readdirSync(folder)).toEqual(['a.jsonl']);
      expect(warnings).toEqual([
        `${path} cannot be rotated (${code}: refused); it grows beyond LIVE_OTEL_FILE_MAX_BYTES.`,
      ]);
      vi.restoreAllMocks();
      syncBuiltinESMExports();
      file.append(bytes('4444'));
      expect(readdirSync(folder).sort().map(contents)).toEqual(['1111\n2222\n3333\n', '4444\n']);
      expect(warnings).toHaveLength(1);
    },
  );

  it('removes the other old files where one cannot be removed, and says so once', () => {
    const stuck = join(folder, 'a-2020-01-01T00-00-00.000.jsonl');
    writeFileSync(stuck, 'stuck');
    refuse('rmSync', 'EPERM', (path) => path === stuck);
    const path = join(folder, 'a.jsonl');
    const file = open({ path, maxBytes: 5, maxFiles: 2 });
    for (const line of ['1111', '2222', '3333', '4444']) file.append(bytes(line));
    expect(readdirSync(folder).sort().map(contents)).toEqual(['stuck', '3333\n', '4444\n']);
    expect(warnings).toEqual([
      `${stuck} cannot be removed (EPERM: refused). More files than LIVE_OTEL_FILE_MAX_FILES are kept beside ${path}.`,
    ]);
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path), 'a-2020-01-01T00-00-00.000.jsonl'],
    ['a file of no date', (path: string) => writeFileSync(path, ''), 'a-9999-99-99T99-99-99.999.jsonl'],
  ])('leaves %s alone that is named as rotated files are, and rotates', (_, make, name) => {
    make(join(folder, name));
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 5, maxFiles: 2 });
    for (const line of ['1111', '2222', '3333']) file.append(bytes(line));
    expect(warnings).toEqual([]);
    expect(
      readdirSync(folder)
        .filter((file) => file !== name)
        .sort()
        .map(contents),
    ).toEqual(['2222\n', '3333\n']);
    expect(readdirSync(folder)).toContain(name);
  });

  it('goes on where the file is deleted, truncated or replaced under it', () => {
    const path = join(folder, 'a.jsonl');
    const file = open({ path, maxBytes: 100, maxFiles: 2 });
    file.append(bytes('1'));
    rmSync(path);
    file.append(bytes('2'));
    expect(contents('a.jsonl')).toBe('2\n');
    truncateSync(path);
    file.append(bytes('3'));
    expect(contents('a.jsonl')).toBe('3\n');
    rmSync(path);
    mkdirSync(path);
    expect(() => file.append(bytes('4'))).toThrow('EISDIR');
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);
    expect(() => file.append(bytes('5'))).toThrow('not a regular file');
    rmSync(path);
    file.append(bytes('6'));
    expect(contents('a.jsonl')).toBe('6\n');
  });

  it('starts a line of its own after one that another process could not finish', () => {
    const path = join(folder, 'a.jsonl');
    const file = open({ path, maxBytes: 100, maxFiles: 2 });
    file.append(bytes('1'));
    appendFileSync(path, '{"cut":');
    file.append(bytes('2'));
    expect(contents('a.jsonl')).toBe('1\n{"cut":\n2\n');
  });

  it('throws where the disk is full, and goes on when it is not', () => {
    const path = join(folder, 'a.jsonl');
    const file = open({ path, maxBytes: 100, maxFiles: 2 });
    file.append(bytes('1'));
    refuse('writeSync', 'ENOSPC', () => true);
    expect(() => file.append(bytes('2'))).toThrow('ENOSPC');
    vi.restoreAllMocks();
    // A part of the line fits.
    const { writeSync } = fs;
    vi.spyOn(fs, 'writeSync').mockImplementationOnce(((to: number, line: Buffer) =>
      writeSync(to, line.subarray(0, 2))) as never);
    syncBuiltinESMExports();
    expect(() => file.append(bytes('3333'))).toThrow('only 2 of 5 bytes could be written');
    file.append(bytes('4'));
    expect(contents('a.jsonl')).toBe('1\n33\n4\n');
  });

  it('lets nobody else read the file', () => {
    open({ path: join(folder, 'a.jsonl'), maxBytes: 100, maxFiles: 3 }).append(bytes('1'));
    expect(statSync(join(folder, 'a.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('refuses a pipe, which could block', () => {
    const path = join(folder, 'a.jsonl');
    execFileSync('mkfifo', [path]);
    expect(() => open({ path, maxBytes: 100, maxFiles: 3 }).append(bytes('1'))).toThrow('not a regular file');
  });

  it('keeps only the current file where one is all that may be', () => {
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 5, maxFiles: 1 });
    for (const line of ['1111', '2222', '3333']) file.append(bytes(line));
    expect(readdirSync(folder).map(contents)).toEqual(['3333\n']);
  });

  it('leaves rotation to the process that holds the lock', () => {
    writeFileSync(join(folder, 'a.jsonl.lock'), '');
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 5, maxFiles: 3 });
    for (const line of ['1111', '2222']) file.append(bytes(line));
    expect(contents('a.jsonl')).toBe('1111\n2222\n');
  });

  it.each([
    ['long ago', 1],
    ['before the clock was set back', 4_000_000_000],
  ])('removes a lock whose process died %s', (_, madeAt) => {
    const lock = join(folder, 'a.jsonl.lock');
    writeFileSync(lock, '');
    utimesSync(lock, madeAt, madeAt);
    const file = open({ path: join(folder, 'a.jsonl'), maxBytes: 5, maxFiles: 3 });
    for (const line of ['1111', '2222', '3333']) file.append(bytes(line));
    expect(readdirSync(folder).sort().map(contents)).toEqual(['1111\n2222\n', '3333\n']);
  });

  it('throws the error of the file system', () => {
    writeFileSync(join(folder, 'file'), '');
    const file = open({ path: join(folder, 'file', 'a.jsonl'), maxBytes: 5, maxFiles: 3 });
    expect(() => file.append(bytes('1'))).toThrow(/ENOTDIR|EEXIST/);
  });

  it('loses, splits and reorders no line over rotations, whatever their lengths', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{0,30}$/), { maxLength: 30 }),
        fc.integer({ min: 1, max: 60 }),
        (lines, maxBytes) => {
          const own = mkdtempSync(join(folder, 'run-'));
          const file = open({ path: join(own, 'a.jsonl'), maxBytes, maxFiles: 1_000 });
          for (const line of lines) file.append(bytes(line));
          const written = readdirSync(own)
            .sort()
            .map((name) => readFileSync(join(own, name), 'utf8'));
          expect(written.join('')).toBe(lines.map((line) => `${line}\n`).join(''));
          for (const text of written) {
            expect(text.length <= maxBytes || text.indexOf('\n') === text.length - 1).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the lines of several processes whole, over rotations', async () => {
    const module = new URL('../../src/register/jsonl-file.ts', import.meta.url).href;
    const write = (letter: string) => `
      import { openJsonLinesFile } from '${module}';
      const file = openJsonLinesFile({ path: 'a.jsonl', maxBytes: 400_000, maxFiles: 1000, warn() {} });
      for (let i = 0; i < 200; i++) {
        file.append(new TextEncoder().encode(JSON.stringify({ of: '${letter}', i, pad: '${letter}'.repeat(i * 37 % 9000) })));
      }`;
    const writers = ['a', 'b', 'c'].map((letter) =>
      spawn(process.execPath, ['--input-type=module', '--eval', write(letter)], {
        cwd: folder,
        stdio: 'inherit',
      }),
    );
    const codes = await Promise.all(writers.map(async (child) => (await once(child, 'close'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    const seen = readdirSync(folder)
      .sort()
      .flatMap((name) => contents(name).split('\n'))
      // A process that begins while another is writing may put a line feed too many, never one too few.
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { of: string; i: number });
    for (const letter of ['a', 'b', 'c']) {
      expect(seen.filter(({ of }) => of === letter).map(({ i }) => i)).toEqual([...Array(200).keys()]);
    }
    expect(readdirSync(folder).length).toBeGreaterThan(2);
  });
});
