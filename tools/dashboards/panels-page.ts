/**
 * A page that draws Grafana's own panels, in Chromium. What draws them is a package of its own, tools/grafana, because
 * `@grafana/ui` brings 400 MB that only these pictures need. It is installed and bundled here, on demand.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { runCommand } from '../stack/command.ts';

const folder = path.join(path.dirname(import.meta.dirname), 'grafana');
const icons = path.join(folder, 'node_modules/@grafana/ui/dist/public');
/** Grafana's font, which its packages name and do not hold. */
const font = path.join(folder, 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');
/** Nothing listens there: every request is answered from files. */
const address = 'http://panels.localhost/';
const width = 1_440;

export interface PanelsPage extends AsyncDisposable {
  readonly page: Page;
}

export async function openPanelsPage(onProgress: (line: string) => void): Promise<PanelsPage> {
  await bundle(onProgress);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width, height: 800 }, timezoneId: 'UTC' });
  page.on('pageerror', (error) => onProgress(`the page failed: ${error.message}`));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = fileOf(pathname);
    await route.fulfill(file === undefined ? { contentType: 'text/html', body: html } : { path: file });
  });
  await page.goto(address);
  return { page, [Symbol.asyncDispose]: () => browser.close() };
}

const html = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/page.css"><body><script src="/page.js"></script>`;

function fileOf(pathname: string): string | undefined {
  if (pathname === '/page.js' || pathname === '/page.css') return path.join(folder, 'dist', pathname);
  if (pathname.includes('/fonts/inter/')) return font;
  const [, icon] = /\/build(\/img\/icons\/.+)$/.exec(pathname) ?? [];
  return icon && path.join(icons, icon);
}

/** The lock file that is installed, if any. */
async function bundle(onProgress: (line: string) => void): Promise<void> {
  const npm = (what: string, ...args: string[]): Promise<string> => {
    onProgress(what);
    return runCommand('npm', args, { cwd: folder, what });
  };
  if (!(await isInstalled())) {
    await npm('installing @grafana/ui, about 450 MB', 'ci', '--no-audit', '--no-fund', '--ignore-scripts');
  }
  await npm("bundling Grafana's panels", 'run', '--silent', 'build');
}

/** npm writes down what it installed. */
async function isInstalled(): Promise<boolean> {
  const versions = async (file: string): Promise<Map<string, string>> => {
    const { packages } = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
    };
    return new Map(
      Object.entries(packages)
        .filter(([name, { optional }]) => name !== '' && optional !== true)
        .map(([name, { version = '' }]) => [name, version]),
    );
  };
  const wanted = await versions('package-lock.json');
  const installed = await versions('node_modules/.package-lock.json').catch(() => new Map<string, string>());
  return [...wanted].every(([name, version]) => installed.get(name) === version);
}
