/** Sessions in a real browser against the simulator, and what arrives of them. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { closeFrames, LiveServerSimulator, type Script, toolSingle } from '../../../src/testing/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { bundlePage } from './bundle.ts';
import { type Site, startSite } from './site.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'live-otel-browser-'));
  browser = await launchChromium();
  const example = path.join(root, 'examples/browser');
  await bundlePage(path.join(example, 'main.js'), path.join(folder, 'example'));
  await bundlePage(path.join(root, 'test/browser/live/raw.ts'), path.join(folder, 'raw'));
  await copyFile(path.join(example, 'index.html'), path.join(folder, 'example/index.html'));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly site: Site;
  readonly simulator: LiveServerSimulator;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about. */
  readonly problems: readonly string[];
}

interface Opening {
  readonly page: 'example' | 'raw' | 'own-sdk';
  readonly script: Script;
  readonly timeScale?: number;
  readonly parameters?: Readonly<Record<string, string>>;
}

async function open({ page: name, script, timeScale = 20, parameters = {} }: Opening): Promise<Opened> {
  const site = await startSite(path.join(folder, name));
  const simulator = await LiveServerSimulator.start({ script, timeScale });
  const context = await browser.newContext();
  onTestFinished(async () => {
    await context.close();
    await simulator.close();
    await site.close();
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // The SDK's own word on ephemeral tokens.
    if (!message.text().startsWith('Warning: Ephemeral')) problems.push(message.text());
  });
  const base = name === 'raw' ? simulator.url.replace('http', 'ws') : simulator.url;
  const query = new URLSearchParams({ simulator: base, token: 'auth_tokens/secret', ...parameters });
  await page.goto(`${site.url}/?${query}`);
  return { site, simulator, context, page, problems };
}

/** The service ends the session as soon as it has the response of a tool. */
const dies: Script = {
  name: 'dies',
  description: 'The response of a tool is followed by 1011.',
  reactions: [
    { on: { event: 'user_turn' }, do: [{ do: 'tool_call', calls: [{}], wait: false }] },
    { on: { event: 'tool_response' }, do: [{ do: 'close', ...closeFrames.internalError }] },
  ],
};

const says = (page: Page, text: string) => page.getByText(text).first().waitFor();

/** A headless browser shows every page, so the page is told. */
const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

const kinds = (site: Site) => site.spans.map(({ name }) => name.replace(/ .*/, '')).sort();
const whole = [
  'execute_tool',
  'live_closure',
  'live_connect',
  'live_session',
  'realtime_inference',
  'send_tool_response',
];
/** Its model ends the turn with the call: the answer is a turn of its own. */
const answered = [...whole, 'realtime_inference'].toSorted();

async function connected(opened: Opened): Promise<void> {
  await opened.page.click('#connect');
  await says(opened.page, 'Connected.');
  // A page that is left before has a closure without a cause.
  await opened.page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('diagnosis')),
  );
  await opened.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}

/** One question, its answer, and the end that the application asks for. */
async function talk(page: Page): Promise<void> {
  await page.click('#ask');
  await says(page, 'Answered.');
  await page.click('#close');
}

describe("the example, with the SDK's web build", () => {
  it('is one trace, without the key', async () => {
    const opened = await open({ page: 'example', script: toolSingle() });
    const { site, page, problems } = opened;
    await connected(opened);
    await talk(page);
    await says(page, 'Ended: 1000, client-closed-normal.');
    await hide(page);
    const session = await site.span('live_session');
    expect(kinds(site)).toEqual(answered);
    expect(new Set(site.spans.map(({ traceId }) => traceId)).size).toBe(1);
    const parents = site.spans.map(({ parentSpanId }) => parentSpanId ?? 'none');
    expect(parents.filter((parent) => parent === 'none')).toHaveLength(1);
    expect(session).toMatchObject({
      name: 'live_session gemini-live-2.5-flash-preview',
      kind: 3,
      attributes: {
        'gemini.live.closure.code': 1000,
        'gemini.live.session.tool_calls': 1,
        'gemini.live.session.sent_frames': 3,
      },
    });
    expect((await site.span('live_closure')).attributes).toMatchObject({
      'gemini.live.closure.credential': 'ephemeral_token',
      'gemini.live.closure.preceding_event': 'turn_complete',
    });
    expect(site.requests[0]?.resource).toMatchObject({ 'service.name': 'browser-example' });
    expect(site.requests.map(({ text }) => text).join()).not.toMatch(/auth_tokens|secret/i);
    expect(problems).toEqual([]);
  });

  it('has the diagnosis of an end after a tool response at once', async () => {
    const opened = await open({ page: 'example', script: dies });
    await connected(opened);
    await opened.page.click('#ask');
    const { attributes, status, events } = await opened.site.span('live_closure');
    expect(attributes).toMatchObject({
      'gemini.live.closure.code': 1011,
      'gemini.live.closure.expected': false,
      'gemini.live.closure.initiator': 'server',
      'gemini.live.closure.preceding_event': 'tool_response',
      'gemini.live.closure.explanation': expect.stringContaining('a tool response of'),
    });
    expect(attributes['gemini.live.closure.cause']).not.toBe('unknown');
    expect(status.code).toBe(2);
    expect(events.length).toBeGreaterThan(3);
  });
});

