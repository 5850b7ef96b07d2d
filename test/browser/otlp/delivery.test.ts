import { type DiagLogger, diag } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EncodedSpan } from '../../../src/browser/otlp/buffer.ts';
import { Delivery } from '../../../src/browser/otlp/delivery.ts';
import type { Outcome } from '../../../src/browser/otlp/transport.ts';

const origin = { resource: {}, scope: { name: 'live-otel', version: '1' }, schemaUrl: 'u' };
const span = (name: string, bytes = 20_000, closure = false): EncodedSpan => ({
  json: JSON.stringify({ name, fill: 'x'.repeat(Math.max(0, bytes - 30)) }),
  bytes,
  closure,
});

let warnings: string[];

beforeEach(() => {
  vi.useFakeTimers();
  warnings = [];
  const silent = () => {};
  const logger: DiagLogger = {
    warn: (message) => warnings.push(message),
    error: silent,
    info: silent,
    debug: silent,
    verbose: silent,
  };
  diag.setLogger(logger);
});
afterEach(() => {
  vi.useRealTimers();
  diag.disable();
});

/** A page with a receiver that answers as told. */
function page({ mostBytes = 1_000_000, beacons = false } = {}) {
  const sent: string[] = [];
  const state = { answer: 'delivered' as Outcome | 'never', online: true };
  const names = (body: string) =>
    JSON.parse(body)
      .resourceSpans[0].scopeSpans[0].spans.map(({ name }: { name: string }) => name)
      .join('');
  const delivery = new Delivery({
    origin,
    mostBytes,
    transport: {
      send(body, { keepalive }) {
        sent.push(`${names(body)}${keepalive ? '' : ' without keepalive'}`);
        return state.answer === 'never' ? new Promise(() => {}) : Promise.resolve(state.answer);
      },
      beacon(body) {
        if (beacons) sent.push(`beacon ${names(body)}`);
        return beacons;
      },
      get online() {
        return state.online;
      },
    },
  });
  return { delivery, sent, state };
}

const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the delivery of ended spans', () => {
  it('sends them after a while, in messages that outlive the page', async () => {
    const { delivery, sent } = page();
    for (const name of 'abcd') delivery.add(span(name));
    await passed(4_999);
    expect(sent).toEqual([]);
    await passed(1);
    expect(sent).toEqual(['ab', 'cd']);
    expect(delivery.dropped).toBe(0);
  });

  it('sends one that is too large for that all the same', async () => {
    const { delivery, sent } = page();
    delivery.add(span('L', 70_000));
    await delivery.flush();
    expect(sent).toEqual(['L without keepalive']);
  });

  it('tries again after growing pauses, and at once when the page is online', async () => {
    const { delivery, sent, state } = page();
    state.answer = 'later';
    delivery.add(span('a'));
    await delivery.flush();
    await passed(1_000);
    await passed(2_000);
    expect(sent).toEqual(['a', 'a', 'a']);
    await passed(3_999);
    expect(sent).toHaveLength(3);
    state.answer = 'delivered';
    delivery.retry();
    await passed(0);
    expect(sent).toHaveLength(4);
    await passed(100_000);
    expect(sent).toHaveLength(4);
  });

  it('sends nothing while the page is offline', async () => {
    const { delivery, sent, state } = page({ beacons: true });
    state.online = false;
    delivery.add(span('a'));
    await passed(60_000);
    delivery.leave('hidden');
    delivery.leave('kept');
    expect(sent).toEqual([]);
    state.online = true;
    delivery.retry();
    await passed(0);
    expect(sent).toEqual(['a']);
  });

  it('gives up what is too much or refused, counts it, and says so once', async () => {
    const { delivery, state } = page({ mostBytes: 50_000 });
    for (const name of 'abc') delivery.add(span(name));
    expect(delivery.dropped).toBe(1);
    state.answer = { refused: 'status 400' };
    await delivery.flush();
    expect(delivery.dropped).toBe(3);
    expect(warnings).toEqual([expect.stringContaining('Too many waited to be sent')]);
  });
});

describe('a page that is left', () => {
  it('sends what fits, closures first, and gives up the rest', () => {
    const { delivery, sent } = page();
    for (const name of 'abc') delivery.add(span(name));
    delivery.add(span('D', 25_000, true));
    delivery.leave('gone');
    expect(sent).toEqual(['Da']);
    expect(delivery.dropped).toBe(2);
    expect(warnings).toEqual([expect.stringContaining('a browser sends 64 KB')]);
  });

  it('leaves out of that what is under way', () => {
    const { delivery, sent, state } = page();
    state.answer = 'never';
    for (const name of 'ab') delivery.add(span(name));
    void delivery.flush();
    delivery.add(span('c'));
    delivery.add(span('d', 10_000));
    delivery.leave('gone');
    expect(sent).toEqual(['ab', 'd']);
    expect(delivery.dropped).toBe(1);
  });

  it('uses beacons where it may, and keeps the rest where it may come back', async () => {
    const { delivery, sent, state } = page({ beacons: true });
    state.answer = 'later';
    for (const name of 'abc') delivery.add(span(name));
    delivery.leave('kept');
    await passed(0);
    expect(sent).toEqual(['beacon ab', 'c without keepalive']);
    state.answer = 'delivered';
    delivery.retry();
    await passed(0);
    expect(sent).toEqual(['beacon ab', 'c without keepalive', 'c without keepalive']);
    expect(delivery.dropped).toBe(0);
  });

  it('sends no beacon while it is only hidden, as nobody tells what becomes of one', async () => {
    const { delivery, sent } = page({ beacons: true });
    for (const name of 'abc') delivery.add(span(name));
    delivery.leave('hidden');
    await passed(0);
    expect(sent).toEqual(['ab', 'c without keepalive']);
  });
});
