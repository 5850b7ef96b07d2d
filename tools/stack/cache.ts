/** Built programs in the user's cache, each folder named by what went into it, with the checksums of what came out. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const checksumFile = 'SHA256SUMS';

export interface CacheEntry {
  readonly name: string;
  /** Files and words that decide what is built. */
  readonly inputs: readonly (string | Buffer)[];
  /** Builds the programs into the folder. */
  readonly make: (folder: string) => Promise<void>;
}

export interface CacheOptions {
  /** Default: `live-otel/stack` in `XDG_CACHE_HOME` or `~/.cache`. */
  readonly cacheDir?: string;
  readonly onProgress?: (line: string) => void;
}

/** The folder that holds the programs: as it was made before where its checksums hold, else made now. */
export async function cached(
  { name, inputs, make }: CacheEntry,
  { cacheDir = defaultCacheDir(), onProgress }: CacheOptions,
): Promise<string> {
  const folder = path.join(cacheDir, `${name}-${keyOf(inputs)}`);
  const problem = await verify(folder);
  if (problem === undefined) return folder;
  if (problem !== 'missing') onProgress?.(`${problem}; ${name} is built again`);

  const since = performance.now();
  await mkdir(cacheDir, { recursive: true });
  // Made aside and moved in whole: an interrupted build leaves nothing that looks finished.
  const unfinished = await mkdtemp(path.join(cacheDir, `.${name}-`));
  try {
    await make(unfinished);
    await writeChecksums(unfinished);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder).catch(async (error: unknown) => {
      // Another process was faster.
      if ((await verify(folder)) !== undefined) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  onProgress?.(`${name} is there after ${Math.round((performance.now() - since) / 1_000)} s`);
  return folder;
}

/** `undefined` where every file is what was built, `missing` where nothing was, else a sentence. */
async function verify(folder: string): Promise<string | undefined> {
  let recorded: string;
  try {
    recorded = await readFile(path.join(folder, checksumFile), 'utf8');
  } catch {
    return 'missing';
  }
  for (const line of recorded.trimEnd().split('\n')) {
    const [sum, name = ''] = line.split('  ');
    const file = path.join(folder, name);
    if ((await sha256(file).catch(() => 'no such file')) !== sum) return `${file} is not what was built`;
  }
  return undefined;
}

async function writeChecksums(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const name = path.relative(folder, path.join(entry.parentPath, entry.name));
    lines.push(`${await sha256(path.join(folder, name))}  ${name}\n`);
  }
  await writeFile(path.join(folder, checksumFile), lines.toSorted().join(''));
}

function keyOf(inputs: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(`${input.length}:`).update(input);
  return hash.digest('hex').slice(0, 16);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function defaultCacheDir(): string {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(base, 'live-otel', 'stack');
}
