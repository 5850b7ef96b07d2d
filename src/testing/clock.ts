import { setTimeout as delay, setImmediate as yieldToEvents } from 'node:timers/promises';

/** Time as the protocol counts it: milliseconds that pass `timeScale` times as fast as real ones. */
export interface Clock {
  readonly timeScale: number;
  /** Protocol milliseconds since the clock was made. */
  now(): number;
  /** Resolves at that time, at the earliest after pending events were served; rejects when aborted. */
  sleepUntil(time: number, signal: AbortSignal): Promise<void>;
}

export function createClock(timeScale: number): Clock {
  const origin = performance.now();
  const now = (): number => (performance.now() - origin) * timeScale;
  return {
    timeScale,
    now,
    async sleepUntil(time, signal) {
      const remaining = (time - now()) / timeScale;
      if (remaining > 0) await delay(remaining, undefined, { signal });
      else await yieldToEvents(undefined, { signal });
    },
  };
}
