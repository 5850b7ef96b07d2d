/**
 * Worker threads at the end of the process. Node stops them without a word to them when the main thread ends by a signal
 * or `process.exit()`: the main thread tells those that record sessions, and waits until they have delivered theirs.
 */
import type { ProcessEnding } from '../conventions/vocabulary.ts';

const channelName = 'live-otel.threads.1';

type Message =
  | { readonly type: 'recording'; readonly thread: number }
  | { readonly type: 'ended'; readonly thread: number }
  /** `done` counts the threads that have delivered. */
  | { readonly type: 'ending'; readonly ending: ProcessEnding; readonly done: SharedArrayBuffer };

export interface Threads {
  /** Lets the others end their sessions and deliver. @returns waits until they have, at the latest after `timeoutMs`. */
  endOthers(ending: ProcessEnding): (timeoutMs: number) => void;
  /** That thread has ended, and cannot say so itself. */
  left(thread: number): void;
}

export interface ThreadHooks {
  /** Another thread records sessions. */
  onOther(): void;
  /** Ends the sessions of this thread and delivers what was recorded. */
  end(ending: ProcessEnding): void;
}

/** Keeps no thread alive. */
export function joinThreads({ onOther, end }: ThreadHooks): Threads {
  const { BroadcastChannel, isMainThread, threadId } = process.getBuiltinModule('node:worker_threads');
  const channel = new BroadcastChannel(channelName);
  channel.unref();
  const others = new Set<number>();
  const say = (message: Message): void => channel.postMessage(message);
  channel.onmessage = (event: unknown): void => {
    const message = (event as { readonly data: Message }).data;
    if (message.type === 'ending') {
      end(message.ending);
      const done = new Int32Array(message.done);
      Atomics.add(done, 0, 1);
      Atomics.notify(done, 0);
    } else if (isMainThread) {
      if (message.type === 'ended') others.delete(message.thread);
      else others.add(message.thread);
      onOther();
    }
  };
  if (!isMainThread) {
    say({ type: 'recording', thread: threadId });
    process.once('exit', () => say({ type: 'ended', thread: threadId }));
  }
  return {
    left: (thread) => void others.delete(thread),
    endOthers(ending) {
      if (!isMainThread || others.size === 0) return () => {};
      const done = new Int32Array(new SharedArrayBuffer(4));
      say({ type: 'ending', ending, done: done.buffer });
      return (timeoutMs) => {
        const deadline = performance.now() + timeoutMs;
        for (let count = 0; count < others.size; count = Atomics.load(done, 0)) {
          const left = deadline - performance.now();
          if (left <= 0) return;
          Atomics.wait(done, 0, count, left);
        }
      };
    },
  };
}
