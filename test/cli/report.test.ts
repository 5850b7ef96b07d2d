import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
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
const twoSessions = '2 sessions · 4 turns · 2 tool calls · 2 tool responses · 2 of 2 closures unexpected · ';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'live-otel-cli-'));
});
afterEach(() => rm(cwd, { recursive: true }));

function write(name: string, content: string | Uint8Array): Promise<void> {
  return writeFile(path.join(cwd, name), content);
}

describe('live-otel report', () => {
  it('reads live-otel.jsonl and the files rotated away from it where no file is named', async () => {
    await write('live-otel.jsonl', spanLine(allSpans));
    await write('live-otel-2026-01-31T12-00-00.000.jsonl.gz', gzipSync(spanLine(second)));
    await write('other.jsonl', spanLine(second));
    await write('live-otel-2026.jsonl', 'not ours');
    const { code, stdout, stderr } = await runCli(['report', '--format', 'json'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).input).toMatchObject({
      sources: ['live-otel-2026-01-31T12-00-00.000.jsonl.gz', 'live-otel.jsonl'],
    });
  });

  it('reads gzip and standard input together', async () => {
    await write('old.jsonl.gz', gzipSync(spanLine(allSpans)));
    const { code, stdout } = await runCli(['report', 'old.jsonl.gz', '-'], { cwd, stdin: spanLine(second) });
    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', ' ')).toContain(twoSessions);
  });

  it.each([
    ['trace id', traceB],
    ['session id', 'session-2'],
    ['beginning of a trace id', 'bbbb'],
  ])('prints the session of that %s alone', async (_, id) => {
    await write('a.jsonl', spanLine([...allSpans, ...second]));
    const text = await runCli(['report', 'a.jsonl', '--session', id], { cwd });
    expect(text.stdout.split('\n').filter((line) => line.startsWith('trace '))).toEqual([`trace ${traceB}`]);
    expect(text.stdout).toMatch(/^SESSION /);
    const markdown = await runCli(['report', 'a.jsonl', '--session', id, '--format', 'markdown'], { cwd });
    expect(markdown.stdout).toMatch(/^## Live API session/);
    expect(markdown.stdout).not.toContain('session-1');
  });

  it('asks for more of an id that several sessions begin with', async () => {
    await write('a.jsonl', spanLine([...allSpans, ...second]));
    const { code, stderr } = await runCli(['report', 'a.jsonl', '--session', 'session-'], { cwd });
    expect([code, stderr]).toEqual([
      1,
      'live-otel: 2 sessions begin with session-, for example session-1, session-2: give more of the id.\n',
    ]);
  });

  it('leaves the sessions out of JSON where none is asked for', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const run = await runCli(['report', 'a.jsonl', '--format', 'json', '--sessions', '0'], { cwd });
    expect(JSON.parse(run.stdout)).toMatchObject({ totals: { sessions: 1 }, sessions: [] });
  });

  it('writes an issue, and says where to post it', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const { code, stdout, stderr } = await runCli(['issue', 'a.jsonl'], { cwd });
    expect([code, stdout.split('\n')[0]]).toEqual([0, '## Why the Live API sessions closed']);
    expect(stderr).toContain('https://github.com/googleapis/js-genai/issues');
  });

  it('prints JSON that its schema describes, with all sessions or one', async () => {
    await write('a.jsonl', spanLine([...allSpans, ...second]));
    const whole = await runCli(['report', 'a.jsonl', '--format', 'json'], { cwd });
    const one = await runCli(['report', 'a.jsonl', '--format', 'json', '--session', traceB], { cwd });
    const ids = [whole, one].map(({ stdout }) =>
      JSON.parse(stdout)
        .sessions.map(({ sessionId }: { sessionId: string }) => sessionId)
        .sort(),
    );
    expect(ids).toEqual([['session-1', 'session-2'], ['session-2']]);
    const validate = new Ajv().compile(JSON.parse(await readFile('docs/report.schema.json', 'utf8')));
    validate(JSON.parse(whole.stdout));
    expect(validate.errors).toBeNull();
  });

  it('prints Markdown', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const { code, stdout } = await runCli(['report', 'a.jsonl', '--format', 'markdown'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## Why the Live API sessions closed\n\n\*\*/);
    expect(stdout).toContain('| 1 | **no** | 1011 | server | tool response | `Internal error occurred.` |');
  });

  it('writes a page beside what it prints', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const { code, stdout, stderr } = await runCli(['report', 'a.jsonl', '--html', 'a.html'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('1 of 1 session ended unexpectedly.');
    expect(await readFile(path.join(cwd, 'a.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('compares two inputs', async () => {
    await write('a.jsonl', spanLine(allSpans));
    await write('b.jsonl', spanLine(second));
    const text = await runCli(['report', '--compare', 'a.jsonl', 'b.jsonl'], { cwd });
    const json = await runCli(['report', '--compare', 'a.jsonl', 'b.jsonl', '--format', 'json'], { cwd });
    expect([text.code, text.stderr, json.code]).toEqual([0, '', 0]);
    expect(text.stdout).toContain('WHAT CHANGED');
    expect(JSON.parse(json.stdout)).toMatchObject({ before: { unexpected: 1 }, after: { unexpected: 1 } });
  });

  it('exits with 3 where a rule is broken, and says which', async () => {
    await write('a.jsonl', spanLine([...allSpans, ...second]));
    const rules = ['--fail-on', 'unexpected>50%', '--fail-on', '1006>0', '--fail-on', '1011>=2'];
    const { code, stdout, stderr } = await runCli(['report', 'a.jsonl', ...rules], { cwd });
    expect([code, stderr]).toEqual([
      3,
      "live-otel: --fail-on 'unexpected>50%': 2 of 2 ended sessions, 100 % (34 % to 100 %).\n" +
        "live-otel: --fail-on '1011>=2': 2 of 2 ended sessions, 100 % (34 % to 100 %).\n",
    ]);
    expect(stdout).not.toBe('');
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
    ['a file that is not there', ['none.jsonl'], 1, 'No such file: none.jsonl.'],
    [
      'a default file that is not there',
      [],
      1,
      /^There is no live-otel\.jsonl here: .*live-otel\/register app\.js; npx live-otel doctor /,
    ],
    [
      'an empty directory',
      ['.'],
      1,
      /^No .jsonl, .json or .pb file, or one of them compressed, in \.\. Start the application with /,
    ],
    [
      'a Jaeger that has no address',
      ['--jaeger', 'here'],
      2,
      '--jaeger here is no address: write it as http://localhost:16686.',
    ],
    [
      'a Jaeger beside files',
      ['a.jsonl', '--jaeger', 'http://127.0.0.1:1'],
      2,
      '--jaeger is read instead of files; a.jsonl would be left out.',
    ],
    [
      'a time that is none',
      ['--jaeger', 'http://127.0.0.1:1', '--since', 'noon'],
      2,
      /^--since noon is no time: /,
    ],
    [
      'times the wrong way round',
      ['--jaeger', 'http://127.0.0.1:1', '--since', '1h', '--until', '2h'],
      2,
      '--since is not before --until.',
    ],
    [
      'aggregates that are not named',
      ['--from-aggregates'],
      2,
      '--from-aggregates takes files, directories of them or - for standard input.',
    ],
    [
      'a comparison of one',
      ['--compare', 'a.jsonl'],
      2,
      '--compare takes two inputs, before and after; it was given 1. A directory counts as one.',
    ],
  ])('refuses %s in one line', async (_, args, code, sentence) => {
    const run = await runCli(['report', ...args], { cwd });
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(/^live-otel: [^\n]*\n$/);
    expect(run.stderr.slice('live-otel: '.length).trimEnd()).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  it('refuses a page that cannot be written, and prints nothing', async () => {
    await write('a.jsonl', spanLine(allSpans));
    const { code, stdout, stderr } = await runCli(['report', 'a.jsonl', '--html', 'none/a.html'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^live-otel: Cannot write none\/a\.html: ENOENT[^\n]*\n$/);
  });

  it.each([
    [
      'an empty one',
      '',
      /^a\.jsonl is empty: nothing was recorded yet\. Start the application with node --require/,
    ],
    [
      'one that is not JSON',
      'hello\nthere\n',
      /^a\.jsonl is not OTLP: line 1 is neither JSON nor protobuf, and 1 more like it\. /,
    ],
    ['one of other JSON', '{"a":1}\n', /^a\.jsonl is not OTLP: line 1 is JSON of another kind\. /],
    [
      'one that is text without a line feed',
      'hello',
      /^a\.jsonl is not OTLP: line 1 is neither JSON nor protobuf/,
    ],
    ['one that breaks off in line 1', '{"resourceSpans":[{', /^a\.jsonl breaks off in line 1, /],
    [
      'one with spans of others only',
      spanLine([{ ...connect, name: 'GET /' }]),
      /^No session in a\.jsonl: its one span is of other instrumentations\. npx live-otel doctor /,
    ],
  ])('tells wrong inputs apart: %s', async (_, content, sentence) => {
    await write('a.jsonl', content);
    const { code, stdout, stderr } = await runCli(['report', 'a.jsonl'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^live-otel: [^\n]*\n$/);
    expect(stderr.slice('live-otel: '.length)).toMatch(sentence);
  });

  it('refuses a session that is not there, and names some that are', async () => {
    await write('a.jsonl', spanLine(allSpans));
    expect(await runCli(['report', 'a.jsonl', '--session', 'x'], { cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'live-otel: No session x in the input. It has 1, for example session-1.\n',
    });
    await write('b.jsonl', spanLine([session]));
    expect((await runCli(['report', 'b.jsonl', '--session', 'x'], { cwd })).stderr).toBe(
      'live-otel: No session x in the input. It has 1.\n',
    );
  });
});
