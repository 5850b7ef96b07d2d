/** Looks at a directory, the environment, the file and the endpoint. Changes nothing and waits about a second. */
import { constants, existsSync } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readSettings } from '../../register/settings.ts';
import { collect } from '../../report/read/collect.ts';
import { probeOtlp } from '../otlp-probe.ts';
import { packageRoot } from '../package-files.ts';
import type { Client, Facts, Manifest, Resolved } from './check.ts';
import { type KnownClient, knownClients } from './clients.ts';
import { instrumentedIn, problemsOfFile, retiredNames } from './setups.ts';

export interface GatherOptions {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly required: readonly string[];
  /** A JSON file with the setup of a session. */
  readonly setup?: string;
}

const probeTimeoutMs = 1_000;
/** Of a larger file, counting the sessions would be waited for. */
const countedBytes = 64 * 2 ** 20;
const otelSdks = ['@opentelemetry/sdk-node', '@opentelemetry/sdk-trace', '@opentelemetry/sdk-trace-base'];
const bundlerFile = /^(webpack|rollup|rolldown|vite|esbuild|tsup|tsdown|next)\.config\.[cm]?[jt]s$/;

export async function gatherFacts({ directory, env, required, setup }: GatherOptions): Promise<Facts> {
  const { settings, warnings } = readSettings(env);
  const require = createRequire(path.join(directory, 'package.json'));
  const filePath = path.resolve(directory, settings.file.path);
  const [manifest, genai, clients, apiCopies, sdks, names, endpoint, file, recorded, retired, own, problems] =
    await Promise.all([
      readManifest(directory),
      resolvePackage(require, '@google/genai'),
      Promise.all(knownClients.map((client) => resolveClient(require, client))),
      copiesOf(directory, require, '@opentelemetry/api'),
      Promise.all(otelSdks.map((name) => resolvePackage(require, name))),
      readdir(directory).catch((): string[] => []),
      probeOtlp(env, probeTimeoutMs),
      checkFile(filePath),
      recordedIn(filePath),
      retiredNames(directory),
      instrumentedIn(directory),
      setup === undefined ? [] : problemsOfFile(path.resolve(directory, setup)),
    ]);
  return {
    nodeVersion: process.versions.node,
    directory,
    nodeOptions: env.NODE_OPTIONS ?? '',
    registerPath: path.join(packageRoot(), 'dist/register.cjs'),
    ...(manifest && { manifest }),
    ...(genai && { genai }),
    clients: clients.filter((found) => found !== undefined),
    apiCopies,
    otelSdks: sdks.filter((found) => found !== undefined),
    bundlerFiles: names.filter((name) => bundlerFile.test(name)).sort(),
    required: required.map((name) => ({ name, found: isFound(require, name) })),
    endpoint,
    file: { ...file, used: settings.routes.traces.file, ...(recorded && { recorded }) },
    ...(own !== undefined && { instrumentedIn: own }),
    retiredNames: retired,
    ...(setup !== undefined && { setup: { file: setup, problems } }),
    hasPage: names.includes('index.html'),
    disabled: settings.disabled,
    settingsWarnings: warnings,
  };
}

function isFound(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

async function readManifest(directory: string): Promise<Manifest | undefined> {
  const manifest = await readJson(path.join(directory, 'package.json'));
  if (!manifest) return undefined;
  return { scripts: record(manifest.scripts) };
}

/**
 * A file of the package: its entry, else its package.json, which is all there is of one without an entry (`firebase`), or
 * with one for `import` alone.
 */
function fileOf(require: NodeJS.Require, name: string): string | undefined {
  for (const file of [name, `${name}/package.json`]) {
    try {
      return require.resolve(file);
    } catch {
      // The next one, or none is exported.
    }
  }
  return require.resolve
    .paths(name)
    ?.map((folder) => path.join(folder, name, 'package.json'))
    .find((file) => existsSync(file));
}

/** The package that `name` leads to, read from the package.json above its entry. */
async function resolvePackage(require: NodeJS.Require, name: string): Promise<Resolved | undefined> {
  const entry = fileOf(require, name);
  if (entry === undefined) return undefined;
  for (let at = path.dirname(entry); at !== path.dirname(at); at = path.dirname(at)) {
    const manifest = await readJson(path.join(at, 'package.json'));
    if (manifest?.name === name) return { name, version: String(manifest.version), entry };
  }
  return { name, version: 'unknown', entry };
}

async function resolveClient(require: NodeJS.Require, client: KnownClient): Promise<Client | undefined> {
  const found = await resolvePackage(require, client.name);
  if (found === undefined) return undefined;
  const genai =
    client.through === 'sdk' && (await resolvePackage(createRequire(found.entry), '@google/genai'));
  return { ...client, ...found, ...(genai && { genai }) };
}

/** The copy that resolves, and those nested in direct and scoped packages beside it. */
async function copiesOf(
  directory: string,
  require: NodeJS.Require,
  name: string,
): Promise<readonly Resolved[]> {
  const first = await resolvePackage(require, name);
  const root = path.join(directory, 'node_modules');
  const copies = await Promise.all(
    (await packagesIn(root)).map(async (found) => {
      const at = path.join(root, found, 'node_modules', name);
      const manifest = await readJson(path.join(at, 'package.json'));
      return manifest ? { name, version: String(manifest.version), entry: at } : undefined;
    }),
  );
  return [...(first ? [first] : []), ...copies.filter((copy) => copy !== undefined)];
}

async function packagesIn(root: string): Promise<readonly string[]> {
  const names = await readdir(root).catch((): string[] => []);
  const scoped = names
    .filter((name) => name.startsWith('@'))
    .map(async (scope) => {
      const inside = await readdir(path.join(root, scope)).catch((): string[] => []);
      return inside.map((name) => path.join(scope, name));
    });
  return [...names.filter((name) => !/^[@.]/.test(name)), ...(await Promise.all(scoped)).flat()];
}

async function checkFile(file: string): Promise<Omit<Facts['file'], 'used'>> {
  try {
    await access(file, constants.W_OK);
    return { path: file };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return { path: file, problem: codeOf(error) };
  }
  // It and its directories are made with the first line.
  const parent = path.dirname(file);
  return parent === file ? { path: file, problem: 'ENOENT' } : { ...(await checkFile(parent)), path: file };
}

/** `undefined` where there is no file yet. */
async function recordedIn(file: string): Promise<Facts['file']['recorded']> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  const lastMsAgo = Math.max(0, Date.now() - found.mtimeMs);
  if (found.size > countedBytes) return { lastMsAgo };
  // What is no telemetry holds no session.
  const sessions = await collect([file], { keepSessions: 0 }).then(
    ({ counts }) => counts.sessions,
    () => 0,
  );
  return { sessions, lastMsAgo };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}
