import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { root } from './support/run-node.ts';

/** What `npm pack` would publish, without building again. */
function packedFiles(): readonly string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' });
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
    const needed = /^(?:LICENSE|NOTICE|README\.md|CHANGELOG\.md|package\.json|dist\/[\w-]+\.(?:mjs|cjs|d\.mts|d\.cts)|docs\/(?:images\/)?[\w-]+\.(?:md|svg|png))$/;
    expect(files.filter((path) => !needed.test(path))).toEqual([]);
  });
});
