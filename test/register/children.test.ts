import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, runNode } from '../support/run-node.ts';

const app = join(root, 'test/register/apps/children.mjs');
const register = join(root, 'dist/register.cjs');

async function start(how: string, flags: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const run = await runNode([...flags, app], { env: { HOW: how, PRELOAD: register, ...env } });
  expect(run.code, run.stderr).toBe(0);
  return { ...run, warnings: run.stderr.match(/\[LIVE_OTEL_NOT_SEEN\] Warning: .*/g) ?? [] };
}

it.each([
  ['fork', 'a process'],
  ['spawn', 'a process'],
  ['spawn_with_flags', 'a process'],
  ['thread', 'a thread'],
  ['thread_of_a_class', 'a thread'],
])('what is started without the preload (%s) is said to go unrecorded', async (how, what) => {
  for (const flag of ['--require', '--import']) {
    const { warnings } = await start(how, [flag, register]);
    expect(warnings).toEqual([
      expect.stringContaining(
        `/children.mjs runs in ${what} that is started without the preload of live-otel`,
      ),
    ]);
  }
});

it.each([
  'fork_as_it_is',
  'fork_with',
  'fork_environment',
  'fork_helper',
  'fork_silent',
  'thread_silent',
  'spawn_other',
  'thread_as_it_is',
  'thread_with',
  'thread_of_text',
])('nothing is said where it is there, or where no session is to be expected (%s)', async (how) => {
  const { stderr } = await start(how, ['--require', register]);
  expect(stderr).toBe('');
});

it('a script that is not there is for the application alone to hear of', async () => {
  const run = await runNode(['--require', register, app], {
    env: { HOW: 'fork_missing', PRELOAD: register },
  });
  expect([run.code, run.stderr]).toEqual([1, '']);
});

it.each(['fork', 'thread'])('nothing is said where NODE_OPTIONS has it for all (%s)', async (how) => {
  const { stderr } = await start(how, [], { NODE_OPTIONS: `--require ${register}` });
  expect(stderr).toBe('');
});

it('a thread is the same for the application', async () => {
  const { stdout } = await start('thread', ['--require', register]);
  const without = await start('thread', []);
  expect(stdout).toBe('true Worker\n');
  expect(stdout).toBe(without.stdout);
});
