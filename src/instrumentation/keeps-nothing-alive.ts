/** A timer that keeps no process alive; in a browser there is none to keep. */
export function keepsNothingAlive<Timer>(timer: Timer): Timer {
  (timer as { unref?(): void }).unref?.();
  return timer;
}
