/**
 * The end of the process, as far as telemetry cares: open sessions end, and what was recorded is delivered, while exit
 * code, signal and the application's own handlers stay what they are without us.
 *
 * Delivery is synchronous. A process that is about to end runs no more of its own code; giving it time for a flush in
 * the background would let it go on answering, writing and calling tools.
 */
import type { ProcessEnding } from '../conventions/vocabulary.ts';

export interface ExitHooks {
  /** Ends every open session. Called once an ending, before `flushSync`. */
  endSessions(ending: ProcessEnding): void;
  /** Delivers everything, within a bound of its own. */
  flushSync(): void;
}

/** The signals that end a process by default and can be listened to. */
export const endingSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
export type EndingSignal = (typeof endingSignals)[number];

/** @returns a function that takes every listener away again. */
export function installExitHandling(hooks: ExitHooks): () => void {
  const end = (ending: ProcessEnding): void => {
    for (const step of [() => hooks.endSessions(ending), () => hooks.flushSync()]) {
      try {
        step();
      } catch {
        // An error here would change the exit code.
      }
    }
  };
  const removers = [watchExit(end), ...endingSignals.map((signal) => watchSignal(signal, end))];
  return () => {
    for (const remove of removers) remove();
  };
}

/** `process.exit()`, an empty event loop, an uncaught exception, an unhandled rejection: all come to `exit`. */
function watchExit(end: (ending: ProcessEnding) => void): () => void {
  let suspicion: { readonly ending: ProcessEnding; readonly turn: number } | undefined;
  /** Why the process may be about to end: holds for this turn of the event loop, in which it ends if it does. */
  const suspect = (ending: ProcessEnding): void => {
    suspicion = { ending, turn: loopTurn() };
  };
  const onException = (_error: Error, origin: NodeJS.UncaughtExceptionOrigin): void =>
    suspect(origin === 'unhandledRejection' ? 'unhandled_rejection' : 'uncaught_exception');
  const onEmptyLoop = (): void => suspect('empty_event_loop');
  const onExit = (): void => end(suspicion?.turn === loopTurn() ? suspicion.ending : 'exit');

  process.prependListener('uncaughtExceptionMonitor', onException);
  process.prependListener('beforeExit', onEmptyLoop);
  process.prependListener('exit', onExit);
  return () => {
    process.removeListener('uncaughtExceptionMonitor', onException);
    process.removeListener('beforeExit', onEmptyLoop);
    process.removeListener('exit', onExit);
  };
}

function loopTurn(): number {
  // Loaded at the end, not as the process starts.
  return process.getBuiltinModule('node:perf_hooks').performance.nodeTiming.uvMetricsInfo.loopCount;
}

/**
 * A signal ends the process only where the application does not listen to it, and libraries decide by the number of
 * listeners what to do (signal-exit). So ours is not among them: Node keeps one handle a signal, which calls the `emit`
 * that `process` has when the first listener comes; it gets ours then, and loses that listener again. Where Node does
 * otherwise, the listener stays.
 */
function watchSignal(signal: EndingSignal, end: (ending: ProcessEnding) => void): () => void {
  let installed = true;

  const onSignal = (): void => {
    if (!installed || othersListen()) return;
    end('signal');
    // Nobody listens now: the default action, and with it the exit status, is the system's.
    installed = false;
    process.prependListener(signal, onSignal);
    process.removeListener(signal, onSignal);
    installed = true;
    process.kill(process.pid, signal);
    // The first process of a container survives that.
    if (process.pid === 1) setImmediate(install);
  };
  const othersListen = (): boolean => process.listeners(signal).some((listener) => listener !== onSignal);

  const install = (): void => {
    if (!installed || process.listenerCount(signal) > 0) return;
    const { emit } = process;
    let reads = 0;
    const emitOrEnd = (event: string, ...rest: unknown[]): boolean => {
      if (event === signal && !othersListen()) onSignal();
      return Reflect.apply(emit, process, [event, ...rest]);
    };
    const get = () => {
      reads++;
      return emitOrEnd;
    };
    shadowing('emit', { get }, () => process.prependListener(signal, onSignal));
    // Once to say that there is a new listener, and once for the handle.
    if (reads < 2) return;
    shadowing('listenerCount', { value: () => 1 }, () => process.removeListener(signal, onSignal));
  };
  const onRemoveListener = (event: string | symbol): void => {
    if (event === signal) install();
  };

  install();
  process.on('removeListener', onRemoveListener);
  return () => {
    installed = false;
    process.removeListener('removeListener', onRemoveListener);
    process.prependListener(signal, onSignal);
    process.removeListener(signal, onSignal);
  };
}

/** Runs `work` while `process` has another property of that name. */
function shadowing(name: 'emit' | 'listenerCount', descriptor: PropertyDescriptor, work: () => void): void {
  const before = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { ...descriptor, configurable: true });
  try {
    work();
  } finally {
    if (before === undefined) delete (process as Partial<NodeJS.Process>)[name];
    else Object.defineProperty(process, name, before);
  }
}