const ends = {
  'gemini.live.closure.initiator': 'process',
  'gemini.live.closure.process_ending': 'page_closed',
  'gemini.live.closure.expected': true,
  'gemini.live.closure.cause': 'process-exited',
  'gemini.live.closure.explanation': expect.stringContaining(
    'The page was closed or left with the session open',
  ),
};

describe('a page that is left', () => {
  it('ends its session when the tab is closed', async () => {
    const opened = await open({ page: 'example', script: toolSingle() });
    await connected(opened);
    await opened.page.close({ runBeforeUnload: true });
    expect((await opened.site.span('live_closure')).attributes).toMatchObject(ends);
    await opened.site.span('live_session');
  });

  it('ends its session when it goes elsewhere', async () => {
    const opened = await open({ page: 'example', script: toolSingle() });
    await connected(opened);
    await opened.page.goto('about:blank');
    expect((await opened.site.span('live_closure')).attributes).toMatchObject(ends);
  });

  it('sends what has ended when it goes to the background, and its session goes on', async () => {
    const opened = await open({ page: 'example', script: toolSingle() });
    const { site, page } = opened;
    await connected(opened);
    await hide(page);
    await site.span('live_connect');
    expect(kinds(site)).toEqual(['live_connect']);
    await talk(page);
    await says(page, 'Ended: 1000');
    await hide(page);
    await site.span('live_session');
    expect(kinds(site)).toEqual(answered);
  });
});

describe('a page that the browser keeps and brings back', () => {
  it('has ended its session as it was left, and records the next one', async () => {
    const opened = await open({ page: 'example', script: toolSingle() });
    const { site, page, problems } = opened;
    const shown = () => page.evaluate(() => (globalThis as unknown as { shown?: boolean }).shown);
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { shown: persisted }));
    });
    await connected(opened);
    await page.goto(`${site.url}/main.js`);
    await page.goBack({ waitUntil: 'commit' });
    await expect.poll(shown).toBe(true);
    expect((await site.span('live_closure')).attributes).toMatchObject(ends);
    // The button is back where the page has heard of the end.
    await page.click('#connect');
    await page.waitForFunction(() => document.body.textContent?.match(/Connected\./g)?.length === 2);
    await talk(page);
    await says(page, 'Ended: 1000');
    await hide(page);
    await site.span('live_session', 2);
    expect(kinds(site)).toEqual([...answered, 'live_closure', 'live_connect', 'live_session'].toSorted());
    expect(site.spans.flatMap(({ events }) => events.filter(({ name }) => name === 'stall'))).toEqual([]);
    // The browser's own word on the socket.
    expect(problems.filter((problem) => !problem.includes('Back-Forward Cache'))).toEqual([]);
  });
});

