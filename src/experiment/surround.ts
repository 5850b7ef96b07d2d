/** The connections before a session and beside it, of which nothing is wanted but that they are made. */
import { type ClientSession, config, type LiveClient } from './client.ts';
import { type Time, wait } from './time.ts';
import type { Treatment } from './treatment.ts';

interface Surroundings {
  readonly live: LiveClient;
  readonly treatment: Treatment;
  readonly time: Time;
  /** Aborted when the session in the middle is over. */
  readonly signal: AbortSignal;
}

/** Resolves when the connections before are closed and those beside are open, or failed to. */
export async function surround(surroundings: Surroundings): Promise<void> {
  const { treatment, time, signal } = surroundings;
  const { connectsBefore, connectsWithinMs, companions } = treatment;
  const before: Promise<unknown>[] = [];
  for (let index = 0; index < connectsBefore && !signal.aborted; index += 1) {
    before.push(open(surroundings).then((session) => session?.close()));
    await wait(time, connectsWithinMs / connectsBefore, signal);
  }
  await Promise.all(before);
  const beside = await Promise.all(Array.from({ length: companions }, () => open(surroundings)));
  const close = (): void => {
    for (const session of beside) session?.close();
  };
  if (signal.aborted) close();
  else signal.addEventListener('abort', close);
}

/** `undefined` where it fails: some versions of the SDK never say so. */
function open({ live, treatment, time, signal }: Surroundings): Promise<ClientSession | undefined> {
  return new Promise((resolve) => {
    const giveUp = time.after(15_000, () => resolve(undefined));
    const done = (session: ClientSession | undefined): void => {
      giveUp();
      if (signal.aborted) session?.close();
      resolve(session);
    };
    live
      .connect({
        model: treatment.model,
        config,
        callbacks: { onmessage: () => {}, onerror: () => {}, onclose: () => done(undefined) },
      })
      .then(
        (session) => done(session as ClientSession),
        () => done(undefined),
      );
  });
}
