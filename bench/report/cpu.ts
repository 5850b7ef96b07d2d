import { setTimeout as sleep } from 'node:timers/promises';

/**
 * CPU time of this thread in microseconds, user and system. Linux books it at scheduler ticks of up to 4 ms and when a
 * thread goes to sleep: after a short sleep the figure is exact.
 */
export async function threadCpu(): Promise<number> {
  await sleep(2);
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
