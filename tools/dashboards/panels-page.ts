/** A page that draws Grafana's own panels, in Chromium. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../test/browser/support/chromium.ts';
import { bundlePage, grafanaPackage } from './grafana-package.ts';

const icons = path.join(grafanaPackage, 'node_modules/@grafana/ui/dist/public');
/** Grafana's font, which its packages name and do not hold. */
const font = path.join(
  grafanaPackage,
  'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);
/** Nothing listens there: every request is answered from files. */
const address = 'http://panels.localhost/';
const width = 1_440;

export interface PanelsPage extends AsyncDisposable {
  readonly page: Page;
}

export async function openPanelsPage(onProgress: (line: string) => void): Promise<PanelsPage> {
  await bundlePage(onProgress);
  const browser = await launchChromium();
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
  if (pathname === '/page.js' || pathname === '/page.css') return path.join(grafanaPackage, 'dist', pathname);
  if (pathname.includes('/fonts/inter/')) return font;
  const [, icon] = /\/build(\/img\/icons\/.+)$/.exec(pathname) ?? [];
  return icon && path.join(icons, icon);
}
