/** The example agent where it finds the SDK it needs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UsageError } from '../usage-error.ts';

const sdk = '@google/genai';

/**
 * @param folder of the agent
 * @param out a directory of the demo
 * @returns the agent's main file: in the package, where `@google/genai` is found from there or from the working directory
 *   (then as a copy in `out`); else in `out`, with the SDK installed beside it
 */
export async function placeAgent(folder: string, out: string): Promise<string> {
  if (isFoundFrom(folder)) return path.join(folder, 'agent.mjs');
  const copy = path.resolve(out, 'agent');
  await cp(folder, copy, { recursive: true });
  if (!isFoundFrom(copy)) {
    await writeFile(path.join(copy, 'package.json'), '{ "private": true, "type": "module" }\n');
    process.stderr.write(`The demo needs ${sdk}: npm installs it into ${copy}.\n`);
    await install(copy);
  }
  return path.join(copy, 'agent.mjs');
}

function isFoundFrom(folder: string): boolean {
  try {
    createRequire(path.join(folder, 'agent.mjs')).resolve(sdk);
    return true;
  } catch {
    return false;
  }
}

async function install(folder: string): Promise<void> {
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${sdk}@^3`];
  const child = spawn('npm', args, {
    cwd: folder,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close').catch(() => [1])) as [number | null];
  if (code !== 0) {
    throw new UsageError(`${sdk} could not be installed. Run npm install ${sdk}, then the demo again.`, 1);
  }
}
