/**
 * Worker threads at the end of the process. Node stops them without a word to them when the main thread ends by a signal
 * or `process.exit()`: the main thread tells those that record sessions, and waits until they have delivered theirs.
 */
import type { MessagePort } from 'node:worker_threads';
import type { ProcessEnding } from '../conventions/vocabulary.ts';

const channelName = 'live-otel.threads.1';

type Message =
  | { readonly type: 'recording'; readonly thread: number }
  | { readonly type: 'ended'; readonly thread: number }
  | { readonly type: 'ending'; readonly ending: ProcessEnding; readonly shared: SharedArrayBuffer };

/** In what the threads share at the end: how many have delivered, and how many are at it. */
const done = 0;
const atIt = 1;
/** Each delivers with one more thread: of fifty that start at once, none gets far. */
const mostAtOnce = 4;

/** Does what takes a part of the machine while not too many threads do. */
export type InTurn = <Result>(work: () => Result) => Result;

export interface Threads {
  /**
   * Lets the others end their sessions and deliver.
   * @returns waits until they have, at the latest after `timeoutMs`, and returns how many have not.
   */
  endOthers(ending: ProcessEnding): (timeoutMs: number) => number;
  /** That thread has ended, and cannot say so itself. */
  left(thread: number): void;
}

export interface ThreadHooks {
  /** Another thread records sessions. */
  onOther(): void;
  /** Ends the sessions of this thread and delivers what was recorded, over the network in turn. */
  end(ending: ProcessEnding, inTurn: InTurn): void;
}

/** Keeps no thread alive. */
export function joinThreads({ onOther, end }: ThreadHooks): Threads {
  const { BroadcastChannel, isMainThread, receiveMessageOnPort, threadId } =
    process.getBuiltinModule('node:worker_threads');
  const channel = new BroadcastChannel(channelName);
  channel.unref();
  const others = new Set<number>();
  // Node takes a channel there, its types do not.
  const port = channel as unknown as MessagePort;
  const receive = (): Message | undefined => receiveMessageOnPort(port)?.message;
  const say = (message: Message): void => channel.postMessage(message);
  const hear = (message: Message): void => {
    if (message.type === 'ending') {
      const state = new Int32Array(message.shared);
      end(message.ending, inTurnOf(state));
      Atomics.add(state, done, 1);
      Atomics.notify(state, done);
    } else if (isMainThread) {
      if (message.type === 'ended') others.delete(message.thread);
      else others.add(message.thread);
      onOther();
    }
  };
  channel.onmessage = (event: unknown) => hear((event as { readonly data: Message }).data);
  if (!isMainThread) {
    say({ type: 'recording', thread: threadId });
    process.once('exit', () => say({ type: 'ended', thread: threadId }));
  }
  return {
    left: (thread) => void others.delete(thread),
    endOthers(ending) {
      if (!isMainThread) return () => 0;
      // What was said while this thread had no time to hear it.
      for (let said = receive(); said !== undefined; said = receive()) hear(said);
      if (others.size === 0) return () => 0;
      const state = new Int32Array(new SharedArrayBuffer(8));
      say({ type: 'ending', ending, shared: state.buffer });
      return (timeoutMs) => {
        const deadline = performance.now() + timeoutMs;
        for (let count = 0; count < others.size; count = Atomics.load(state, done)) {
          const left = deadline - performance.now();
          if (left <= 0) return others.size - count;
          Atomics.wait(state, done, count, left);
        }
        return 0;
      };
    },
  };
}

function inTurnOf(state: Int32Array<SharedArrayBuffer>): InTurn {
  return (work) => {
    for (let count = Atomics.load(state, atIt); ; count = Atomics.load(state, atIt)) {
      if (count >= mostAtOnce) Atomics.wait(state, atIt, count);
      else if (Atomics.compareExchange(state, atIt, count, count + 1) === count) break;
    }
    try {
      return work();
    } finally {
      Atomics.sub(state, atIt, 1);
      Atomics.notify(state, atIt);
    }
  };
}
