/** Time as the experiment counts it: protocol milliseconds, that may pass faster than those of the clock. */
export interface Time {
  now(): number;
  /** Calls once, unless it is cancelled before. */
  after(ms: number, action: () => void): () => void;
}

export function scaledTime(timeScale: number): Time {
  return {
    now: () => performance.now() * timeScale,
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
