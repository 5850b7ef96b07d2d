import { collectGarbage } from '../report/child.ts';

/** Bytes that live after a collection, the buffers of typed arrays included. */
export async function liveBytes(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
