/**
 * Brings a checkout to the state in which its scripts run: dependencies installed, package built. Plain JavaScript
 * for any Node since 18, because on a fresh clone it runs before the project's own Node is installed.
 *
 *   node tools/setup.mjs [--fixtures] [--pages] [--clients] [-- command …]
 *
 *   --fixtures   also installs the packages that tests of other OpenTelemetry lines need
 *   --pages      also installs what pages of the tests are made of
 *   --clients    also installs the client libraries of the matrix; with CLIENTS=few in the environment, a part of them
 *   command      runs afterwards, with the project's own Node; the exit code is the command's
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: bin + delimiter + process.env.PATH };
const dashes = process.argv.indexOf('--');
const options = process.argv.slice(2, dashes < 0 ? undefined : dashes);
const command = dashes < 0 ? [] : process.argv.slice(dashes + 1);

installIfStale(root);
if (options.includes('--fixtures')) {
  for (const name of readdirSync(join(root, 'test', 'fixtures'))) {
    const folder = join(root, 'test', 'fixtures', name);
    if (existsSync(join(folder, 'package-lock.json'))) installIfStale(folder);
  }
}
const folders = [];
if (options.includes('--clients')) folders.push(...(env.CLIENTS === 'few' ? ['few'] : ['few', 'all', 'web']));
if (options.includes('--pages')) folders.push('web');
for (const name of folders) installIfStale(join(root, 'test', 'clients', name));
buildIfStale();
if (command.length > 0) runAndEnd(command);

function installIfStale(folder) {
  const installed = modified(join(folder, 'node_modules', '.package-lock.json'));
  if (installed >= modified(join(folder, 'package-lock.json'))) return;
  run(
    `installing the packages of ${folder === root ? 'live-otel' : folder.slice(root.length + 1)}`,
    'npm',
    ['ci'],
    folder,
  );
}

function buildIfStale() {
  const sources = ['src', 'package.json', 'tsdown.config.ts'].map((name) => newest(join(root, name)));
  if (oldest(join(root, 'dist')) >= Math.max(...sources)) return;
  run('building', 'npm', ['run', '--silent', 'build'], root);
}

function run(what, command, args, cwd) {
  process.stderr.write(`live-otel: ${what} …\n`);
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    env,
  });
  if (status === 0) return;
  process.stderr.write(`live-otel: ${what} failed (${error?.message ?? `exit code ${status}`}).\n`);
  process.exit(1);
}

/** In a process of its own: this one may be an older Node, found before the project's was installed. */
function runAndEnd([file, ...args]) {
  const child = spawn(file, args, { stdio: 'inherit', shell: process.platform === 'win32', env });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // The terminal sends it to the child as well, which decides.
  process.on('SIGINT', () => undefined);
  child.on('error', (error) => {
    process.stderr.write(`live-otel: ${file} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

function modified(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newest(path) {
  if (!statSync(path).isDirectory()) return modified(path);
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
}

function oldest(folder) {
  if (!existsSync(join(folder, 'register.cjs'))) return 0;
  return Math.min(...readdirSync(folder).map((name) => modified(join(folder, name))));
}
