import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

describe('live-otel', () => {
  it('prints the version of the package', async () => {
    const manifest: { version: string } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('lists its commands', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}(\w+) /gm)).toEqual([
      '  report ',
      '  issue ',
      '  explain ',
      '  models ',
      '  doctor ',
      '  simulate ',
      '  receive ',
      '  demo ',
      '  record ',
      '  replay ',
      '  experiment ',
      '  init ',
      '  help ',
    ]);
  });

  it.each([
    ['report', '--session'],
    ['explain', '--signal'],
    ['doctor', '--require'],
    ['simulate', '--port'],
    ['demo', '--out'],
    ['init', '--force'],
  ])('describes the options of %s', async (command, option) => {
    const { code, stdout } = await runCli([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(option);
  });

  it.each([
    ['a command', ['frob'], "live-otel: unknown command 'frob'. See live-otel --help.\n"],
    [
      'a misspelt command',
      ['reprot'],
      "live-otel: unknown command 'reprot' (Did you mean report?) See live-otel --help.\n",
    ],
    ['an option', ['report', '--frob'], "live-otel: unknown option '--frob'. See live-otel --help.\n"],
    [
      'a format',
      ['report', '--format', 'xml'],
      "live-otel: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, markdown, json. See live-otel --help.\n",
    ],
  ])('refuses %s it does not know in one line', async (_, args, stderr) => {
    expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr });
  });

  it('loads only what a command needs', async () => {
    const hook = `
      import { registerHooks } from 'node:module';
      const load = (url, context, next) => {
        if (url.includes('/src/')) console.error(url.split('/src/')[1]);
        return next(url, context);
      };
      registerHooks({ load });`;
    const loaded = `data:text/javascript,${encodeURIComponent(hook)}`;
    const { stderr } = await runCli(['report', '--help'], { nodeArgs: ['--import', loaded] });
    const outside = stderr
      .trim()
      .split('\n')
      .filter((file) => !file.startsWith('cli/'));
    // What the package runs with; it imports nothing.
    expect([...new Set(outside)]).toEqual(['conventions/support.ts']);
  });
});
