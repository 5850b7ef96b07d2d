import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spanLine } from '../report/otlp-lines.ts';
import { allSpans, connect, session } from '../report/sample.ts';
import { runCli } from './run-cli.ts';

const traceB = 'b'.repeat(32);
const second = allSpans.map((span) => ({
  ...span,
  traceId: traceB,
  attributes: { ...span.attributes, 'gen_ai.realtime_session.id': 'session-2' },
}));

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'live-otel-cli-'));
});
afterEach(() => rm(cwd, { recursive: true }));

function write(name: string, content: string | Uint8Array): Promise<void> {
  return writeFile(path.join(cwd, name), content);
}

function firstLine(text: string): string | undefined {
  return text.split('\n')[0];
}

describe('live-otel report', () => {
  it('reads live-otel.jsonl and the files rotated away from it where no file is named', async () => {
    await write('live-otel.jsonl', spanLine(allSpans));
    await write('live-otel-2026-01-31T12-00-00.000.jsonl', spanLine(second));
    await write('other.jsonl', spanLine(second));
    const { code, stdout, stderr } = await runCli(['report'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(firstLine(stdout)).toBe(
      '2 files · 2 sessions · 4 turns · 2 tool calls · 2 closures: 0 expected, 2 unexpected',
    );
  });

  it('reads gzip and standard input together', async () => {
    await write('old.jsonl.gz', gzipSync(spanLine(allSpans)));
    const { code, stdout } = await runCli(['report', 'old.jsonl.gz', '-'], { cwd, stdin: spanLine(second) });
    expect([code, firstLine(stdout)]).toEqual([
      0,
      '2 files · 2 sessions · 4 turns · 2 tool calls · 2 closures: 0 expected, 2 unexpected',
    ]);
  });

  it.each([
    ['trace id', traceB],
    ['session id', 'session-2'],
  ])('draws the session of that %s', async (_, id) => {
    await write('a.jsonl', spanLine([...allSpans, ...second]));
    const { stdout } = await runCli(['report', 'a.jsonl', '--session', id], { cwd });
    expect(stdout.split('\n').find((line) => line.startsWith('trace '))).toBe(`trace ${traceB}`);
  });

  it('prints JSON of the whole input, or of one session', async () => {
    await write('a.jsonl', spanLine([...allSpans, ...second]));
    const whole = await runCli(['report', 'a.jsonl', '--format', 'json'], { cwd });
    const one = await runCli(['report', 'a.jsonl', '--format', 'json', '--session', traceB], { cwd });
    expect(JSON.parse(whole.stdout)).toMatchObject({
      version: 1,
      totals: { sessions: 2 },
      sessions: [{}, {}],
    });
    expect(JSON.parse(one.stdout)).toMatchObject({
      version: 1,
      totals: { sessions: 1 },
      sessions: [{ traceId: traceB }],
    });
  });

  it('draws with ASCII in a locale without UTF-8', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const { stdout } = await runCli(['report', 'a.jsonl'], { cwd, env: { LC_ALL: 'C' } });
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('colours a pipe only where it is forced to', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const plain = await runCli(['report', 'a.jsonl'], { cwd });
    const forced = await runCli(['report', 'a.jsonl'], { cwd, env: { FORCE_COLOR: '1' } });
    expect([plain.stdout.includes('\x1b['), forced.stdout.includes('\x1b[')]).toEqual([false, true]);
  });

  it.each([
    ['a file that is not there', ['none.jsonl'], 'live-otel: No such file: none.jsonl.\n'],
    ['a default file that is not there', [], 'live-otel: No such file: live-otel.jsonl.\n'],
    ['an empty directory', ['.'], 'live-otel: No .jsonl, .json or .gz file in ..\n'],
  ])('refuses %s', async (_, args, stderr) => {
    expect(await runCli(['report', ...args], { cwd })).toEqual({ code: 1, stdout: '', stderr });
  });

  it('refuses a file with spans of others only', async () => {
    await write('a.jsonl', spanLine([{ ...connect, name: 'GET /' }]));
    expect(await runCli(['report', 'a.jsonl'], { cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'live-otel: No spans of live-otel in a.jsonl, only 1 of other instrumentations.\n',
    });
  });

  it('refuses a session that is not there, and names some that are', async () => {
    await write('a.jsonl', spanLine([session]));
    expect(await runCli(['report', 'a.jsonl', '--session', 'x'], { cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'live-otel: No session x in the input. It has 1, for example session-1.\n',
    });
  });
});
