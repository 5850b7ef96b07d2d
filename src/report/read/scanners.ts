/** Scans chunks in the order they come, in threads of their own where there is much of it. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ScannedChunk } from '../../analysis/risk/record.ts';
import type { LineChunk } from './chunks.ts';
import { scanChunk } from './scan.ts';
import type { ScanReply, ScanRequest } from './scan-thread.ts';

export interface Scanned {
  readonly scanned: ScannedChunk;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Scanners {
  scan(chunks: AsyncIterable<LineChunk>): AsyncIterable<Scanned>;
  close(): Promise<void>;
}

export interface ScannersOptions {
  /** What was asked for, see `scanChunk`. */
  readonly session: string | undefined;
  /** It is known to be much, or not known how much. */
  readonly worthThreads: boolean;
}

/** Chunks that are read here before threads are started: where it is not known how much there is, it is mostly little. */
const chunksBefore = 4;
const mostThreads = 4;
/** Chunks under way for each thread: one that it scans, one that it finds when it is done. */
const ahead = 2;

export function createScanners({ session, worthThreads }: ScannersOptions): Scanners {
  const threads: Worker[] = [];
  let chunksSoFar = 0;

  const scanHere = ({ bytes, last }: LineChunk): Scanned => ({
    scanned: scanChunk(bytes, { last, session }),
    bytes,
  });

  const start = (): void => {
    const count = Math.min(availableParallelism(), mostThreads);
    for (let index = 0; index < count; index += 1) threads.push(new Worker(threadUrl()));
  };

  /** By a thread, which takes the memory of the chunk and gives it back. */
  const scanThere = async (thread: Worker, { bytes, last }: LineChunk): Promise<Scanned> => {
    const request: ScanRequest = { bytes, last, session };
    thread.postMessage(request, [bytes.buffer]);
    const [reply] = (await once(thread, 'message')) as [ScanReply];
    return reply;
  };

  return {
    async *scan(chunks) {
      const under: Promise<Scanned>[] = [];
      const busy = new Map<Worker, Promise<unknown>>();
      for await (const chunk of chunks) {
        chunksSoFar += 1;
        if (threads.length === 0 && worthThreads && chunksSoFar > chunksBefore) start();
        if (threads.length === 0) {
          yield scanHere(chunk);
          continue;
        }
        const thread = threads[chunksSoFar % threads.length] as Worker;
        const before = busy.get(thread) ?? Promise.resolve();
        const result = before.then(() => scanThere(thread, chunk));
        busy.set(thread, result);
        // Its error is met where it is awaited.
        result.catch(() => undefined);
        under.push(result);
        while (under.length >= threads.length * ahead) yield await (under.shift() as Promise<Scanned>);
      }
      for (const result of under) yield await result;
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** Beside this file in the sources, beside the parts of the command in the package. */
function threadUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./scan-thread.ts', import.meta.url);
  const file = import.meta.url.endsWith('/cli.mjs') ? './cli/scan-thread.mjs' : './scan-thread.mjs';
  return new URL(file, import.meta.url);
}
