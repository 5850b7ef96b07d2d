/**
 * The real servers, as programs: built from their Go modules, which deploy/native pins with checksums, or taken from
 * Debian's package. What was built once is used again while its checksum holds.
 */
import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { type CacheOptions, cached } from './cache.ts';
import { isInstalled, runCommand } from './command.ts';

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
  const alertmanager = await findAlertmanager(options);
  const prometheus = await goProgram('prometheus', ['prometheus', 'promtool'], options);
  const jaeger = await goProgram('jaeger', ['jaeger'], options);
  const otelcol = await collector(options);
  return {
    ...alertmanager,
    prometheus: path.join(prometheus, 'prometheus'),
    promtool: path.join(prometheus, 'promtool'),
    jaeger: path.join(jaeger, 'jaeger'),
    otelcol: path.join(otelcol, 'otelcol'),
  };
}

/** The program that reads a compose file and says what is wrong with it. */
export async function findComposeCheck(options: CacheOptions = {}): Promise<string> {
  return path.join(await goProgram('compose', ['cmd'], options), 'cmd');
}

/** Builds the tools that a module of deploy/native names. Resolves to their folder. */
async function goProgram(
  module: string,
  programs: readonly string[],
  options: CacheOptions,
): Promise<string> {
  const source = path.join(root, 'deploy/native', module);
  return cached(
    {
      name: module,
      inputs: [...(await moduleFiles(module)), await goVersion(options)],
      programs,
      make: async (folder) => goBuild(source, ['-o', `${folder}/`, 'tool'], `building ${module}`, options),
    },
    options,
  );
}

/** The Collector: its builder writes the program from collector/builder.yaml, our go.sum guards what goes in. */
async function collector(options: CacheOptions): Promise<string> {
  const manifest = await readFile(path.join(root, 'collector/builder.yaml'), 'utf8');
  return cached(
    {
      name: 'collector',
      inputs: [manifest, ...(await moduleFiles('collector')), await goVersion(options)],
      programs: ['otelcol'],
      make: async (folder) => {
        const builder = await goProgram('builder', ['builder'], options);
        const source = await mkdtemp(path.join(tmpdir(), 'live-otel-collector-'));
        try {
          await generateCollector(path.join(builder, 'builder'), manifest, source);
          await cp(path.join(root, 'deploy/native/collector'), source, { recursive: true });
          await goBuild(source, ['-o', `${folder}/otelcol`, '.'], 'building collector', options);
        } finally {
          await rm(source, { recursive: true, force: true });
        }
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

/** `tool` as a package means all tools of the module. */
async function goBuild(
  source: string,
  args: readonly string[],
  what: string,
  { onProgress }: CacheOptions,
): Promise<void> {
  onProgress?.(what);
  await runCommand('go', ['build', '-ldflags=-s -w', ...args], {
    cwd: source,
    env: { GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    what,
    ...(onProgress && { onProgress }),
  });
}

async function moduleFiles(module: string): Promise<readonly Buffer[]> {
  const folder = path.join(root, 'deploy/native', module);
  return Promise.all((await readdir(folder)).toSorted().map((file) => readFile(path.join(folder, file))));
}

async function goVersion({ onProgress }: CacheOptions): Promise<string> {
  if (!(await isInstalled('go', ['version']))) {
    await installFromDebian('golang-go', 'Go 1.21 or newer', onProgress);
  }
  return runCommand('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH', 'CGO_ENABLED'], {
    cwd: path.join(root, 'deploy/native/collector'),
  });
}

/** Alertmanager of the machine, else of Debian's package, unpacked aside: installing it would start it as a service. */
async function findAlertmanager(options: CacheOptions): Promise<Pick<Binaries, 'alertmanager' | 'amtool'>> {
  for (const name of ['prometheus-alertmanager', 'alertmanager']) {
    if (!(await isInstalled(name, ['--version'])) || !(await isInstalled('amtool', ['--version']))) continue;
    return { alertmanager: await which(name), amtool: await which('amtool') };
  }
  if (!(await isInstalled('apt-get', ['--version']))) {
    throw new Error(
      'Alertmanager is missing: install it so that "alertmanager" and "amtool" are on the PATH (Debian: prometheus-alertmanager).',
    );
  }
  const folder = await cached(
    {
      name: 'alertmanager',
      inputs: [process.arch],
      programs: ['alertmanager', 'amtool'],
      make: (target) => unpackAlertmanager(target, options),
    },
    options,
  );
  return { alertmanager: path.join(folder, 'alertmanager'), amtool: path.join(folder, 'amtool') };
}

async function unpackAlertmanager(target: string, { onProgress }: CacheOptions): Promise<void> {
  const name = 'prometheus-alertmanager';
  onProgress?.(`fetching Debian's ${name}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'live-otel-alertmanager-'));
  try {
    if (process.getuid?.() === 0) await runCommand('apt-get', ['update', '-qq']);
    await runCommand('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', name], { cwd: folder });
    const [archive = name] = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
    await runCommand('dpkg-deb', ['-x', path.join(folder, archive), folder]);
    await copyFile(path.join(folder, 'usr/bin', name), path.join(target, 'alertmanager'));
    await copyFile(path.join(folder, 'usr/bin/amtool'), path.join(target, 'amtool'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installFromDebian(
  name: string,
  what: string,
  onProgress: ((line: string) => void) | undefined,
): Promise<void> {
  const can = process.getuid?.() === 0 && (await isInstalled('apt-get', ['--version']));
  if (!can)
    throw new Error(`${what} is missing: install it (Debian: apt-get install ${name}), then try again.`);
  onProgress?.(`installing Debian's ${name}`);
  await runCommand('apt-get', ['update', '-qq']);
  await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    what: `installing ${name}`,
    ...(onProgress && { onProgress }),
  });
}

async function which(name: string): Promise<string> {
  return (await runCommand('sh', ['-c', `command -v ${name}`])).trim();
}
