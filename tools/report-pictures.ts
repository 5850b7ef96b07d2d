/**
 * The pictures of the report's page, of the demo's own telemetry: docs/images/report-{light,dark,phone}.png.
 *
 *   npm run demo && npm run report:pictures
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { toReport } from '../src/report/assemble.ts';
import { collect } from '../src/report/read/collect.ts';
import { renderPage } from '../src/report/render/page/render.ts';
import { launchChromium } from '../test/browser/support/chromium.ts';

const looks = {
  light: { viewport: { width: 1100, height: 1250 }, colorScheme: 'light' },
  dark: { viewport: { width: 1100, height: 1250 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 760 }, colorScheme: 'light', deviceScaleFactor: 2 },
} as const;

const report = toReport(await collect(['.demo']));
const folder = await mkdtemp(path.join(tmpdir(), 'live-otel-report-'));
const file = path.join(folder, 'report.html');
const browser = await launchChromium();
try {
  await writeFile(file, renderPage(report));
  await mkdir('docs/images', { recursive: true });
  for (const [look, options] of Object.entries(looks)) {
    const page = await browser.newPage(options);
    await page.goto(pathToFileURL(file).href);
    await page.screenshot({ path: `docs/images/report-${look}.png` });
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
