/** Bundles a page as an application does. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'tsdown';

/** @param resolve what packages are taken from elsewhere than the project's own */
export async function bundlePage(entry: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    config: false,
    entry: { main: entry },
    outDir: folder,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    dts: false,
    clean: false,
    report: false,
    logLevel: 'error',
    hash: false,
    outExtensions: () => ({ js: '.js' }),
    deps: { alwaysBundle: [/./] },
  });
  await writeFile(
    path.join(folder, 'index.html'),
    '<!doctype html><script type="module" src="main.js"></script>',
  );
}
