import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox, type Parcel } from '../../src/register/outbox.ts';
import { type OtlpDestination, post } from '../../src/register/post.ts';
import { sendSync } from '../../src/register/send-sync.ts';
import { type Answer, type OtlpReceiver, startOtlpReceiver, startOtlpReceiverAt } from './otlp-receiver.ts';

let receiver: OtlpReceiver;
let warnings: string[];
beforeEach(() => {
  warnings = [];
  lost = [];
});
afterEach(() => receiver.close());

const answering = async (...answers: Answer[]) => {
  receiver = await startOtlpReceiver(...answers);
};
type Change = Partial<OtlpDestination> & { readonly evidence?: boolean };
const request = (text: string, { evidence = false, ...to }: Change = {}): Parcel => ({
  to: {
    url: `${receiver.url}/v1/traces?key=secret`,
    headers: { 'x-test': 'yes' },
    gzip: false,
    timeoutMs: 10_000,
    tls: {},
    ...to,
  },
  body: new TextEncoder().encode(text),
  items: 1,
  evidence,
  signal: 'traces',
});
const bodies = () => receiver.requests.map(({ body }) => body.toString());
let lost: unknown[];
const outbox = () =>
  createOutbox({
    warn: (sentence) => warnings.push(sentence),
    losses: { count: (...loss) => lost.push(loss), countIn() {} },
  });
const text = ({ body }: Parcel) => new TextDecoder().decode(body);

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Whatever a receiver asks for, it is looked at again after five minutes. */
const longestPauseMs = 300_000;

/** Messages of one address that are under way together. */
const atOnce = 5;

