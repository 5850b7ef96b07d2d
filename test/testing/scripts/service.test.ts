import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { backendFault, closeFrames, quotaLate, scripts } from '../../../src/testing/index.ts';
import { application, outlines } from '../client.ts';
import { simulate, talk, turnComplete } from './stage.ts';

const answered = ['modelTurn', 'generationComplete', 'turnComplete+usageMetadata'];

describe('quota-late', () => {
  it.each([
    ['quota-late', closeFrames.quotaExceeded],
    ['resource-exhausted', closeFrames.resourceExhausted],
  ] as const)('%s cuts off the second answer and refuses who comes back at once', async (name, close) => {
    const simulator = await simulate(scripts[name]);
    const app = await talk(simulator);
    await app.seen(turnComplete);
    (await app.connected).sendRealtimeInput({ text: 'Hello' });
    expect(await app.closed).toEqual(close);
    expect(outlines(app.messages)).toEqual(['setupComplete', ...answered, 'modelTurn']);
    const again = application(simulator.url);
    await expect(again.connected).rejects.toThrow();
    expect(await again.closed).toEqual(close);
  });

  it('accepts who comes back later, however often was tried before', async () => {
    const simulator = await simulate(quotaLate({ turn: 1, recoveryMs: 10_000 }));
    const app = await talk(simulator);
    await app.closed;
    const early = application(simulator.url);
    await expect(early.connected).rejects.toThrow();
    // Nothing announces that the quota is back: 10 s of the protocol are 200 ms.
    await delay(220);
    const later = application(simulator.url);
    await later.connected;
    expect(outlines(later.messages)).toEqual(['setupComplete']);
  });
});

describe('backend-fault', () => {
  it.each([
    ['backend-fault', closeFrames.internalError],
    ['unavailable', closeFrames.unavailable],
  ] as const)('%s cuts off an answer', async (name, close) => {
    const app = await talk(await simulate(scripts[name]));
    expect(await app.closed).toEqual(close);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn']);
  });

  it('with probability 0 answers', async () => {
    const app = await talk(await simulate(backendFault({ probability: 0 })));
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', ...answered]);
  });
});
