import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EventLoopMonitor } from '../../src/instrumentation/event-loop.ts';

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('the monitor of the event loop', () => {
  it('tells the longest delay since it was started, whenever that was, and nothing once it is stopped', async () => {
    const monitor = new EventLoopMonitor();
    expect(monitor.maxMs()).toBeUndefined();
    monitor.start();
    // The native timer has to be due once before it can be late.
    await sleep(50);
    block(400);
    await sleep(50);
    const blocked = monitor.maxMs() ?? 0;
    expect(blocked).toBeGreaterThan(200);
    monitor.stop();
    expect(monitor.maxMs()).toBeUndefined();
    monitor.start();
    // What was before is not of these sessions.
    expect(monitor.maxMs()).toBe(0);
    monitor.stop();
  });
});
