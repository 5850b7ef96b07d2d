/** The HTML page in a real browser, opened as a file is opened. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { jsonpath } from 'json-p3';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderComparisonPage } from '../../src/report/render/page/comparison.ts';
import { formats } from '../../src/report/render/page/formats.ts';
import { renderPage } from '../../src/report/render/page/render.ts';
import type { Report } from '../../src/report/report.ts';
import { sampleComparison } from '../report/comparison-sample.ts';
import { emptyReport, hostileReport, teamReport } from '../report/render/page/reports.ts';
import { states, thousands } from '../report/render/states.ts';
import { sampleReport } from '../report/report-sample.ts';
import { launchChromium } from './support/chromium.ts';

let browser: Browser;
let folder: string;
let problems: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(path.join(tmpdir(), 'live-otel-page-'));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  problems = [];
});

/** Enough sessions for some to be packed. */
const crewReport: Report = { ...teamReport, sessions: teamReport.sessions.slice(0, 12) };

const looks = {
  light: { viewport: { width: 1200, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;

/** Everything the page complains about, and every request it makes, is a problem. */
async function open(report: Report, options: BrowserContextOptions = looks.light): Promise<Page> {
  return openMarkup(renderPage(report, { jaegerUrl: 'http://127.0.0.1:16686', paths: true }), options);
}

async function openMarkup(markup: string, options: BrowserContextOptions = looks.light): Promise<Page> {
  const context = await browser.newContext({ ...options, offline: false });
  const page = await context.newPage();
  const file = path.join(folder, `${crypto.randomUUID()}.html`);
  await writeFile(file, markup);
  const url = pathToFileURL(file).href;
  page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== url) problems.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return page;
}

/** Opens all that opens, and what was unpacked by it, until nothing is left. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const closed = () => [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (let all = closed(); all.length > 0; all = closed()) {
      for (const details of all) details.open = true;
      while (document.querySelector('details[open] > div:empty')) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }
  });
}

/** Opens all but the sessions, and the first of these: two hundred of them are alike. */
async function openFirst(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isLater = (details: Element) =>
      details.closest('table.sessions > tbody') !== null && details.closest('#session-1') === null;
    for (const details of document.querySelectorAll('details')) details.open ||= !isLater(details);
  });
}

const axe = createRequire(import.meta.url).resolve('axe-core');

