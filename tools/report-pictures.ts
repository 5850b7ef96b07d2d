/**
 * The pictures of the report's page: of the demo's own telemetry for the README (docs/images/report-{light,dark,phone}.png),
 * and of every state that a reader meets, to be looked at after a change (.pictures/STATE-{light,dark,phone,print}.png).
 *
 *   npm run demo && npm run report:pictures
 */
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { toReport } from '../src/report/assemble.ts';
import { collect } from '../src/report/read/collect.ts';
import { renderPage } from '../src/report/render/page/render.ts';
import { launchChromium } from '../test/browser/support/chromium.ts';
import { teamReport } from '../test/report/render/page/reports.ts';
import { states } from '../test/report/render/states.ts';

const looks = {
  light: { viewport: { width: 1100, height: 1250 }, colorScheme: 'light' },
  dark: { viewport: { width: 1100, height: 1250 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 760 }, colorScheme: 'light', deviceScaleFactor: 2 },
} as const;

const folder = await mkdtemp(path.join(tmpdir(), 'live-otel-report-'));
const browser = await launchChromium();
try {
  for (const [name, report] of Object.entries({ ...states, team: teamReport })) {
    await draw(browser, renderPage(report), path.join('.pictures', name), true);
  }
  const isDemoThere = await access('.demo').then(
    () => true,
    () => false,
  );
  if (isDemoThere) {
    await draw(browser, renderPage(toReport(await collect(['.demo']))), 'docs/images/report', false);
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** @param whole the page from top to bottom, with its first session opened, and as it is printed */
async function draw(chromium: Browser, markup: string, to: string, whole: boolean): Promise<void> {
  const file = path.join(folder, 'report.html');
  await writeFile(file, markup);
  await mkdir(path.dirname(to), { recursive: true });
  for (const [look, options] of Object.entries(looks)) {
    const page = await chromium.newPage(options);
    await page.goto(pathToFileURL(file).href);
    const first = page.locator('#session-1 summary').first();
    if (whole && (await first.count()) > 0) await first.click();
    await page.screenshot({ path: `${to}-${look}.png`, fullPage: whole });
    if (whole && look === 'light') {
      await page.emulateMedia({ media: 'print' });
      await page.screenshot({ path: `${to}-print.png`, fullPage: true });
    }
    await page.close();
  }
}
