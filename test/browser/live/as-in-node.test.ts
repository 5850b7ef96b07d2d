/** What is recorded of a session in a page is what is recorded of it in Node.js, attribute by attribute. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { closeFrames, LiveServerSimulator, type Script } from '../../../src/testing/index.ts';
import { root, runNode } from '../../support/run-node.ts';
import { launchChromium } from '../support/chromium.ts';
import { bundlePage } from './bundle.ts';
import { type SessionName, sessionNames } from './sessions.ts';
import { type ReceivedSpan, type Site, startSite, type Value } from './site.ts';

const here = path.join(root, 'test/browser/live');
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'live-otel-as-in-node-'));
  browser = await launchChromium();
  await bundlePage(path.join(here, 'sessions-page.ts'), folder);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const script = (name: string, reactions: Script['reactions']): Script => ({
  name,
  description: name,
  // The sessions take each end of a turn for that of the answer.
  behaviour: { callEndsTurn: false },
  reactions,
});
const says = { do: 'speak', ms: 600, text: 'Let me see.' } as const;
const call = { do: 'tool_call', calls: [{}] } as const;

const scripts: Readonly<Record<Exclude<SessionName, 'resumed' | 'music' | 'nobody there'>, Script>> = {
  talk: script('talk', [
    { on: { event: 'user_turn' }, resumed: true, do: [says, { do: 'turn_complete' }] },
    { on: { event: 'user_turn', nth: 1 }, do: [says, call, says, { do: 'turn_complete' }] },
    { on: { event: 'user_turn' }, do: [says, { do: 'interrupt' }] },
  ]),
  'refused response': script('refused response', [
    { on: { event: 'user_turn' }, do: [says, call] },
    { on: { event: 'tool_response' }, do: [{ do: 'close', ...closeFrames.entityNotFound }] },
  ]),
  'internal error': script('internal error', [
    { on: { event: 'user_turn' }, do: [says, { do: 'close', ...closeFrames.internalErrorEncountered }] },
  ]),
  'rejected setup': script('rejected setup', [
    { on: { event: 'setup' }, do: [{ do: 'close', ...closeFrames.modelNotFound }] },
  ]),
  'broken line': script('broken line', [{ on: { event: 'user_turn' }, do: [says, { do: 'drop' }] }]),
  // Of the simulator's time, which passes ten times as fast: a turn counts as unanswered after 15 s.
  silence: script('silence', [
    { on: { event: 'user_turn' }, do: [{ do: 'wait', ms: 160_000 }, says, { do: 'turn_complete' }] },
  ]),
};

async function simulators() {
  const names = Object.keys(scripts) as (keyof typeof scripts)[];
  const started = await Promise.all(
    names.map((name) => LiveServerSimulator.start({ script: scripts[name], timeScale: 10, seed: 1 })),
  );
  onTestFinished(async () => {
    await Promise.all(started.map((simulator) => simulator.close()));
  });
  const urls = Object.fromEntries(names.map((name, index) => [name, started[index]?.url ?? '']));
  // What plays music needs no script.
  return { ...urls, resumed: urls.talk, music: urls.talk, 'nobody there': 'http://127.0.0.1:9' };
}

async function site(): Promise<Site> {
  const started = await startSite(folder);
  onTestFinished(() => started.close());
  return started;
}

async function inPage(through: string): Promise<Site> {
  const receiver = await site();
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(receiver.url);
  await page.waitForFunction(() => 'hold' in globalThis);
  const hold = [await simulators(), through] as const;
  await page.evaluate(
    ([addresses, way]) =>
      (globalThis as unknown as { hold(addresses: object, way: string): Promise<void> }).hold(addresses, way),
    hold,
  );
  await page.goto('about:blank');
  await receiver.span('live_session', sessionNames.length);
  return receiver;
}

async function inNode(through: string): Promise<Site> {
  const receiver = await site();
  const { code, stderr } = await runNode(
    [
      '--import',
      'live-otel/register',
      path.join(here, 'sessions-node.ts'),
      JSON.stringify(await simulators()),
      through,
    ],
    {
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
      },
    },
  );
  expect(code, stderr).toBe(0);
  await receiver.span('live_session', sessionNames.length);
  return receiver;
}

/** Differs from run to run: that it is there is compared, and of what kind it is. */
const ofRun = /(?:_ago|_age|[._]duration|latency|offset|delay|first_audio|[._]id|handle_hash|server\.port)$/;
const times = /\d+(?:\.\d+)? (?:s|ms)\b/g;