describe('the outbox', () => {
  it('sends the body with the headers it was given', async () => {
    await answering();
    const box = outbox();
    box.send(request('one'));
    await box.idle();
    expect(bodies()).toEqual(['one']);
    expect(receiver.requests[0]?.path).toBe('/v1/traces?key=secret');
    expect(receiver.requests[0]?.headers).toMatchObject({ 'x-test': 'yes', 'content-length': '3' });
    expect(warnings).toEqual([]);
  });

  it('compresses where it is asked to', async () => {
    await answering();
    const box = outbox();
    box.send(request('one', { gzip: true }));
    await box.idle();
    expect(bodies()).toEqual(['one']);
    expect(receiver.requests[0]?.headers['content-encoding']).toBe('gzip');
  });

  it('tries again when the receiver is overloaded', async () => {
    await answering({ status: 503, headers: { 'retry-after': '1' } }, 200);
    const box = outbox();
    box.send(request('one'));
    await box.idle();
    expect(bodies()).toEqual(['one', 'one']);
    expect(warnings).toEqual([]);
  });

  it('gives up at once on an answer that will not change, and shows nothing of the query', async () => {
    await answering(401);
    const box = outbox();
    box.send(request('one'));
    await box.idle();
    expect(bodies()).toEqual(['one']);
    expect(warnings).toEqual([`${receiver.url}/v1/traces refused telemetry: HTTP status 401; it is lost.`]);
    expect(lost).toEqual([['traces', 'rejected', 1]]);
  });

  it('says of one address once that it refuses, until something arrives there', async () => {
    await answering(404, 404, 200, 404);
    const box = outbox();
    const sentence = `${receiver.url}/v1/traces refused telemetry: HTTP status 404; it is lost.`;
    for (const text of ['one', 'two']) {
      box.send(request(text));
      await box.idle();
    }
    expect(warnings).toEqual([sentence]);
    for (const text of ['three', 'four']) {
      box.send(request(text));
      await box.idle();
    }
    expect(warnings).toEqual([sentence, sentence]);
    expect(lost).toEqual(Array(3).fill(['traces', 'rejected', 1]));
  });

  it('takes an answer without end for what its status says', async () => {
    await answering('endless');
    const box = outbox();
    box.send(request('one'));
    await box.idle();
    expect(bodies()).toEqual(['one']);
    expect(warnings).toEqual([]);
  });

  it.each(['silence', 'reset'] as const)(
    'takes an answer that ends in %s for what its status says',
    async (endsIn) => {
      await answering({ status: 200, endsIn }, { status: 400, endsIn }, 200);
      const box = outbox();
      for (const each of ['one', 'two', 'three']) {
        box.send(request(each, { timeoutMs: 2_000 }));
        await box.idle();
      }
      expect(bodies()).toEqual(['one', 'two', 'three']);
      expect(warnings).toEqual([`${receiver.url}/v1/traces refused telemetry: HTTP status 400; it is lost.`]);
      expect(lost).toEqual([['traces', 'rejected', 1]]);
    },
  );

  it('counts what a receiver takes only in part, and says it once', async () => {
    await answering();
    const box = outbox();
    for (const each of ['one', 'two']) {
      box.send({ ...request(each), refusedIn: () => ({ items: 3, reason: `${each} is too old` }) });
      await box.idle();
    }
    expect(warnings).toEqual([
      `${receiver.url}/v1/traces took only a part of the traces; it refused 3: one is too old.`,
    ]);
    expect(lost).toEqual(Array(2).fill(['traces', 'rejected', 3]));
  });

  it.each([
    ['99999999999', longestPauseMs],
    [new Date(Date.now() + 1e12).toUTCString(), longestPauseMs],
    ['2', 2_000],
    ['-2', undefined],
    ['soon', undefined],
  ])('honours Retry-After: %s for %s ms', async (after, ms) => {
    await answering({ status: 503, headers: { 'retry-after': after } });
    const result = await post(process.getBuiltinModule, request('one'), {
      timeoutMs: 10_000,
      background: true,
    });
    expect(result).toEqual({
      status: 'retryable',
      reason: 'HTTP status 503',
      ...(ms !== undefined && { retryAfterMs: ms }),
    });
  });

  it.each([
    ['answers in time', 'hang'],
    ['keeps the connection', 'reset'],
  ] as const)('keeps what it has while no receiver %s', async (_, answer) => {
    await answering(...Array.from({ length: 3 }, () => answer), 200);
    const box = outbox();
    box.send(request('one', { timeoutMs: 50 }));
    await box.idle();
    // On a busy machine, the answer that it may have can take longer than 50 ms as well.
    expect(bodies().length).toBeGreaterThanOrEqual(4);
    expect(new Set(bodies())).toEqual(new Set(['one']));
    expect(warnings).toEqual([]);
  });

  it('drops the oldest while 32 MiB wait, closures last, counts it and says it once', async () => {
    await answering('hang');
    const box = outbox();
    const mebibyte = 'x'.repeat(2 ** 20);
    box.send(request(`closure ${mebibyte}`, { evidence: true }));
    for (let index = 0; index < 34; index++) box.send(request(`${index} ${mebibyte}`));
    expect(warnings).toEqual([
      `More than 32 MiB wait for ${receiver.url}/v1/traces; telemetry is dropped until it answers, closures last.`,
    ]);
    expect(lost).toEqual(Array(4).fill(['traces', 'buffer_full', 1]));
    expect(box.takeAll().map((parcel) => text(parcel).split(' ')[0])).toEqual([
      'closure',
      ...Array.from({ length: 30 }, (_, index) => `${index + 4}`),
    ]);
  });

  it('keeps hundreds of small messages while the receiver restarts', async () => {
    await answering(503, 503, 503, 503, 503, 503, 200);
    const box = outbox();
    for (let index = 0; index < 200; index++) box.send(request(`${index}`));
    await box.idle();
    expect(warnings).toEqual([]);
    expect(new Set(bodies()).size).toBe(200);
    expect(bodies()).toHaveLength(206);
  });

  it('sends each message once to a receiver that is slow, however many wait', async () => {
    await answering({ status: 200, afterMs: 200 });
    const box = outbox();
    const texts = Array.from({ length: 100 }, (_, index) => `message ${index}`);
    // All of them take longer than one may.
    for (const each of texts) box.send(request(each, { timeoutMs: 800 }));
    await box.idle();
    expect(bodies().toSorted()).toEqual(texts.toSorted());
  });

  it('leaves a receiver alone that asked for it, with all that waits', async () => {
    const later = { status: 503, headers: { 'retry-after': '1' } };
    await answering(...Array(atOnce).fill(later), 200);
    const box = outbox();
    for (let index = 0; index < 20; index += 1) box.send(request(`${index}`));
    await box.idle();
    const times = receiver.requests.map(({ at }) => at);
    expect((times[atOnce] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
    expect(times).toHaveLength(atOnce + 20);
  });

  it('lets no message that is refused again and again hold up the others', async () => {
    await answering(503, 200, 200, 503, 200);
    const box = outbox();
    for (const each of ['one', 'two', 'three']) box.send(request(each));
    await box.idle();
    expect(new Set(bodies())).toEqual(new Set(['one', 'two', 'three']));
  });

  it('sends closures before what waits with them', async () => {
    await answering(...Array(atOnce).fill(503), 200);
    const box = outbox();
    for (let index = 0; index < atOnce + 3; index += 1) box.send(request(`${index}`));
    box.send(request('closure', { evidence: true }));
    await box.idle();
    expect(bodies()[atOnce]).toBe('closure');
  });

  it('keeps everything while nobody listens, and delivers it when somebody does again', async () => {
    await answering();
    const { url } = receiver;
    await receiver.close();
    const box = outbox();
    for (let index = 0; index < 200; index++) box.send(request(`${index}`, { url }));
    // What comes while all wait for their next attempt.
    await new Promise((resolve) => setImmediate(resolve));
    box.send(request('last', { url }));
    receiver = await startOtlpReceiverAt(Number(new URL(url).port));
    await box.idle();
    expect(new Set(bodies()).size).toBe(201);
    expect(bodies()).toHaveLength(201);
    expect([warnings, lost]).toEqual([[], []]);
    expect(receiver.mostConnections).toBeLessThanOrEqual(16);
  });

  it('hands out what is under way and what came on hold, once', async () => {
    await answering('hang');
    const box = outbox();
    const [first, second] = [request('first'), request('second')];
    box.send(first);
    await receiver.received(1);
    box.hold();
    box.send(second);
    expect(box.takeAll()).toEqual([first, second]);
    expect(box.takeAll()).toEqual([]);
    await box.idle();
    expect(bodies()).toEqual(['first']);
    expect(warnings).toEqual([]);
  });
});

it('hands out closures first, then the metrics that count them', async () => {
  await answering('hang');
  const box = outbox();
  box.hold();
  box.send(request('spans'));
  box.send({ ...request('logs'), signal: 'logs' });
  box.send({ ...request('metrics'), signal: 'metrics' });
  box.send(request('closures', { evidence: true }));
  expect(box.takeAll().map(text)).toEqual(['closures', 'metrics', 'spans', 'logs']);
});

/** Runs beside the receiver, which answers on this thread: only what needs no answer can be tested here. */
describe('sendSync', () => {
  it('says what was not delivered, within its time', async () => {
    await answering('hang');
    const port = await closedPort();
    const startedAt = performance.now();
    const failures = sendSync([request('one'), request('two', { url: `http://127.0.0.1:${port}/` })], 800);
    expect(failures).toEqual([
      { status: 'retryable', reason: 'no answer within 800 ms' },
      { status: 'retryable', reason: `connect ECONNREFUSED 127.0.0.1:${port}` },
    ]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('does nothing where there is nothing to send', async () => {
    await answering();
    expect(sendSync([], 1_000)).toEqual([]);
  });

  it('sends nothing where there is no time', async () => {
    await answering();
    expect(sendSync([request('one')], 0)).toEqual([
      { status: 'retryable', reason: 'there was no time left to send it' },
    ]);
  });
});