async function violations(page: Page): Promise<readonly string[]> {
  // The page's policy forbids scripts of others: this one comes by the debugger.
  await page.evaluate(await readFile(axe, 'utf8'));
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

interface Shown {
  readonly path: string;
  readonly origin: string | undefined;
  readonly format: string;
  readonly of: string | undefined;
  readonly text: string;
}

async function shown(page: Page): Promise<readonly Shown[]> {
  return page.evaluate(() => {
    const resolve = (element: Element | null | undefined, own: string | undefined): string => {
      if (own === undefined) return '';
      if (!own.startsWith('@')) return own;
      const outer = element?.parentElement?.closest<HTMLElement>('[data-at]');
      return resolve(outer, outer?.dataset.at) + own.slice(1);
    };
    return [...document.querySelectorAll<HTMLElement>('[data-path], dl.attributes dd')].map((element) => {
      const origin = element.closest<HTMLElement>('[data-origin]');
      return {
        path: resolve(element, element.dataset.path ?? `@['${element.previousElementSibling?.textContent}']`),
        origin: origin ? resolve(origin, origin.dataset.origin) : undefined,
        format: element.dataset.format ?? 'plain',
        of: element.dataset.of,
        text: element.textContent ?? '',
      };
    });
  });
}

/** How what is made of several values is written. */
const formatOf: Readonly<Record<string, keyof typeof formats>> = {
  length: 'count',
  range: 'ms',
  apart: 'ms',
};

/** What the JSON has there, written as the page writes it. */
function expected(json: never, { path: where, origin, format, of }: Shown): string {
  const values = jsonpath.query(where, json).values();
  const write = formats[formatOf[of ?? ''] ?? (format as keyof typeof formats)] as (value: unknown) => string;
  const numbers = values.map(Number);
  if (values.length === 0 && of === undefined) throw new Error(`The JSON has nothing at ${where}.`);
  switch (of) {
    case 'sum':
      return write(numbers.reduce((total, value) => total + value, 0));
    case 'length':
      return write(values.length);
    case 'range':
      return write((numbers[1] ?? 0) - (numbers[0] ?? 0));
    case 'apart':
      return write(Math.abs((numbers.at(-1) ?? 0) - Number(jsonpath.query(origin ?? '', json).values()[0])));
    default:
      // Names in back-ticks are set as code.
      return write(values.at(-1)).replaceAll(/`([^`]+)`/g, '$1');
  }
}

describe('accessibility', () => {
  for (const [look, options] of Object.entries(looks)) {
    it(`axe finds nothing in ${look}, closed and with all opened`, async () => {
      const page = await open(sampleReport, options);
      expect(await violations(page)).toEqual([]);
      await openAll(page);
      expect(await violations(page)).toEqual([]);
      expect(problems).toEqual([]);
    });
  }

  it('axe finds nothing in a report of nothing', async () => {
    const page = await open(emptyReport);
    await openAll(page);
    expect(await violations(page)).toEqual([]);
  });

  it('everything that can be operated is reached by keyboard, and shows that it is', async () => {
    const page = await open(sampleReport);
    const expected = await page.evaluate(
      () =>
        [...document.querySelectorAll('a[href], summary, button, input, select, [tabindex="0"]')].filter(
          (element) => element.checkVisibility(),
        ).length,
    );
    const reached = new Set<string>();
    for (let step = 0; step < expected; step += 1) {
      await page.keyboard.press('Tab');
      const { place, outlined } = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const all = [...document.querySelectorAll('*')];
        return {
          place: String(all.indexOf(element)),
          outlined: getComputedStyle(element).outlineStyle !== 'none',
        };
      });
      expect(outlined).toBe(true);
      reached.add(place);
    }
    expect(reached.size).toBe(expected);
  });

  it('headings are in order, and parts of the page are named', async () => {
    const page = await open(crewReport);
    await openAll(page);
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1])),
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    const parts = await page.getByRole('main').getByRole('region').count();
    expect(parts).toBeGreaterThanOrEqual(7);
  });
});

it('leaves out on paper what is folded, with the heading that stands over nothing else', async () => {
  const page = await open(teamReport);
  await page.emulateMedia({ media: 'print' });
  const seen = async (selector: string) =>
    (await Promise.all((await page.locator(selector).all()).map((found) => found.isVisible()))).filter(
      Boolean,
    );
  expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
  expect(await seen('details:not([open])')).toEqual([]);
  expect(await seen('h3:has(+ details:not([open]))')).toEqual([]);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  await page.context().close();
});

describe.each(Object.entries(states))('state %s', (_name, report) => {
  for (const [look, options] of Object.entries({ ...looks, print: looks.light })) {
    it(`is clean for axe and fits its width in ${look}`, async () => {
      const page = await open(report, options);
      if (look === 'print') await page.emulateMedia({ media: 'print' });
      await openFirst(page);
      expect(await violations(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
      await page.context().close();
    });
  }

  it('shows the values that the JSON has, all sessions without a script, and the answer first', async () => {
    const page = await open(report);
    await openFirst(page);
    const json = JSON.parse(JSON.stringify(report));
    const wrong = (await shown(page)).filter((value) => value.text !== expected(json as never, value));
    expect(wrong).toEqual([]);
    await page.context().close();
    const plain = await open(report, { ...looks.light, javaScriptEnabled: false });
    expect(await plain.locator('table.sessions > tbody').count()).toBe(report.sessions.length);
    expect(renderPage(report).length).toBeLessThan(400 * 1024);
    await plain.context().close();
  });
});

it('20,000 sessions make a page of a sane size, which says what it leaves out', async () => {
  const report = await thousands();
  const markup = renderPage(report);
  expect(markup.length).toBeLessThan(400 * 1024);
  const page = await openMarkup(markup);
  expect(await page.locator('#sessions .note').first().textContent()).toBe(
    '200 of 20,000 sessions, the most telling first.',
  );
}, 120_000);

describe('numbers', () => {
  for (const [name, report, least] of [
    ['sampleReport', sampleReport, 100],
    // Without an unexpected end there is little to show.
    ['emptyReport', emptyReport, 10],
    ['crewReport', crewReport, 100],
  ] as const) {
    it(`every value of ${name} is the one that the JSON has at its path`, async () => {
      const page = await open(report);
      await openAll(page);
      const json = JSON.parse(JSON.stringify(report));
      const values = await shown(page);
      const wrong = values
        .map((value) => ({ ...value, expected: expected(json as never, value) }))
        .filter((value) => value.text !== value.expected);
      expect(wrong).toEqual([]);
      expect(values.length).toBeGreaterThanOrEqual(least);
      expect(problems).toEqual([]);
    });
  }

  it('no number stands on the page without its path', async () => {
    const page = await open(crewReport);
    await openAll(page);
    const loose = await page.evaluate(() => {
      const found = new Set<string>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const covered = node.parentElement?.closest(
          '[data-path], dl.attributes dd, [data-range], svg, script, dt, output',
        );
        if (!covered && /\d/.test(node.textContent ?? '')) found.add((node.textContent ?? '').trim());
      }
      return [...found].sort();
    });
    // Explanations, headings of columns, and names for those who do not see the screen.
    const known =
      /95 %|99 %|within 2 s|At 1 there is|Ends in steps of|Shown are the worst 20|^ of session session-\d+$|^ trace [\da-f]{32}$|^of session session-\d+$|^trace [\da-f]{32}$/;
    expect(loose.filter((text) => !known.test(text))).toEqual([]);
  });

  it('what the charts write beside their marks is in the table under them', async () => {
    const page = await open(crewReport);
    await openAll(page);
    const charts = await page.evaluate(() =>
      ['forest', 'shares'].map((id) => ({
        notes: [...document.querySelectorAll(`#${id} svg.wide text`)].map((text) => text.textContent ?? ''),
        cells: [...document.querySelectorAll(`#${id} tbody td:last-child`)].map(
          (cell) => cell.textContent ?? '',
        ),
      })),
    );
    for (const { notes, cells } of charts) {
      expect(cells.length).toBeGreaterThan(0);
      expect(notes).toEqual(expect.arrayContaining(cells));
    }
  });
});