function withoutTimes(name: string, value: Value): Value {
  if (ofRun.test(name)) return `a ${typeof value}`;
  if (typeof value === 'string') return value.replaceAll(times, '# s');
  return Array.isArray(value) ? value.map((item) => withoutTimes('', item)) : value;
}

const plain = (attributes: ReceivedSpan['attributes']) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, withoutTimes(name, value)]));

/** All that is recorded of each session, its spans by their names and in the order of their ends. */
function recorded({ spans }: Site) {
  const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  const sessions = spans.filter(({ name }) => name.startsWith('live_session'));
  const traces = sessions.toSorted((a, b) => a.start - b.start).map(({ traceId }) => traceId);
  return traces.map((trace, index) => ({
    session: sessionNames[index],
    spans: spans
      .filter(({ traceId }) => traceId === trace)
      .toSorted((a, b) => a.name.localeCompare(b.name) || a.end - b.end)
      .map(({ name, kind, parentSpanId = '', status, attributes, events, links }) => ({
        name,
        kind,
        parent: nameOf.get(parentSpanId),
        // OTLP may leave out that nothing is said.
        status: { code: status.code ?? 0, message: withoutTimes('', status.message ?? '') },
        attributes: plain(attributes),
        events: events.map((event) => ({ name: event.name, attributes: plain(event.attributes) })),
        links: links.length,
      })),
  }));
}

type Recorded = ReturnType<typeof recorded>;

/** Sessions that end with an error of the socket, of which a browser tells nobody why it came; the cause is of it, where there is one. */
const withError: ReadonlySet<SessionName | undefined> = new Set(['nobody there', 'broken line']);
const errors = new Set(
  ['error_name', 'error_message', 'cause', 'confidence', 'evidence'].map(
    (name) => `gemini.live.closure.${name}`,
  ),
);
const aboutError = /reported|socket or connect error|not reached/;
/** What the catalogue says of causes in general: a page does not load it, and the report adds it. */
const texts = new Set(['gemini.live.closure.remedy', 'gemini.live.closure.explanation']);

/** All but these two. */
function shared(sessions: Recorded) {
  return sessions.map(({ session, spans }) => {
    const failed = withError.has(session);
    const sharedOf = ([name, value]: [string, Value]): (readonly [string, Value])[] => {
      if (texts.has(name) || (failed && errors.has(name))) return [];
      if (!failed || !Array.isArray(value)) return [[name, value]];
      return [[name, value.filter((line) => !aboutError.test(String(line)))]];
    };
    return {
      session,
      spans: spans.map(({ status, attributes, ...span }) => ({
        ...span,
        code: status.code,
        attributes: Object.fromEntries(Object.entries(attributes).flatMap(sharedOf)),
      })),
    };
  });
}

const closures = (sessions: Recorded) =>
  sessions.map(({ session, spans }) => {
    const { attributes, status } = spans.find(({ name }) => name === 'live_closure') ?? {};
    const explanation = String(attributes?.['gemini.live.closure.explanation']);
    return { session, explanation, status, remedy: attributes?.['gemini.live.closure.remedy'] };
  });

it.each(['sdk', 'socket'])('through the %s', async (through) => {
  const [page, node] = (await Promise.all([inPage(through), inNode(through)])).map(recorded) as [
    Recorded,
    Recorded,
  ];
  expect(shared(page)).toEqual(shared(node));
  const inBoth = closures(page).map((ofPage, index) => [ofPage, closures(node)[index]] as const);
  for (const [ofPage, ofNode] of inBoth) {
    expect(ofPage.remedy).toBeUndefined();
    expect(ofPage.explanation).not.toBe('');
    expect(ofPage.status?.message).toBe(ofPage.status?.code === 2 ? ofPage.explanation : '');
    if (!withError.has(ofPage.session)) expect(ofNode?.explanation).toContain(ofPage.explanation);
  }
});
