/** The page of alerts, as Prometheus serves it. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { root } from '../alerts/rules.ts';
import { launchChromium } from './support/chromium.ts';

let browser: Browser;
let server: Server | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(() => server?.close());
afterAll(() => browser?.close());

/** The text of the page and its links, over a Prometheus that answers so. */
async function shown(answer: string): Promise<{ text: string; links: readonly (string | null)[] }> {
  const html = await readFile(path.join(root, 'deploy/prometheus/pages/alerts.html'));
  server = createServer(({ url }, response) => {
    response.end(url === '/api/v1/alerts' ? answer : url === '/user/alerts.html' ? html : '');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/user/alerts.html`);
  await page.waitForFunction(() => !document.querySelector('#state')?.textContent?.startsWith('Asking'));
  const links = page.locator('main a:visible');
  return {
    text: await page.locator('main').innerText(),
    links: await links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))),
  };
}

const alert = (alertname: string, severity: string, state: string) => ({
  labels: { alertname, severity, job: 'agent', window: '1h' },
  annotations: {
    summary: `agent: ${alertname} <b>`,
    description: 'Causes: a (2). Remedy: http://p/user/closures.html#a.',
    runbook_url: 'http://p/user/runbook.html#b',
  },
  state,
  activeAt: '2026-03-01T12:00:00Z',
});

it('shows the worst first, each with its causes and links', async () => {
  const alerts = [
    alert('Later', 'critical', 'pending'),
    alert('Mild', 'warning', 'firing'),
    alert('Bad', 'critical', 'firing'),
  ];
  const { text, links } = await shown(JSON.stringify({ data: { alerts } }));
  expect(text).toContain('2 firing, 1 pending');
  expect(text.match(/agent: \w+ <b>/g)).toEqual(['agent: Bad <b>', 'agent: Mild <b>', 'agent: Later <b>']);
  expect(text).toMatch(/firing · critical · since .* · Bad · agent · window=1h/);
  expect(links.slice(0, 2)).toEqual(['http://p/user/closures.html#a', 'http://p/user/runbook.html#b']);
});

it('says that Prometheus does not answer', async () => {
  expect((await shown('no JSON')).text).toContain('Prometheus did not answer: ');
});
