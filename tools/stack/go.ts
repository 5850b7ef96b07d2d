/**
 * The Go that builds the servers: that of the machine where it is new enough, else the toolchain that deploy/native/go
 * pins. Go publishes its toolchains as modules, so it comes from where the servers' modules come from.
 */
import { readdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { type CacheOptions, cached } from './cache.ts';
import { type CommandOptions, runCommand } from './command.ts';
import { unpackToolchain } from './go-toolchain.ts';

const native = path.join(path.dirname(path.dirname(import.meta.dirname)), 'deploy/native');
const toolchain = 'golang.org/toolchain';

export interface Go {
  /** What it is and builds for: goes into the key of each program. */
  readonly identity: string;
  /** Runs it. Fetches it first where it is not there; rejects with a sentence where it cannot be had. */
  readonly run: (args: readonly string[], options?: CommandOptions) => Promise<string>;
}

export interface GoOptions extends CacheOptions {
  /** Default: of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: string;
  readonly arch?: string;
  /** Lines of a go.sum with the toolchains that may be fetched. Default: deploy/native/go/go.sum. */
  readonly pins?: string;
}

export async function findGo(options: GoOptions = {}): Promise<Go> {
  const { env = process.env, platform = process.platform, arch = process.arch } = options;
  const pins = options.pins ?? (await readFile(path.join(native, 'go/go.sum'), 'utf8'));
  const needed = await neededVersion();
  // In a folder whose go.mod asks for a newer one, Go 1.21 and newer gets that by itself, where it may.
  const answer = await goSays(['env', 'GOVERSION', 'GOOS', 'GOARCH', 'CGO_ENABLED'], env, {
    cwd: path.join(native, 'collector'),
  });
  const choice = chooseGo({ installed: answer?.split('\n')[0], needed, pins, platform, arch });
  if (choice.kind === 'installed')
    return { identity: answer ?? '', run: (args, command) => runCommand('go', args, command) };

  const found = /go(\d\S*)/.exec(
    (await goSays(['version'], env, { env: { GOTOOLCHAIN: 'local' } })) ?? '',
  )?.[1];
  const has = `this machine has ${found ?? 'none'}`;
  const refuse = (why: string): Error =>
    new Error(
      `Go ${needed} or newer is needed to build the servers; ${has}, and ${why}. Nothing was built. ` +
        'Install Go from https://go.dev/dl, or set GOPROXY to a module proxy that this machine reaches, then try again.',
    );
  if (choice.kind === 'none') throw refuse(`none is known for ${platform} on ${arch}`);

  const { version, sum, name, identity } = choice;
  let file: Promise<string> | undefined;
  async function fetchOnce(): Promise<string> {
    const setting =
      env.GOPROXY || (await goSays(['env', 'GOPROXY'], env, { env: { GOTOOLCHAIN: 'local' } })) || '';
    const folder = await cached(
      {
        name: 'go',
        inputs: [version, sum],
        make: async (target) => {
          const proxies = moduleProxies(setting.trim());
          if (proxies.length === 0)
            throw refuse(`${name} is not fetched because GOPROXY is "${setting.trim()}"`);
          const from = proxies.map(withoutLogin).join(', ');
          options.onProgress?.(`Go ${needed} or newer is needed and ${has}: ${name} is fetched from ${from}`);
          try {
            const zip = await download(proxies, `${toolchain}/@v/${version}.zip`);
            await unpackToolchain(zip, `${toolchain}@${version}/`, sum, target);
          } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            throw refuse(`${name} could not be fetched from ${from}: ${reason}`);
          }
        },
      },
      options,
    );
    return path.join(folder, 'bin/go');
  }
  return {
    identity,
    run: async (args, command = {}) => {
      file ??= fetchOnce();
      return runCommand(await file, args, { ...command, env: { ...command.env, ...fetchedEnv } });
    },
  };
}

