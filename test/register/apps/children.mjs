// Starts itself in the way that HOW names, and ends when that has ended. It could open sessions of @google/genai.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';

const { HOW, PRELOAD, CHILD } = process.env;
const file = fileURLToPath(import.meta.url);
const env = { ...process.env, CHILD: '1' };
const preloaded = ['--require', PRELOAD];
const options = { env: { ...env, NODE_OPTIONS: preloaded.join(' ') }, execArgv: [] };

class Own extends Worker {}

const ways = {
  fork: () => fork(file, { env, execArgv: [] }),
  fork_as_it_is: () => fork(file, { env }),
  fork_with: () => fork(file, { env, execArgv: preloaded }),
  fork_environment: () => fork(file, options),
  fork_silent: () => fork(fileURLToPath(import.meta.resolve('./silent.mjs')), { env, execArgv: [] }),
  fork_missing: () => fork(`${file}.missing.mjs`, { env, execArgv: [], stdio: 'ignore' }),
  fork_helper: () => fork(fileURLToPath(import.meta.resolve('ws')), { env, execArgv: [] }),
  spawn: () => spawn(process.execPath, [file], { env, stdio: 'inherit' }),
  spawn_with_flags: () =>
    spawn('node', ['--require', import.meta.resolve('ws').slice(7), file], { env, stdio: 'inherit' }),
  spawn_other: () => spawn('true', [file]),
  thread: () => new Worker(new URL(import.meta.url), { env, execArgv: [] }),
  thread_of_a_class: () => new Own(file, { env, execArgv: [] }),
  thread_silent: () => new Worker(new URL('./silent.mjs', import.meta.url), { env, execArgv: [] }),
  thread_as_it_is: () => new Worker(file, { env }),
  thread_with: () => new Worker(file, { env, execArgv: preloaded }),
  thread_of_text: () => new Worker('0', { eval: true, env, execArgv: [] }),
};

if (isMainThread && CHILD === undefined) {
  const child = ways[HOW]();
  if (child instanceof Worker) console.log(child.constructor === Worker || child instanceof Own, Worker.name);
  const [code] = await once(child, 'exit');
  process.exitCode = code;
}
