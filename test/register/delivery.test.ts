import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox } from '../../src/register/outbox.ts';
import type { OtlpRequest } from '../../src/register/post.ts';
import { sendSync } from '../../src/register/send-sync.ts';
import { type Answer, type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';

let receiver: OtlpReceiver;
let warnings: string[];
beforeEach(() => {
  warnings = [];
});
afterEach(() => receiver.close());

const answering = async (...answers: Answer[]) => {
  receiver = await startOtlpReceiver(...answers);
};
const request = (text: string, change: Partial<OtlpRequest> = {}): OtlpRequest => ({
  url: `${receiver.url}/v1/traces?key=secret`,
  headers: { 'x-test': 'yes' },
  body: new TextEncoder().encode(text),
  gzip: false,
  timeoutMs: 10_000,
  tls: {},
  ...change,
});
const bodies = () => receiver.requests.map(({ body }) => body.toString());
const outbox = () => createOutbox((sentence) => warnings.push(sentence));

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

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
    await answering({ status: 503, headers: { 'retry-after': '0.01' } }, 200);
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
    expect(warnings).toEqual([
      `Telemetry could not be sent to ${receiver.url}/v1/traces: HTTP status 401; it is lost.`,
    ]);
  });

  it('gives up when the time of the message is over', async () => {
    await answering('hang');
    const box = outbox();
    box.send(request('one', { timeoutMs: 1_000 }));
    await box.idle();
    expect(warnings).toEqual([
      `Telemetry could not be sent to ${receiver.url}/v1/traces: no answer within 1000 ms; it is lost.`,
    ]);
  });

  it('drops what comes while 16 MiB wait', async () => {
    await answering('hang');
    const box = outbox();
    const mebibyte = 'x'.repeat(2 ** 20);
    for (let index = 0; index < 17; index++) box.send(request(mebibyte));
    expect(warnings).toEqual([
      `More than 16 MiB wait for ${receiver.url}/v1/traces; telemetry is dropped until it answers.`,
    ]);
    expect(box.takeAll()).toHaveLength(16);
    box.send(request(mebibyte.repeat(20)));
    expect(warnings).toHaveLength(1);
    expect(box.takeAll()).toHaveLength(1);
  });

  it('keeps hundreds of small messages while the receiver restarts', async () => {
    await answering(...Array.from({ length: 200 }, () => 503), 200);
    const box = outbox();
    for (let index = 0; index < 200; index++) box.send(request(`${index}`));
    await box.idle();
    expect(warnings).toEqual([]);
    expect(new Set(bodies()).size).toBe(200);
    expect(bodies()).toHaveLength(400);
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

/** Runs beside the receiver, which answers on this thread: only what needs no answer can be tested here. */
describe('sendSync', () => {
  it('says what was not delivered, within its time', async () => {
    await answering('hang');
    const port = await closedPort();
    const startedAt = performance.now();
    const failures = sendSync([request('one'), request('two', { url: `http://127.0.0.1:${port}/` })], 800);
    expect(failures).toEqual(['no answer within 800 ms', `connect ECONNREFUSED 127.0.0.1:${port}`]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('does nothing where there is nothing to send', async () => {
    await answering();
    expect(sendSync([], 1_000)).toEqual([]);
  });

  it('sends nothing where there is no time', async () => {
    await answering();
    expect(sendSync([request('one')], 0)).toEqual(['there was no time left to send it']);
  });
});
