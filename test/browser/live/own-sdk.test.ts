/** A page with an OpenTelemetry SDK of its own: spans go there, once each, below the span that is active. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator, toolSingle } from '../../../src/testing/index.ts';
import { unpackInto } from '../../support/installed-package.ts';
import { root } from '../../support/run-node.ts';
import { launchChromium } from '../support/chromium.ts';
import { bundlePage } from './bundle.ts';
import { type ReceivedSpan, startSite } from './site.ts';

const web = path.join(root, 'test/clients/web');
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'live-otel-own-sdk-'));
  browser = await launchChromium();
  // With the API of its own SDK, which is another version than the project's.
  unpackInto(path.join(web, 'node_modules/live-otel'));
  await bundlePage(path.join(web, 'apps/own-sdk.mjs'), folder);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface OwnPage {
  readonly said: Promise<string>;
  again(): Promise<string>;
}

/** Two conversations, one after the other, and what was sent of them. */
async function spansOf(parameters: Readonly<Record<string, string>>): Promise<readonly ReceivedSpan[]> {
  const site = await startSite(folder);
  const simulator = await LiveServerSimulator.start({ script: toolSingle(), timeScale: 50 });
  const page = await browser.newPage();
  onTestFinished(async () => {
    await page.close();
    await simulator.close();
    await site.close();
  });
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  await page.goto(
    `${site.url}/?${new URLSearchParams({ base: simulator.url, recorded: '', ...parameters })}`,
  );
  await page.waitForFunction(() => 'said' in globalThis);
  const said = await page.evaluate(async () => {
    const { said, again } = globalThis as unknown as OwnPage;
    return [await said, await again()];
  });
  expect(said).toEqual(Array(2).fill('call get_weather, turn complete, close 1000'));
  await page.goto('about:blank');
  await site.span('live_session', 2);
  await site.span('conversation', 2);
  expect(problems).toEqual([]);
  expect(new Set(site.requests.map(({ resource }) => resource['telemetry.sdk.name']))).toEqual(
    new Set(['opentelemetry']),
  );
  return site.spans;
}

it.each(['stack', 'zone'])('with the context manager of %s', async (contexts) => {
  const spans = await spansOf({ contexts });
  const names = spans.map(({ name }) => name.replace(/ .*/, '')).toSorted();
  const each = [
    'conversation',
    'execute_tool',
    'live_closure',
    'live_connect',
    'live_session',
    'realtime_inference',
    'send_tool_response',
  ];
  expect(names).toEqual(each.flatMap((name) => [name, name]));
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  const conversations = spans.filter(({ name }) => name === 'conversation');
  const sessions = spans.filter(({ name }) => name.startsWith('live_session'));
  for (const { traceId, spanId } of conversations) {
    const [session, ...more] = sessions.filter((span) => span.traceId === traceId);
    expect(session?.parentSpanId).toBe(spanId);
    expect(more).toEqual([]);
    expect(spans.filter((span) => span.traceId === traceId)).toHaveLength(each.length);
  }
});

it('is not in the way of another that the application enables as well', async () => {
  // Two instrumentations, the second with an exporter of its own: the first one enabled records.
  const spans = await spansOf({ twice: '' });
  expect(spans.filter(({ name }) => name.startsWith('live_session'))).toHaveLength(2);
});