/** A fetched Go is itself, whatever another one was set to, and needs no C compiler. */
const fetchedEnv = { GOROOT: '', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };

export type GoChoice =
  | { readonly kind: 'installed' }
  | {
      readonly kind: 'fetched';
      /** Of the module. */
      readonly version: string;
      readonly sum: string;
      /** As Go calls it: `go1.26.8` */
      readonly name: string;
      readonly identity: string;
    }
  | { readonly kind: 'none' };

export interface GoQuestion {
  /** What `go env GOVERSION` said; `undefined` where it said nothing. */
  readonly installed: string | undefined;
  readonly needed: string;
  readonly pins: string;
  readonly platform: string;
  readonly arch: string;
}

export function chooseGo({ installed = '', needed, pins, platform, arch }: GoQuestion): GoChoice {
  if (isAtLeast(installed, needed)) return { kind: 'installed' };
  const goArch = arch === 'x64' ? 'amd64' : arch;
  for (const line of pins.split('\n')) {
    const [module, version = '', sum = ''] = line.split(' ');
    const [, name, os, architecture] = /^v0\.0\.1-(go[\d.]+)\.(\w+)-(\w+)$/.exec(version) ?? [];
    if (module !== toolchain || name === undefined || os !== platform || architecture !== goArch) continue;
    return { kind: 'fetched', version, sum, name, identity: `${name}\n${os}\n${goArch}\n0\n` };
  }
  return { kind: 'none' };
}

/** `go1.26.8`, `go1.27rc1` and `devel go1.27-0a1b2c` against `1.26.0`. */
function isAtLeast(version: string, needed: string): boolean {
  const numbers = (text: string): readonly number[] =>
    (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? []).slice(1).map((part) => Number(part ?? 0));
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  const [neededMajor = 0, neededMinor = 0, neededPatch = 0] = numbers(needed);
  return (major - neededMajor || minor - neededMinor || patch - neededPatch) >= 0;
}

/** The newest that a go.mod of deploy/native asks for. */
async function neededVersion(): Promise<string> {
  let needed = '0';
  for (const folder of await readdir(native)) {
    const text = await readFile(path.join(native, folder, 'go.mod'), 'utf8').catch(() => '');
    const version = /^go (\S+)$/m.exec(text)?.[1];
    if (version !== undefined && !isAtLeast(needed, version)) needed = version;
  }
  return needed;
}

/** The addresses of a GOPROXY. What is no web server is left out: version control, folders. */
export function moduleProxies(setting: string): readonly string[] {
  return (setting || 'https://proxy.golang.org')
    .split(/[,|]/)
    .map((entry) => entry.trim().replace(/\/+$/, ''))
    .filter((entry) => /^https?:/.test(entry));
}

/** From the first that has it. Rejects with why the last one has not. */
async function download(proxies: readonly string[], file: string): Promise<Uint8Array> {
  // HTTPS_PROXY and its like, as Go takes them; older versions of Node cannot.
  const restore = http.setGlobalProxyFromEnv?.();
  try {
    let reason = '';
    for (const proxy of proxies) {
      const { username, password } = new URL(proxy);
      const login = btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
      const headers: HeadersInit = username === '' ? {} : { authorization: `Basic ${login}` };
      try {
        const response = await fetch(`${withoutLogin(proxy)}/${file}`, { headers });
        if (response.ok) return new Uint8Array(await response.arrayBuffer());
        reason = `it answered ${response.status}`;
      } catch (error) {
        reason = error instanceof Error ? String(error.cause ?? error.message) : String(error);
      }
    }
    throw new Error(reason);
  } finally {
    restore?.();
  }
}

function withoutLogin(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

/** `undefined` where there is no Go, or it refuses. */
async function goSays(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  command: CommandOptions,
): Promise<string | undefined> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return runCommand('go', args, { ...command, env: { ...Object.fromEntries(set), ...command.env } }).catch(
    () => undefined,
  );
}
