// Runs one of the pages here in Chromium, prints what it said, and puts the spans that it sent into LIVE_OTEL_FILE.
//   node page.mjs sdk|socket|own-sdk
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../../../browser/support/chromium.ts';

const { LIVE_OTEL_FILE: file, URL_BASE: base = '' } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'live-otel-page-'));
await build({
  entryPoints: { main: fileURLToPath(new URL(`${process.argv[2]}.mjs`, import.meta.url)) },
  bundle: true,
  splitting: true,
  format: 'esm',
  outdir: folder,
  logLevel: 'error',
});

let arrived;
const whole = new Promise((resolve) => {
  arrived = resolve;
});
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://page');
  if (request.method === 'POST') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if (file !== undefined) appendFileSync(file, `${text}\n`);
    if (text.includes('"live_session')) arrived();
    response.end('{}');
  } else if (pathname === '/') {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><script type="module" src="main.js"></script>');
  } else if (pathname.endsWith('.js')) {
    response.setHeader('content-type', 'text/javascript');
    response.end(readFileSync(join(folder, pathname)));
  } else response.writeHead(204).end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await launchChromium();
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(error));
const query = new URLSearchParams({ base, ...(file !== undefined && { recorded: '' }) });
await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`);
await page.waitForFunction(() => 'said' in globalThis);
console.log(await page.evaluate(() => globalThis.said));
// What has ended is sent as a page is left.
await page.goto('about:blank');
if (file !== undefined) await whole;
await browser.close();
server.closeAllConnections();
server.close();
rmSync(folder, { recursive: true });
