import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientFolders } from './folders.ts';

const few = clientFolders().few ?? '';

/** Bundles an application that imports the package. */
function bundle(platform: 'browser' | 'node') {
  const options = [
    '--bundle',
    `--platform=${platform}`,
    '--external:@opentelemetry/api',
    '--log-level=error',
  ];
  return spawnSync(join(few, 'node_modules/.bin/esbuild'), options, {
    cwd: few,
    input: "import { flush } from 'live-otel'; flush();",
    encoding: 'utf8',
  });
}

it('fails a build for browsers that imports live-otel, with a sentence', () => {
  const { status, stderr } = bundle('browser');
  expect(status).toBe(1);
  expect(stderr).toContain(
    'live-otel needs Node.js and cannot be bundled for a browser: import live-otel/browser',
  );
});

it('leaves builds for Node.js alone', () => {
  expect(bundle('node')).toMatchObject({ status: 0, stderr: '' });
});
