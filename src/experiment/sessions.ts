/** Keeps sessions going, never more than allowed, waits where the service refuses them, and stops when told to. */
import type { Outcome, Tokens } from './converse.ts';
import { type Time, wait } from './time.ts';

/** A session that was begun. */
export interface Begun {
  /** From 1, in the order of beginning. */
  readonly session: number;
}

/** A session that is over. */
export type Ended<One extends Begun> = One & { readonly outcome: Outcome };

/**
 * `small`: only a small difference is left to be found. `refused`: the service cannot be reached or takes no session; the
 * last outcome says how.
 */
export type Stop = 'settled' | 'small' | 'sessions' | 'budget' | 'refused' | 'interrupted';

export interface SessionsOptions<One extends Begun> {
  /** Results of an earlier run that goes on. */
  readonly earlier: readonly Ended<One>[];
  readonly parallel: number;
  /** Sessions that count, at most. */
  readonly maxSessions: number;
  /** Protocol milliseconds between two. */
  readonly pauseMs: number;
  readonly begin: (session: number) => One;
  readonly converse: (begun: One, signal: AbortSignal) => Promise<Outcome>;
  /** Whether it says anything; one that does not is made up for by another. */
  readonly isTrial: (outcome: Outcome) => boolean;
  /** Asked before the first, where some are there, and after each. */
  readonly look: (results: readonly Ended<One>[]) => Stop | undefined;
  readonly time: Time;
  readonly signal: AbortSignal;
  readonly onBegin?: ((begun: One) => void) | undefined;
  readonly onEnd?: ((ended: Ended<One>) => void) | undefined;
  readonly onPause?: ((ms: number, outcome: Outcome) => void) | undefined;
}

export interface Sessions<One extends Begun> {
  /** In the order of beginning. */
  readonly results: readonly Ended<One>[];
  readonly stop: Stop;
}

/** Protocol milliseconds before it is tried again, after each session in a row that came to nothing. */
const pauses = [1_000, 5_000, 15_000, 30_000, 60_000];

export async function runSessions<One extends Begun>(options: SessionsOptions<One>): Promise<Sessions<One>> {
  const { maxSessions, parallel, pauseMs, isTrial, time, signal } = options;
  const results: Ended<One>[] = [...options.earlier];
  const open = new Set<Promise<void>>();
  const stopping = new AbortController();
  let next = results.reduce((most, { session }) => Math.max(most, session), 0) + 1;
  let failures = 0;
  let pauseUntil = 0;
  let pausesSoFar = 0;
  let stop: Stop | undefined;
  const end = (why: Stop | undefined): void => {
    if (why === undefined) return;
    stop ??= why;
    stopping.abort();
  };
  const interrupted = (): void => end('interrupted');
  signal.addEventListener('abort', interrupted);
  if (signal.aborted) interrupted();

  const refused = (outcome: Outcome): void => {
    const pause = pauses[failures];
    failures += 1;
    if (pause === undefined) end('refused');
    else {
      pausesSoFar += 1;
      pauseUntil = time.now() + pause;
      options.onPause?.(pause, outcome);
    }
  };

  const play = async (begun: One): Promise<void> => {
    const pausesBefore = pausesSoFar;
    const outcome = await options.converse(begun, stopping.signal);
    const ended = { ...begun, outcome };
    results.push(ended);
    results.sort((a, b) => a.session - b.session);
    // Those that were refused together with one before are no further refusal.
    if (stop === undefined && !isTrial(outcome)) {
      if (pausesSoFar === pausesBefore) refused(outcome);
    } else if (outcome.kind === 'completed') failures = 0;
    if (stop === undefined) end(options.look(results));
    options.onEnd?.(ended);
  };

  if (results.length > 0) end(options.look(results));
  while (stop === undefined) {
    const counted = results.filter(({ outcome }) => isTrial(outcome)).length;
    // After a refusal one session is tried, and more when it was taken.
    const atOnce = failures > 0 ? 1 : parallel;
    const room = open.size < atOnce && counted + open.size < maxSessions;
    const pause = pauseUntil - time.now();
    if (room && pause <= 0) {
      const begun = options.begin(next);
      next += 1;
      options.onBegin?.(begun);
      const playing = play(begun).finally(() => open.delete(playing));
      open.add(playing);
      if (pauseMs > 0) await playing.then(() => wait(time, pauseMs, stopping.signal));
    } else if (open.size > 0) await Promise.race(open);
    else await wait(time, Math.max(1, pause), stopping.signal);
  }
  await Promise.all(open);
  signal.removeEventListener('abort', interrupted);
  return { results, stop };
}

export function tokensOf(results: readonly { readonly outcome: Outcome }[]): Tokens {
  return results.reduce(
    ({ input, output }, { outcome: { tokens } }) => ({
      input: input + tokens.input,
      output: output + tokens.output,
    }),
    { input: 0, output: 0 },
  );
}
