import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { linesOf, rows } from './rows.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'live-otel-cli-'));
  await writeFile(path.join(cwd, 'a.jsonl'), linesOf(rows));
});
afterAll(() => rm(cwd, { recursive: true }));

describe('live-otel report --from-aggregates', () => {
  it.each([
    ['a file', ['a.jsonl'], undefined],
    ['a directory', ['.'], undefined],
    ['standard input', ['-'], linesOf(rows)],
  ])('reads %s', async (_, inputs, stdin) => {
    const { code, stdout, stderr } = await runCli(
      ['report', '--from-aggregates', ...inputs, '--format', 'json'],
      { cwd, ...(stdin !== undefined && { stdin }) },
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { sessions: 10, closures: { expected: 5, unexpected: 3 } },
      causes: [
        { cause: 'internal_error', closures: 3 },
        { cause: 'client_closed', closures: 5 },
      ],
    });
  });

  it('prints the report, judges it and compares two', async () => {
    const judged = await runCli(
      ['report', '--from-aggregates', 'a.jsonl', '--fail-on', 'unexpected>1%', '--html', 'page.html'],
      { cwd },
    );
    expect(judged.code).toBe(3);
    expect(judged.stdout.replaceAll('\n', ' ')).toContain('10 sessions');
    const compared = await runCli(['report', '--from-aggregates', '--compare', 'a.jsonl', 'a.jsonl'], {
      cwd,
    });
    expect([compared.code, compared.stderr]).toEqual([0, '']);
  });

  it.each([
    [[], 2, 'takes files, directories of them or - for standard input'],
    [['a.jsonl', '--session', 'x'], 2, 'draws no --session'],
    [['a.jsonl', '--jaeger', 'http://localhost:1'], 2, '--jaeger'],
    [['no.jsonl'], 1, 'No such file: no.jsonl.'],
    [['a.jsonl', 'page.html'], 1, 'page.html, line 1: no JSON object.'],
  ])('says in a line why it does not read %j', async (args, expected, sentence) => {
    const { code, stderr } = await runCli(['report', '--from-aggregates', ...args], { cwd });
    expect(code).toBe(expected);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
