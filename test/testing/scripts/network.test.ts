import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { latePongs, proxyReap, scripts } from '../../../src/testing/index.ts';
import { application, userTurn } from '../client.ts';
import { rawClient, simulate } from './stage.ts';

/** Sends a ping and waits for its pong; milliseconds. */
async function ping(socket: WebSocket): Promise<number> {
  const start = performance.now();
  const pong = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await pong;
  return performance.now() - start;
}

it('zombie takes what is sent and answers neither messages nor pings', async () => {
  const simulator = await simulate(scripts.zombie);
  const socket = await rawClient(simulator);
  const session = await simulator.nextSession();
  let pongs = 0;
  await ping(socket);
  socket.on('pong', () => pongs++);
  socket.send(JSON.stringify({ clientContent: userTurn }));
  await session.waitFor('client_content');
  await session.perform([{ do: 'wait', ms: 5_000 }]);
  const { frames } = session.sent;
  socket.ping();
  socket.send(JSON.stringify({ clientContent: userTurn }));
  await session.waitFor('client_content', 2);
  await session.perform([{ do: 'wait', ms: 20_000 }]);
  expect({ pongs, frames: session.sent.frames, end: session.end }).toEqual({
    pongs: 0,
    frames,
    end: undefined,
  });
});

describe('late-pongs', () => {
  it('answers pings late', async () => {
    const simulator = await simulate(latePongs({ delayMs: [8_000, 8_000] }), { timeScale: 50 });
    // 8 s of the protocol are 160 ms; a timer may fire a millisecond early.
    expect(await ping(await rawClient(simulator))).toBeGreaterThanOrEqual(158);
  });

  it('answers messages in time', async () => {
    const simulator = await simulate(scripts['late-pongs']);
    const app = application(simulator.url);
    (await app.connected).sendClientContent(userTurn);
    const { serverContent } = await app.seen((message) => message.serverContent?.turnComplete);
    expect(serverContent?.turnComplete).toBe(true);
  });
});

describe('proxy-reap', () => {
  it('destroys a connection that nothing crossed for 126 s', async () => {
    const simulator = await simulate(scripts['proxy-reap'], { timeScale: 600 });
    const app = application(simulator.url);
    expect(await app.closed).toEqual({ code: 1006, reason: '' });
    expect(await simulator.sessions[0]?.closed).toEqual({
      by: 'server',
      code: 1006,
      reason: '',
      at: expect.any(Number),
    });
    expect((await simulator.sessions[0]?.closed)?.at).toBeGreaterThanOrEqual(126_000);
  });

  it('counts pings as traffic', async () => {
    const simulator = await simulate(proxyReap({ afterMs: 10_000 }), { timeScale: 50 });
    const socket = await rawClient(simulator);
    const session = await simulator.nextSession();
    await session.perform([{ do: 'wait', ms: 5_000 }]);
    await ping(socket);
    expect((await session.closed).at).toBeGreaterThanOrEqual(15_000);
  });
});
