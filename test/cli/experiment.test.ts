import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runNode } from '../support/run-node.ts';

const out = mkdtempSync(path.join(tmpdir(), 'experiment-'));
afterAll(() => rmSync(out, { recursive: true }));

function experiment(...args: readonly string[]) {
  return runNode(['dist/cli.mjs', 'experiment', ...args, '--out', out, '--seed', '1', '--time-scale', '50']);
}

const simulated = ['--against', 'simulator'];

describe('live-otel experiment', () => {
  it('reads a verdict to somebody without a key', { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await experiment(
      'payload_size',
      ...simulated,
      '--script',
      'large-response-1011',
    );
    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', ' ')).toMatch(
      /with 64 KB responses (\d+) of \1 sessions end, with 2 KB responses 0 of \d+: difference 100 points \(95 % \d+ to 100\)\. It is the size\. $/,
    );
    expect(stderr).toContain('It costs nothing.');
  });

  it('records every session with its arm', () => {
    const telemetry = readdirSync(out).find((name) => name.endsWith('.telemetry.jsonl')) ?? '';
    const text = readFileSync(path.join(out, telemetry), 'utf8');
    for (const name of ['id', 'factor', 'arm', 'condition', 'session', 'differs_from', 'outcome']) {
      expect(text).toContain(`"gemini.live.experiment.${name}"`);
    }
  });

  it('goes on where it stopped', { timeout: 120_000 }, async () => {
    const args = ['encoding', ...simulated, '--format', 'json'];
    const first = await experiment(...args, '--max-sessions', '10');
    const begun = JSON.parse(first.stdout);
    expect(begun).toMatchObject({ verdict: 'not_settled', stop: 'sessions' });
    expect(first.stderr.replaceAll('\n', ' ')).toContain(`--resume ${begun.ledger}`);
    const second = await experiment('--resume', begun.ledger, '--format', 'json', '--max-sessions', '20');
    const { control, treated, ledger } = JSON.parse(second.stdout);
    expect(control.sessions + treated.sessions).toBe(20);
    expect(ledger).toBe(begun.ledger);
  });

  it('screens all that needs no more, and shows what stands out by experiment', {
    timeout: 120_000,
  }, async () => {
    const all = [
      '--all',
      ...simulated,
      '--script',
      'large-response-1011',
      '--silence',
      '5',
      '--format',
      'json',
    ];
    const { code, stdout, stderr } = await experiment(...all);
    expect(code).toBe(0);
    expect(stderr.replaceAll('\n', ' ')).toContain('Left out: internal_error (it needs --other MODEL)');
    const { screening, confirmations, confirmed, ledger, sentence } = JSON.parse(stdout);
    expect(screening.sessions).toBe(64);
    expect(screening.factors[0]).toMatchObject({ factor: 'payload_size', standsOut: true });
    expect(confirmations[0]).toMatchObject({ factor: 'payload_size', verdict: 'worse' });
    expect({ confirmed, sentence }).toEqual({
      confirmed: ['payload_size'],
      sentence: 'Shown by experiment: payload_size.',
    });
    // As it was left by one that was killed in the screening: the verdict is the same.
    const lines = readFileSync(ledger, 'utf8').split('\n');
    writeFileSync(ledger, `${lines.slice(0, 60).join('\n')}\n`);
    rmSync(ledger.replace('.ledger', '-payload_size.ledger'));
    const again = await experiment('--resume', ledger, '--format', 'json');
    expect(JSON.parse(again.stdout)).toMatchObject({ confirmed: ['payload_size'], ledger });
  });

  it('does nothing where it shall only say what it would do', async () => {
    const { code, stdout, stderr } = await experiment('model', '--other', 'gemini-other', '--dry-run');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.replaceAll('\n', ' ')).toMatch(
      /at most 400, about \d+ minutes\. About \d+,000 tokens in and \d+,000 out/,
    );
  });

  it.each([
    [['payload_size'], 'Nobody is there to be asked: add --yes to begin.'],
    [['rate_limit', '--yes'], 'add --i-know'],
    [['model', '--yes'], 'The other model is needed to compare with'],
    [['payload_size', '--yes', '--budget', '5'], '--budget needs --prices'],
    [['--all', '--yes', '--max-sessions', '50'], '--max-sessions 100 or more'],
    [[], 'Say what is suspected'],
    [['payload_size', ...simulated, '--script', 'none'], 'There is no script none'],
  ])('says what is missing: %j', async (args, sentence) => {
    const { code, stderr } = await experiment(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
