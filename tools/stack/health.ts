/** Waits for a server by its own health endpoint. */
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;

export interface Waiting {
  readonly url: string;
  /** Longest wait, in milliseconds. */
  readonly timeoutMs: number;
  /** Resolves where waiting has become pointless. */
  readonly ended: Promise<string>;
}

/** Resolves to `undefined` when `url` answers 200, else to why it will not. */
export async function waitUntilHealthy({ url, timeoutMs, ended }: Waiting): Promise<string | undefined> {
  const deadline = performance.now() + timeoutMs;
  let gone: string | undefined;
  void ended.then((how) => {
    gone = how;
  });
  while (gone === undefined) {
    if (await answers(url)) return undefined;
    if (performance.now() > deadline) return `did not answer at ${url} within ${timeoutMs / 1_000} s`;
    await sleep(pollMs);
  }
  return gone;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
