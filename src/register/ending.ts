import { diag } from '@opentelemetry/api';
import type { ProcessEnding } from '../conventions/vocabulary.ts';
import { installExitHandling } from './exit.ts';
import { type InTurn, joinThreads, type Threads } from './threads.ts';

export interface EndingHooks {
  /** Ends the sessions of this thread. */
  endSessions(ending: ProcessEnding): void;
  /** Delivers what was recorded in this thread, within a bound of its own. @param inTurn does what is sent */
  flushSync(inTurn?: InTurn): void;
  /** How long the main thread waits for the others, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Ends sessions when the process does, those of worker threads as well. Nothing is installed in a thread that records
 * none, but for a look at whether the main thread makes another one.
 *
 * @returns to be called when this thread records.
 */
export function watchEnding({ endSessions, flushSync, timeoutMs }: EndingHooks): () => void {
  const { isMainThread } = process.getBuiltinModule('node:worker_threads');
  let threads: Threads | undefined;
  let installed = false;
  const install = (): void => {
    if (installed) return;
    installed = true;
    let waitForOthers = (_timeoutMs: number): number => 0;
    installExitHandling({
      endSessions(ending) {
        waitForOthers = threads?.endOthers(ending) ?? waitForOthers;
        endSessions(ending);
      },
      flushSync() {
        flushSync();
        const missing = waitForOthers(timeoutMs);
        if (missing === 0) return;
        diag.warn(
          `live-otel: What ${missing} worker ${missing === 1 ? 'thread' : 'threads'} recorded was not delivered within ${timeoutMs} ms before the process ended: a thread may be busy; a larger LIVE_OTEL_EXIT_TIMEOUT_MS gives it more time.`,
        );
      },
    });
    if (!isMainThread) join();
  };
  const join = (): Threads => {
    threads ??= joinThreads({
      onOther: install,
      end(ending, inTurn) {
        endSessions(ending);
        flushSync(inTurn);
      },
    });
    return threads;
  };
  if (isMainThread) {
    process.on('worker', (worker) => {
      const { threadId } = worker;
      const { left } = join();
      worker.once('exit', () => left(threadId));
    });
  }
  return install;
}
