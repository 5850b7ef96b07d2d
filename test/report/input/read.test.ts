import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInputs } from '../../../src/report/input/read.ts';
import { spanLine } from '../otlp-lines.ts';
import { allSpans, closure, connect, session } from '../sample.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'live-otel-read-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const at = path.join(directory, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  return at;
}

const lines = `${spanLine([session])}\n${spanLine([connect, closure])}\n`;

describe('readInputs', () => {
  it('reads the lines of a file', async () => {
    const at = await file('plain.jsonl', lines);
    const { live, ...rest } = await readInputs([at]);
    expect(rest).toEqual({ files: [at], lines: 2, spans: 3, brokenLines: [] });
    expect(live.map(({ kind }) => kind)).toEqual(['session', 'connect', 'closure']);
  });

  it('reads gzip whatever the name, and several members after each other', async () => {
    const at = await file('packed.jsonl', Buffer.concat([gzipSync(lines), gzipSync(lines)]));
    expect(await readInputs([at])).toMatchObject({ lines: 4, spans: 6, brokenLines: [] });
  });

  it('keeps what came before the end of a gzip file that breaks off', async () => {
    const many = `${spanLine(allSpans)}\n`.repeat(2_000);
    const packed = gzipSync(many);
    const at = await file('broken.jsonl.gz', packed.subarray(0, Math.floor(packed.length / 2)));
    const { lines: read, live, brokenLines } = await readInputs([at]);
    expect(live.length).toBeGreaterThan(1_000);
    expect(brokenLines).toEqual([{ file: at, line: read, problem: 'truncated' }]);
  });

  it('reads standard input for -', async () => {
    const stdin = Readable.from([Buffer.from(lines.slice(0, 100)), Buffer.from(lines.slice(100))]);
    expect(await readInputs(['-'], stdin)).toMatchObject({
      files: ['-'],
      lines: 2,
      spans: 3,
      brokenLines: [],
    });
  });

  it('names a last line that was cut off', async () => {
    const at = await file('cut.jsonl', lines + spanLine([session]).slice(0, 50));
    expect(await readInputs([at])).toMatchObject({
      lines: 3,
      spans: 3,
      brokenLines: [{ file: at, line: 3, problem: 'truncated' }],
    });
  });

  it('names lines that are no JSON and lines that are no OTLP, and skips empty ones', async () => {
    const at = await file('mixed.jsonl', `nonsense\n\n{"a":1}\n${lines}`);
    expect(await readInputs([at])).toMatchObject({
      lines: 4,
      spans: 3,
      brokenLines: [
        { file: at, line: 1, problem: 'not_json' },
        { file: at, line: 3, problem: 'not_otlp' },
      ],
    });
  });

  it('reads the telemetry files of a directory, the oldest first', async () => {
    const [b, a, c] = await Promise.all([
      file('many/b.jsonl', lines),
      file('many/a.json', lines),
      file('many/c.jsonl.gz', gzipSync(lines)),
      file('many/notes.txt', 'no'),
      file('many/deeper/d.jsonl', lines),
    ]);
    for (const [index, name] of [c, b, a].entries()) await utimes(name, 1_000 + index, 1_000 + index);
    expect((await readInputs([path.join(directory, 'many')])).files).toEqual([c, b, a]);
  });

  it('reads a file once that is named twice', async () => {
    const at = await file('twice/only.jsonl', lines);
    expect((await readInputs([at, path.dirname(at)])).files).toEqual([at]);
  });

  it('refuses a file that does not exist, by name', async () => {
    await expect(readInputs(['nowhere.jsonl'])).rejects.toThrow('No such file: nowhere.jsonl.');
  });

  it('reads any bytes without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), async (chunks) => {
        const stdin = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
        const { live, lines: read, brokenLines } = await readInputs(['-'], stdin);
        expect(live).toEqual([]);
        expect(brokenLines.length).toBeLessThanOrEqual(Math.max(read, 1));
      }),
      { numRuns: 50 },
    );
  });

  it('finds the same lines however the bytes are cut into chunks', async () => {
    const bytes = Buffer.from(
      `${spanLine([{ ...session, name: 'live_session möbel-日本' }])}\n${spanLine([connect])}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 97 }), async (size) => {
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        const { live, brokenLines } = await readInputs(['-'], Readable.from(chunks));
        expect(live.map(({ name }) => name)).toEqual(['live_session möbel-日本', connect.name]);
        expect(brokenLines).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
