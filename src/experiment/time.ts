/** Time as the experiment counts it: protocol milliseconds, that may pass faster than those of the clock. */
export interface Time {
  now(): number;
  /** Without a word from the service, after which a session is given up. */
  readonly patience: number;
  /** Calls once, unless it is cancelled before. */
  after(ms: number, action: () => void): () => void;
}

export const usualPatience = 30_000;
/** Of the clock. */
const leastPatienceMs = 3_000;

export function scaledTime(timeScale: number): Time {
  return {
    now: () => performance.now() * timeScale,
    // A busy machine is no silent service.
    patience: Math.max(usualPatience, leastPatienceMs * timeScale),
    after(ms, action) {
      const timer = setTimeout(action, ms / timeScale);
      return () => clearTimeout(timer);
    },
  };
}

export function wait(time: Time, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve();
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = time.after(ms, done);
    signal.addEventListener('abort', done);
  });
}
