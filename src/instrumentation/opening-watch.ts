import type { ConnectFailure } from '../session/model.ts';
import type { SessionState } from '../session/state.ts';
import { guarded } from './guard.ts';

/** How often it is looked whether a session comes about. */
const lookMs = 250;

export interface OpeningWatchOptions {
  readonly startedAt: number;
  /** How long an answer may take. */
  readonly connectMs: number;
  /** Why the client gave up opening the session, once it did. */
  readonly refusal: (() => Error | undefined) | undefined;
  readonly failed: (error: Error, failure: ConnectFailure) => void;
}

/**
 * Finds what no event tells of a session that is being opened: the client gave up, or nobody ever answers. Not needed
 * any more once its setup is complete.
 */
export class OpeningWatch {
  readonly #options: OpeningWatchOptions;
  #lookedAt: number;

  constructor(options: OpeningWatchOptions) {
    this.#options = options;
    this.#lookedAt = options.startedAt;
  }

  /** When to {@link look} next. */
  get deadline(): number {
    return this.#lookedAt + lookMs;
  }

  look({ lifetime: { setupSent } }: SessionState, now: number): void {
    const { startedAt, connectMs, refusal, failed } = this.#options;
    this.#lookedAt = now;
    const refused = setupSent ? undefined : guarded('looking at connect()', () => refusal?.());
    if (refused !== undefined) failed(refused, 'refused');
    else if (now - startedAt >= connectMs) {
      const what = setupSent ? 'The setup was not answered' : 'No connection was established';
      failed(new Error(`${what} within ${Math.round(connectMs / 1_000)} s.`), 'unanswered');
    }
  }
}
