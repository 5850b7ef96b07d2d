/** What becomes of the page, for what is recorded in it. */

export interface PageEvents {
  /** Out of sight; it may come back, or be gone without a further word. */
  hidden(): void;
  /** @param kept the browser may bring it back as it is */
  left(kept: boolean): void;
  /** It is there again, or online again. */
  back(): void;
}

export function watchPage({ hidden, left, back }: PageEvents): void {
  addEventListener('pagehide', ({ persisted }) => left(persisted), { capture: true });
  addEventListener('pageshow', ({ persisted }) => persisted && back(), { capture: true });
  addEventListener('online', () => back());
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') hidden();
    },
    { capture: true },
  );
}
