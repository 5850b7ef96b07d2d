import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseGo, findGo, moduleProxies } from '../../../tools/stack/go.ts';

describe('which Go builds the servers', () => {
  const pins = 'golang.org/toolchain v0.0.1-go1.26.8.linux-amd64 h1:sum=\n';
  const choice = (installed: string | undefined, platform = 'linux', arch = 'x64'): string =>
    chooseGo({ installed, needed: '1.26.0', pins, platform, arch }).kind;

  test.each([
    ['go1.26.0', 'installed'],
    ['go1.26.8', 'installed'],
    ['go1.27rc1', 'installed'],
    ['go1.30.1', 'installed'],
    ['go2.0', 'installed'],
    ['devel go1.27-0a1b2c', 'installed'],
    ['go1.25.9', 'fetched'],
    ['go1.19.8', 'fetched'],
    ['go1.3', 'fetched'],
    ['', 'fetched'],
    [undefined, 'fetched'],
  ])('%s: %s', (installed, kind) => expect(choice(installed)).toBe(kind));

  test('none is pinned for other machines; an installed one serves them', () => {
    expect(choice(undefined, 'linux', 'riscv64')).toBe('none');
    expect(choice('go1.19.8', 'freebsd')).toBe('none');
    expect(choice('go1.26.1', 'freebsd')).toBe('installed');
  });
});

test('the toolchain that is pinned is one for all machines, and new enough', () => {
  const native = path.resolve(import.meta.dirname, '../../../deploy/native');
  const pins = readFileSync(path.join(native, 'go/go.sum'), 'utf8');
  const names = [];
  for (const platform of ['darwin', 'linux']) {
    for (const arch of ['arm64', 'x64']) {
      const choice = chooseGo({ installed: undefined, needed: '1.26.0', pins, platform, arch });
      if (choice.kind === 'fetched') names.push(choice.name);
    }
  }
  expect(names).toHaveLength(4);
  expect(new Set(names).size).toBe(1);
  for (const folder of readdirSync(native)) {
    const file = path.join(native, folder, 'go.mod');
    const needed = existsSync(file) ? /^go (\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
    if (needed === undefined) continue;
    const question = { installed: names[0], needed, pins, platform: 'linux', arch: 'x64' };
    expect(chooseGo(question).kind, folder).toBe('installed');
  }
});

test.each([
  ['', ['https://proxy.golang.org']],
  ['https://proxy.golang.org,direct', ['https://proxy.golang.org']],
  ['http://a.example/go/|https://b.example,direct', ['http://a.example/go', 'https://b.example']],
  ['direct', []],
  ['off', []],
  ['file:///srv/go,https://b.example', ['https://b.example']],
])('module proxies of GOPROXY=%s', (value, proxies) => expect(moduleProxies(value)).toEqual(proxies));

describe('a Go that is fetched', () => {
  const version = 'v0.0.1-go1.26.8.linux-amd64';
  const prefix = `golang.org/toolchain@${version}/`;
  const files = {
    [`${prefix}bin/go`]: strToU8('#!/bin/sh\necho "$GOTOOLCHAIN $CGO_ENABLED $*"\n'),
    [`${prefix}src/_go.mod`]: strToU8('module std\n'),
  };
  const pins = `golang.org/toolchain ${version} ${sumOf(files)}\n`;
  const machine = { platform: 'linux', arch: 'x64' };
  let folder: string;
  let cacheDir: string;
  let proxy: Server;
  let requests: string[];
  let status: number;
  let url: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'live-otel-go-'));
    cacheDir = path.join(folder, 'cache');
    requests = [];
    status = 200;
    proxy = createServer((request, response) => {
      requests.push(`${request.url} ${request.headers.authorization ?? ''}`.trim());
      response.writeHead(status).end(status === 200 ? zipSync(files) : 'no');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    url = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  });

  const env = (GOPROXY: string, PATH = ''): Record<string, string> => ({ PATH, GOPROXY });

  test('runs by itself, and stays for the next time', async () => {
    const said: string[] = [];
    const options = { cacheDir, env: env(`http://${url}`), pins, ...machine };
    const go = await findGo({ ...options, onProgress: (line) => said.push(line) });
    expect(requests, 'nothing is fetched before it is needed').toEqual([]);
    expect(go.identity).toBe('go1.26.8\nlinux\namd64\n0\n');
    expect(await go.run(['build', '-x'])).toBe('local 0 build -x\n');
    expect(said[0]).toBe(
      `Go 1.26.0 or newer is needed and this machine has none: go1.26.8 is fetched from http://${url}`,
    );
    expect(await (await findGo(options)).run(['version'])).toBe('local 0 version\n');
    expect(requests).toEqual([`/golang.org/toolchain/@v/${version}.zip`]);
    const [cached = ''] = await readdir(cacheDir);
    expect(await readdir(path.join(cacheDir, cached, 'src'))).toEqual(['go.mod']);
  });

  test('takes the place of an older one, and logs in to the proxy', async () => {
    const bin = path.join(folder, 'bin');
    await mkdir(bin);
    // Go 1.19 cannot read a go.mod of today.
    const old =
      '#!/bin/sh\nif [ "$1" = version ]; then echo "go version go1.19.8 linux/amd64"; else exit 1; fi\n';
    await writeFile(path.join(bin, 'go'), old);
    await chmod(path.join(bin, 'go'), 0o755);
    const said: string[] = [];
    const go = await findGo({
      cacheDir,
      env: env(`http://me:p%40ss@${url},direct`, bin),
      pins,
      ...machine,
      onProgress: (line) => said.push(line),
    });
    expect(await go.run(['env'])).toBe('local 0 env\n');
    expect(said[0]).toContain('and this machine has 1.19.8: go1.26.8 is fetched');
    expect(said.join('\n')).not.toContain('p%40ss');
    expect(requests[0]).toContain(`Basic ${btoa('me:p@ss')}`);
  });

  test.each([
    ['answers that there is none', 404, pins, 'answered 404'],
    ['sends something else', 200, pins.replace(/h1:.{6}/, 'h1:AAAAAA'), 'is not what its checksum says'],
  ])('is refused where the proxy %s, in one sentence', async (_, answer, sums, reason) => {
    status = answer;
    const go = await findGo({ cacheDir, env: env(`http://${url}`), pins: sums, ...machine });
    const problem = await go.run(['build']).catch(String);
    expect(problem).toContain('Go 1.26.0 or newer is needed to build the servers; this machine has none');
    expect(problem).toContain(reason);
    expect(problem).toContain('Nothing was built. Install Go from https://go.dev/dl');
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('is not looked for where GOPROXY forbids it', async () => {
    const go = await findGo({ cacheDir, env: env('off'), pins, ...machine });
    await expect(go.run(['build'])).rejects.toThrow('GOPROXY is "off"');
    expect(requests).toEqual([]);
  });
});

/** As `h1:` in go.sum is defined. */
function sumOf(files: Readonly<Record<string, Uint8Array>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).toSorted())
    hash.update(
      `${createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex')}  ${name}\n`,
    );
  return `h1:${hash.digest('base64')}`;
}
