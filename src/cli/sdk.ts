/** Where `@google/genai` is found: the user's, else one that npm installs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UsageError } from './usage-error.ts';

export const sdkName = '@google/genai';

/** The file of the SDK's entry, as a module in the folder would get it. */
export function sdkFoundFrom(folder: string): string | undefined {
  try {
    return createRequire(path.join(path.resolve(folder), 'index.mjs')).resolve(sdkName);
  } catch {
    return undefined;
  }
}

/** Installs the SDK into a folder of ours. */
export async function installSdk(folder: string, who: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  process.stderr.write(`${who} needs ${sdkName}: npm installs it into ${folder}.\n`);
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${sdkName}@^3`];
  const child = spawn('npm', args, {
    cwd: folder,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close').catch(() => [1])) as [number | null];
  if (code !== 0) {
    throw new UsageError(`${sdkName} could not be installed. Run npm install ${sdkName}, then try again.`, 1);
  }
}
