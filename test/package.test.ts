import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { root, runNode } from './support/run-node.ts';

/** What `npm pack` would publish, without building again. */
function pack(): { readonly files: readonly string[]; readonly unpackedSize: number } {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const parsed = JSON.parse(output);
  const [found] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  const { files, unpackedSize } = found as { files: { path: string }[]; unpackedSize: number };
  return { files: files.map(({ path }) => path), unpackedSize };
}

describe('the published package', () => {
  const packed = pack();
  const { files } = packed;

  it('holds the entry points, the licences and the documentation', () => {
    for (const path of [
      'LICENSE',
      'NOTICE',
      'README.md',
      'CHANGELOG.md',
      'dist/index.mjs',
      'dist/browser.mjs',
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
    const needed = [
      /^(?:LICENSE|NOTICE|README\.md|CHANGELOG\.md|package\.json|docker-compose\.yml|\.env)$/,
      /^dist\/(?:(?:browser|cli|register)\/)?[\w-]+\.(?:mjs|cjs|d\.mts|d\.cts)$/,
      /^docs\/(?:[\w-]+\.md|(?:report|recording)\.schema\.json|schema\/[\d.]+)$/,
      /^(?:collector|dashboards\/json|deploy\/(?:aggregates|alertmanager|grafana|jaeger|kubernetes|prometheus)|examples)\//,
      /^tools\/stack\/webhook\.ts$/,
      /^llms\.txt$/,
    ];
    expect(files.filter((path) => !needed.some((kind) => kind.test(path)))).toEqual([]);
  });

  it('takes at most 3.5 MB, and installs nothing else', () => {
    expect(packed.unpackedSize).toBeLessThanOrEqual(3_500_000);
    expect(packageJson).not.toHaveProperty('dependencies');
  });

  it('gives a page 40 KB, and what it needs later in modules of their own, none with a module of Node.js', () => {
    const sizes = Object.fromEntries(
      ['browser', ...readdirSync(`${root}/dist/browser`).map((file) => `browser/${parse(file).name}`)].map(
        (name) => {
          const code = readFileSync(`${root}/dist/${name}.mjs`, 'utf8');
          const imports = [...code.matchAll(/\b(?:from|import)\s*\(?["'`]([^"'`;,{}]+)["'`]/g)].map(
            ([, from]) => from,
          );
          expect(imports.filter((from) => !from?.startsWith('.') && from !== '@opentelemetry/api')).toEqual(
            [],
          );
          expect(code).not.toMatch(/\bprocess\.env\b|\bBuffer\.|["'`]node:/);
          return [name, gzipSync(code, { level: 9 }).length];
        },
      ),
    );
    const kilobyte = 1_024;
    expect(sizes.browser).toBeLessThanOrEqual(40 * kilobyte);
    expect(sizes['browser/diagnosis']).toBeLessThanOrEqual(33 * kilobyte);
    expect(sizes['browser/exporter']).toBeLessThanOrEqual(3 * kilobyte);
    expect(sizes['browser/genai']).toBeLessThanOrEqual(3 * kilobyte);
    expect(Object.keys(sizes)).toHaveLength(4);
  });

  it.each([
    [['--version'], `${packageJson.version}\n`],
    [['report', '--help'], /^Usage: live-otel report /],
    [['doctor', '--help'], /^Usage: live-otel doctor /],
    [['simulate', '--list'], /^healthy-talk /m],
    [['demo', '--help'], /^Usage: live-otel demo /],
    [['init', '--help'], /^Usage: live-otel init /],
  ])('has a binary that answers to %j', async (args, answer) => {
    const { code, stdout, stderr } = await runNode(['dist/cli.mjs', ...args]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (typeof answer === 'string') expect(stdout).toBe(answer);
    else expect(stdout).toMatch(answer);
  });
});
