import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-entry-'));
afterAll(() => rmSync(folder, { recursive: true }));
const app = join(folder, 'app.cjs');
writeFileSync(app, "console.log('42'); process.exitCode = 3;");

it('says in one sentence that @opentelemetry/api is missing, and lets the application run', async () => {
  cpSync(join(root, 'dist/register.cjs'), join(folder, 'register.cjs'));
  const { stdout, stderr, code } = await runNode(['--require', './register.cjs', app], { cwd: folder });
  expect({ stdout, code }).toEqual({ stdout: '42\n', code: 3 });
  expect(stderr).toContain('LIVE_OTEL_NOT_STARTED] Warning: live-otel needs @opentelemetry/api');
});

it.each(['bun', 'deno'])(
  'says in one sentence that %s is not supported, and lets the application run',
  async (runtime) => {
    const pretend = join(folder, `${runtime}.cjs`);
    writeFileSync(
      pretend,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, ${runtime}: '1.0.0' } });`,
    );
    const { stdout, stderr, code } = await runNode(
      ['--require', pretend, '--require', join(root, 'dist/register.cjs'), app],
      { cwd: folder },
    );
    expect({ stdout, code }).toEqual({ stdout: '42\n', code: 3 });
    expect(stderr).toMatch(/live-otel\/register needs Node\.js; this is (Bun|Deno)\./);
  },
);

it.each(['bun', 'deno'])(
  'puts no hook into the loader of %s for an SDK of the application either',
  async (runtime) => {
    const own = join(folder, `own-${runtime}.cjs`);
    writeFileSync(
      own,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, ${runtime}: '1.0.0' } });
     const { LiveInstrumentation } = require(${JSON.stringify(join(root, 'dist/index.cjs'))});
     new LiveInstrumentation();
     new LiveInstrumentation();
     console.log(Object.keys(Object.getOwnPropertyDescriptor(require('node:module').prototype, '_compile')));`,
    );
    const { stdout, stderr } = await runNode([own], { cwd: root });
    expect(stdout).toContain("'value'");
    expect(
      stderr.match(/live-otel needs Node\.js to see clients being loaded; this is (?:Bun|Deno)\./g),
    ).toHaveLength(1);
  },
);

it('loads little in a process that opens no session: not the API, not what records', async () => {
  const idle = join(folder, 'idle.cjs');
  writeFileSync(
    idle,
    `console.log(JSON.stringify({
       files: Object.keys(require.cache).filter((file) => file !== __filename),
       crypto: process.moduleLoadList.includes('NativeModule crypto'),
     }));`,
  );
  const { stdout } = await runNode(['--require', join(root, 'dist/register.cjs'), idle], { cwd: root });
  const { files, crypto }: { files: string[]; crypto: boolean } = JSON.parse(stdout);
  expect(files.filter((file) => !file.startsWith(join(root, 'dist/')))).toEqual([]);
  expect(crypto).toBe(false);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(60_000);
});

it('loads what records sessions once the application has started, or with the first session', async () => {
  const client = join(folder, 'client.cjs');
  writeFileSync(
    client,
    `require(${JSON.stringify(join(root, 'node_modules/@google/genai/dist/node/index.cjs'))});
     const isHere = (name) => Object.keys(require.cache).some((file) => file.endsWith('dist/' + name));
     setImmediate(() => setImmediate(() => {
       console.log(isHere('register-sdk.cjs'), isHere('sessions.cjs'));
       const timer = setInterval(() => {
         if (!isHere('sessions.cjs')) return;
         console.log('later');
         clearInterval(timer);
       }, 20);
     }));`,
  );
  const { stdout } = await runNode(['--require', join(root, 'dist/register.cjs'), client], {
    cwd: folder,
    env: { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
  });
  expect(stdout).toBe('true false\nlater\n');
});

it('reaches child processes of another working directory by an absolute path', async () => {
  const parent = join(folder, 'parent.cjs');
  writeFileSync(
    parent,
    `const { spawnSync } = require('node:child_process');
     const { status } = spawnSync(process.execPath, [${JSON.stringify(app)}], { cwd: '/', stdio: 'inherit' });
     process.exitCode = status;`,
  );
  const register = join(root, 'dist/register.cjs');
  const { stdout, stderr, code } = await runNode([parent], {
    cwd: root,
    env: { NODE_OPTIONS: `--require ${register}` },
  });
  expect({ stdout, stderr, code }).toEqual({ stdout: '42\n', stderr: '', code: 3 });
});