describe('a page that stands still', () => {
  // As a frozen one does, or the whole machine: no timer runs, and what comes waits. A headless browser freezes no page, so it is
  // held by its debugger. 15 s without an answer are a silence.
  const standsStill = async ({ page, context }: Opened, ms: number) => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Debugger.enable');
    const paused = new Promise((resolve) => devtools.once('Debugger.paused', resolve));
    await devtools.send('Debugger.pause');
    await paused;
    await new Promise((resolve) => setTimeout(resolve, ms));
    await devtools.send('Debugger.resume');
  };
  const answersAfter = (ms: number): Script => ({
    name: 'late',
    description: 'Answers late.',
    reactions: [
      {
        on: { event: 'user_turn' },
        do: [{ do: 'wait', ms }, { do: 'speak', ms: 200, text: 'Well.' }, { do: 'turn_complete' }],
      },
    ],
  });

  it('has no silence where the answer came meanwhile', async () => {
    const opened = await open({ page: 'example', script: answersAfter(4_000), timeScale: 1 });
    const { site, page } = opened;
    await connected(opened);
    await page.click('#ask');
    await standsStill(opened, 18_000);
    await says(page, 'Answered.');
    await page.click('#close');
    await says(page, 'Ended: 1000');
    await page.goto('about:blank');
    const { events, attributes } = await site.span('live_session');
    expect(events).toEqual([]);
    expect(attributes['gemini.live.session.turns']).toBe(1);
  });

  it('has one that goes on', async () => {
    const opened = await open({ page: 'example', script: answersAfter(600_000), timeScale: 1 });
    const { site, page } = opened;
    await connected(opened);
    await page.click('#ask');
    await standsStill(opened, 16_000);
    await says(page, 'Silent: turn_unanswered');
    await page.goto('about:blank');
    const { events } = await site.span('live_session');
    expect(events.map(({ name }) => name)).toEqual(['stall']);
  });
});

describe('a page that is offline', () => {
  it('keeps what has ended, and sends it when it is online again', async () => {
    const opened = await open({ page: 'example', script: toolSingle() });
    const { site, page, context } = opened;
    await connected(opened);
    await talk(page);
    await says(page, 'Ended: 1000');
    await context.setOffline(true);
    await hide(page);
    await page.evaluate(() => fetch('/').catch(() => {}));
    expect(site.spans).toEqual([]);
    await context.setOffline(false);
    await site.span('live_session');
    expect(kinds(site)).toEqual(answered);
  });

  it('tries again where the receiver is overloaded', async () => {
    const opened = await open({ page: 'example', script: dies });
    const { site, page } = opened;
    site.answer(503);
    await connected(opened);
    const refused = page.waitForResponse((response) => response.status() === 503);
    await page.click('#ask');
    await refused;
    site.answer(200);
    await site.span('live_session');
    expect(kinds(site)).toContain('live_closure');
  });
});

describe('a WebSocket of its own', () => {
  for (const binaryType of ['blob', 'arraybuffer'] as const) {
    it(`is recorded, with frames as ${binaryType}`, async () => {
      const { site, page, problems } = await open({ page: 'raw', script: toolSingle() });
      const heard = await page.evaluate((type) => (globalThis as unknown as RawPage).open(type), binaryType);
      expect(heard.at(-1)).toBe('closed 1000');
      await page.goto('about:blank');
      const { attributes } = await site.span('live_closure');
      expect(kinds(site)).toEqual(whole);
      expect(attributes).toMatchObject({
        'gemini.live.closure.credential': 'api_key',
        'gemini.live.closure.initiator': 'client',
        'gemini.live.closure.last_received_kind': 'turn_complete',
      });
      expect((await site.span('live_session')).attributes).toMatchObject({
        'gemini.live.session.received_frames': heard.length - 1,
        'gemini.live.session.turns': 1,
      });
      expect(site.requests.map(({ text }) => text).join()).not.toContain('AIza');
      expect(problems.filter((problem) => !problem.includes('127.0.0.1:9'))).toEqual([]);
    });
  }

  it('is the class it was', async () => {
    const { page } = await open({ page: 'raw', script: toolSingle() });
    expect(await page.evaluate(() => (globalThis as unknown as RawPage).unchanged)).toEqual({
      native: '[object WebSocket]',
      same: true,
      states: [0, 1, 2, 3],
    });
  });

  it('may be sent to a receiver of another origin, with headers', async () => {
    const receiver = await startSite(folder);
    onTestFinished(() => receiver.close());
    const parameters = { otlp: `${receiver.url}/v1/traces`, tenant: 'seven' };
    const { page } = await open({ page: 'raw', script: dies, parameters });
    await page.evaluate(() => (globalThis as unknown as RawPage).open('blob'));
    const { attributes } = await receiver.span('live_closure');
    expect(attributes['gemini.live.closure.code']).toBe(1011);
    await page.goto('about:blank');
    await receiver.span('live_session');
    expect(receiver.requests.map(({ headers }) => headers['x-tenant'])).toContain('seven');
    expect(receiver.requests.every(({ headers }) => headers['content-type'] === 'application/json')).toBe(
      true,
    );
  });
});

interface RawPage {
  open(binaryType: 'blob' | 'arraybuffer'): Promise<readonly string[]>;
  readonly unchanged: object;
}
