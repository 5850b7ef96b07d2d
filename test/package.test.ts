import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { root, runNode } from './support/run-node.ts';

/** What `npm pack` would publish, without building again. */
function packedFiles(): readonly string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const parsed = JSON.parse(output);
  const [packed] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  return (packed as { files: { path: string }[] }).files.map(({ path }) => path);
}

describe('the published package', () => {
  const files = packedFiles();

  it('holds the entry points, the licences and the documentation', () => {
    for (const path of [
      'LICENSE',
      'NOTICE',
      'README.md',
      'CHANGELOG.md',
      'dist/index.mjs',
      'dist/index.cjs',
      'dist/register.cjs',
      'dist/testing.mjs',
      'dist/cli.mjs',
      'docs/telemetry.md',
    ]) {
      expect(files).toContain(path);
    }
  });

  it('holds nothing else than what users need', () => {
    const needed =
      /^(?:LICENSE|NOTICE|README\.md|CHANGELOG\.md|package\.json|dist\/(?:cli\/)?[\w-]+\.(?:mjs|cjs|d\.mts|d\.cts)|docs\/(?:images\/)?[\w-]+\.(?:md|svg|png)|docs\/report\.schema\.json|deploy\/aggregates\/\w+\.sql)$/;
    expect(files.filter((path) => !needed.test(path))).toEqual([]);
  });

  it.each([
    [['--version'], `${packageJson.version}\n`],
    [['report', '--help'], /^Usage: live-otel report /],
    [['doctor', '--help'], /^Usage: live-otel doctor /],
    [['simulate', '--list'], /^healthy-talk /m],
    [['demo', '--help'], /^Usage: live-otel demo /],
  ])('has a binary that answers to %j', async (args, answer) => {
    const { code, stdout, stderr } = await runNode(['dist/cli.mjs', ...args]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (typeof answer === 'string') expect(stdout).toBe(answer);
    else expect(stdout).toMatch(answer);
  });
});
