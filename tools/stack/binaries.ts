/**
 * The real servers, as programs, built from their Go modules, which deploy/native pins with checksums. What was built
 * once is used again while its checksum holds.
 */
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parse, stringify } from 'yaml';
import { type CacheOptions, cached } from './cache.ts';
import { runCommand } from './command.ts';
import { findGo, type Go } from './go.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

/** Absolute paths. */
export interface Binaries {
  readonly otelcol: string;
  readonly jaeger: string;
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
  readonly amtool: string;
}

/** All programs of the stack. The first time takes a quarter of an hour on two cores. Rejects with a sentence. */
export async function findBinaries(options: CacheOptions = {}): Promise<Binaries> {
  const go = await findGo(options);
  const prometheus = await goProgram(go, 'prometheus', options);
  const alertmanager = await alertmanagerPrograms(go, options);
  const jaeger = await goProgram(go, 'jaeger', options);
  const otelcol = await collector(go, 'collector', 'collector/builder.yaml', options);
  return {
    alertmanager: path.join(alertmanager, 'alertmanager'),
    amtool: path.join(alertmanager, 'amtool'),
    prometheus: path.join(prometheus, 'prometheus'),
    promtool: path.join(prometheus, 'promtool'),
    jaeger: path.join(jaeger, 'jaeger'),
    otelcol: path.join(otelcol, 'otelcol'),
  };
}

/** The program that reads a compose file and says what is wrong with it. */
export async function findComposeCheck(options: CacheOptions = {}): Promise<string> {
  return path.join(await goProgram(await findGo(options), 'compose', options), 'cmd');
}

/** What a module can be built without. Prometheus finds its targets in files here: no cloud's SDK goes in. */
const buildTags: Readonly<Record<string, readonly string[]>> = { prometheus: ['-tags=remove_all_sd'] };

/** Builds the tools that a module of deploy/native names. Resolves to their folder. */
async function goProgram(go: Go, module: string, options: CacheOptions): Promise<string> {
  const source = path.join(root, 'deploy/native', module);
  return cached(
    {
      name: module,
      inputs: [...(await moduleFiles(module)), ...(buildTags[module] ?? []), go.identity],
      make: async (folder) =>
        goBuild(
          go,
          source,
          ['-o', `${folder}/`, ...(buildTags[module] ?? []), 'tool'],
          `building ${module}`,
          options,
        ),
    },
    options,
  );
}

/**
 * Alertmanager's module comes without the built files of its UI and does not compile without them: it is built from a
 * copy that has a page of ours in their place. The copy is made of what our go.sum vouches for.
 */
async function alertmanagerPrograms(go: Go, options: CacheOptions): Promise<string> {
  const pinned = path.join(root, 'deploy/native/alertmanager');
  return cached(
    {
      name: 'alertmanager',
      inputs: [...(await moduleFiles('alertmanager')), go.identity],
      make: (folder) =>
        inTemporaryFolder('alertmanager', async (source) => {
          await cp(pinned, source, { recursive: true });
          await copyModule(go, pinned, 'github.com/prometheus/alertmanager', path.join(source, 'module'));
          await writeAlertmanagerPage(path.join(source, 'module/ui/app/dist'));
          await go.run(['mod', 'edit', '-replace=github.com/prometheus/alertmanager=./module'], {
            cwd: source,
          });
          await goBuild(go, source, ['-o', `${folder}/`, 'tool'], 'building alertmanager', options);
        }),
    },
    options,
  );
}

/** Alertmanager serves only what was compressed for the browser that asks. */
async function writeAlertmanagerPage(folder: string): Promise<void> {
  await mkdir(folder);
  const page = Buffer.from(
    '<!doctype html><meta charset="utf-8"><title>Alertmanager</title><p>This Alertmanager was built without its pages. ' +
      'Its API: <a href="api/v2/alerts">alerts</a>, <a href="api/v2/silences">silences</a>; amtool speaks it. ' +
      'The alerts that fire stand in Prometheus as well, under /user/alerts.html.</p>',
  );
  await writeFile(path.join(folder, 'index.html.gz'), gzipSync(page));
  await writeFile(path.join(folder, 'index.html.br'), brotliCompressSync(page));
}

/** A writable copy of a module at the version that the module of `pinned` requires. */
async function copyModule(go: Go, pinned: string, module: string, target: string): Promise<void> {
  const { Dir } = JSON.parse(
    await go.run(['mod', 'download', '-json', module], { cwd: pinned, env: readOnly }),
  ) as { readonly Dir: string };
  await cp(Dir, target, { recursive: true });
  await chmod(path.join(target, 'ui/app'), 0o755);
}

/** The Collector of agents and gateways, with what collector/scale needs besides. */
export async function findScaleCollector(options: CacheOptions = {}): Promise<string> {
  return path.join(
    await collector(await findGo(options), 'collector-scale', 'collector/scale/builder.yaml', options),
    'otelcol',
  );
}

/** A Collector: its builder writes the program from the manifest, the go.sum of our module guards what goes in. */
async function collector(
  go: Go,
  module: string,
  manifestFile: string,
  options: CacheOptions,
): Promise<string> {
  const manifest = await readFile(path.join(root, manifestFile), 'utf8');
  return cached(
    {
      name: module,
      inputs: [manifest, ...(await moduleFiles(module)), go.identity],
      make: async (folder) => {
        const builder = await goProgram(go, 'builder', options);
        await inTemporaryFolder(module, async (source) => {
          await generateCollector(path.join(builder, 'builder'), manifest, source);
          await cp(path.join(root, 'deploy/native', module), source, { recursive: true });
          await goBuild(go, source, ['-o', `${folder}/otelcol`, '.'], `building ${module}`, options);
        });
      },
    },
    options,
  );
}

async function generateCollector(builder: string, manifest: string, folder: string): Promise<void> {
  const { dist, ...rest } = parse(manifest);
  const file = path.join(folder, 'builder.yaml');
  await writeFile(file, stringify({ dist: { ...dist, output_path: folder }, ...rest }));
  await runCommand(builder, ['--config', file, '--skip-compilation', '--skip-get-modules']);
}

/** What is built is what go.sum says, whatever the machine is set to. */
const readOnly = { GOFLAGS: '-mod=readonly', GOWORK: 'off' };

/** Runs `work` in a folder that is gone afterwards. */
async function inTemporaryFolder(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), `live-otel-${name}-`));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `tool` as a package means all tools of the module. */
async function goBuild(
  go: Go,
  source: string,
  args: readonly string[],
  what: string,
  { onProgress }: CacheOptions,
): Promise<void> {
  await go.run(['build', '-ldflags=-s -w', ...args], {
    cwd: source,
    env: readOnly,
    what,
    ...(onProgress && { onProgress }),
  });
}

async function moduleFiles(module: string): Promise<readonly Buffer[]> {
  const folder = path.join(root, 'deploy/native', module);
  return Promise.all((await readdir(folder)).toSorted().map((file) => readFile(path.join(folder, file))));
}