describe('reading', () => {
  it('makes no request, and says nothing on the console', async () => {
    const page = await open(crewReport);
    await openAll(page);
    expect(problems).toEqual([]);
  });

  it('does not scroll sideways on a phone', async () => {
    for (const report of [sampleReport, crewReport, emptyReport, hostileReport()]) {
      const page = await open(report, looks.phone);
      await openAll(page);
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth <= innerWidth
          ? []
          : [...document.querySelectorAll('body *')]
              .filter(
                (element) => !element.closest('.scroll, svg') && element.getBoundingClientRect().right > 360,
              )
              .map((element) => element.outerHTML.slice(0, 120)),
      );
      expect(wide).toEqual([]);
      expect(await page.evaluate(() => innerWidth)).toBe(360);
    }
  });

  it('hostile text is text', async () => {
    const page = await open(hostileReport());
    await openAll(page);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('can be read without a script', async () => {
    const page = await open(teamReport, { ...looks.light, javaScriptEnabled: false });
    await page.locator('#session-1 summary').first().click();
    expect(await page.locator('#session-1').getByText('No frame came after it.').isVisible()).toBe(true);
    expect(await page.getByText('Without a script the first session opens in full').isVisible()).toBe(true);
    expect(await page.locator('#session-200').getByText('session-200').isVisible()).toBe(true);
    expect(await page.locator('#session-controls').isVisible()).toBe(false);
  });
});

describe('sessions', () => {
  it('are found by text and by end', async () => {
    const page = await open(teamReport);
    const found = page.getByRole('status');
    await page.getByLabel('Find').fill('session-1');
    await page.getByLabel('End', { exact: true }).selectOption('expected');
    const expected = teamReport.sessions.filter(
      ({ sessionId, closure }) =>
        sessionId?.includes('session-1') && closure?.attributes['gemini.live.closure.expected'] === true,
    ).length;
    expect(expected).toBeGreaterThan(10);
    expect(expected).toBeLessThan(60);
    expect(await found.textContent()).toBe(`10 of ${expected} found shown`);
    const more = page.getByRole('button', { name: 'More sessions' });
    await more.click();
    expect(await found.textContent()).toBe(`${expected} of ${expected} found shown`);
    expect(await more.isVisible()).toBe(false);
  });

  it('are ordered by a column, one way and the other', async () => {
    const page = await open(teamReport);
    const began = page.getByRole('columnheader', { name: 'Began' });
    const first = () => page.locator('table.sessions > tbody').first().getAttribute('id');
    await began.getByRole('button').click();
    expect([await began.getAttribute('aria-sort'), await first()]).toEqual(['ascending', 'session-1']);
    await began.getByRole('button').click();
    expect([await began.getAttribute('aria-sort'), await first()]).toEqual(['descending', 'session-200']);
  });

  it('a link to a trace opens its session', async () => {
    const page = await open({
      ...teamReport,
      remedies: teamReport.remedies.map((remedy) => ({
        ...remedy,
        traceId: teamReport.sessions[150]?.traceId ?? '',
      })),
    });
    await page.locator('#remedies .trace a').first().click();
    await page.locator('#session-151 .lanes').waitFor();
    expect(await page.locator('#session-151 > .more > td > details').getAttribute('open')).not.toBeNull();
  });

  it('lead to Jaeger', async () => {
    const page = await open(teamReport);
    expect(await page.locator('#session-1 .trace a').getAttribute('href')).toBe(
      `http://127.0.0.1:16686/trace/${teamReport.sessions[0]?.traceId}`,
    );
  });
});

describe('lanes', () => {
  async function lanes() {
    const page = await open(sampleReport);
    await page.locator('#session-1 > .more > td > details > summary').click();
    const figure = page.locator('#session-1 figure.lanes');
    await figure.scrollIntoViewIfNeeded();
    const shown = async () => {
      const moving = figure.locator('.moving');
      const [x, width] = [await moving.getAttribute('x'), await moving.getAttribute('width')];
      return { x: Number(x?.replace('%', '')), width: Number(width?.replace('%', '')) };
    };
    return { page, figure, plot: figure.locator('.plot'), shown };
  }

  it('are zoomed and moved by keys', async () => {
    const { page, plot, shown } = await lanes();
    await plot.focus();
    await page.keyboard.press('+');
    expect(await shown()).toEqual({ x: -50, width: 200 });
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual({ x: -75, width: 200 });
    await page.keyboard.press('End');
    expect(await shown()).toEqual({ x: -100, width: 200 });
    await page.keyboard.press('0');
    expect(await shown()).toEqual({ x: 0, width: 100 });
  });

  it('show the stretch that the pointer draws over, and all again after a double click', async () => {
    const { page, plot, shown } = await lanes();
    const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + box.width * 0.5, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 30);
    await page.mouse.up();
    const { x, width } = await shown();
    expect([Math.round(x), Math.round(width)]).toEqual([-200, 400]);
    await plot.dblclick();
    expect(await shown()).toEqual({ x: 0, width: 100 });
  });

  it('write the times of what is shown', async () => {
    const { figure } = await lanes();
    const labels = () => figure.locator('.ticks text').allTextContents();
    const whole = await labels();
    await figure.getByRole('button', { name: 'Zoom in' }).click();
    const closer = await labels();
    expect(closer.length).toBeGreaterThan(2);
    expect(closer).not.toEqual(whole);
    expect(await figure.locator('output').textContent()).toMatch(/ to /);
    await figure.getByRole('button', { name: 'Whole session' }).click();
    expect(await figure.locator('output').textContent()).toBe('');
  });
});

describe('a comparison', () => {
  it('is clean for axe, makes no request and fits a phone', async () => {
    for (const look of Object.values(looks)) {
      const page = await openMarkup(renderComparisonPage(sampleComparison), look);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    expect(problems).toEqual([]);
  });

  it('shows the values that the JSON has at their paths', async () => {
    const page = await openMarkup(renderComparisonPage(sampleComparison, { paths: true }));
    await openAll(page);
    const json = JSON.parse(JSON.stringify(sampleComparison));
    const values = await shown(page);
    expect(values.length).toBeGreaterThan(20);
    expect(values.filter((value) => value.text !== expected(json as never, value))).toEqual([]);
  });
});

describe('commands', () => {
  it('are copied', async () => {
    const page = await open(sampleReport);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByText('what would settle it: Payload size').click();
    await page.getByRole('button', { name: 'Copy the command for payload size' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'npx live-otel report --compare whole.jsonl summaries.jsonl',
    );
  });
});
