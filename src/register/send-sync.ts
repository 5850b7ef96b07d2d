import { type OtlpRequest, type PostResult, post } from './post.ts';

/**
 * Sends every request while the calling thread waits: when the process ends, nothing asynchronous runs any more. A
 * worker thread has an event loop of its own. Returns within `timeoutMs` plus the worker's start, and never throws.
 *
 * @returns one sentence for each request that was not delivered, or for the worker when it did not come up in time.
 */
export function sendSync(requests: readonly OtlpRequest[], timeoutMs: number): readonly string[] {
  if (requests.length === 0 || timeoutMs <= 0) return requests.map(() => 'there was no time left to send it');
  const results = new SharedArrayBuffer(resultBytes * (requests.length + 1));
  const done = new Int32Array(results, 0, 1);
  try {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const worker = new Worker(workerSource, {
      eval: true,
      // Neither the application's preloads, this one among them, nor its output.
      execArgv: [],
      env: pick(process.env, ['NODE_TLS_REJECT_UNAUTHORIZED']),
      stdout: true,
      stderr: true,
      workerData: { requests, results, resultBytes, timeoutMs },
    });
    worker.on('error', () => {});
    worker.unref();
    const outcome = Atomics.wait(done, 0, 0, timeoutMs);
    void worker.terminate();
    const text = new TextDecoder();
    return requests.flatMap((_, index) => {
      const bytes = new Uint8Array(results, resultBytes * (index + 1), resultBytes).slice();
      const reason = text.decode(bytes.subarray(0, bytes.indexOf(0)));
      if (reason === delivered) return [];
      return reason || (outcome === 'timed-out' ? `no answer within ${timeoutMs} ms` : 'it was not sent');
    });
  } catch (error) {
    return requests.map(() => `no worker thread could be started (${String(error)})`);
  }
}

/** Room for one result, its closing zero included. */
const resultBytes = 256;
const delivered = 'delivered';

interface WorkerInput {
  readonly requests: readonly OtlpRequest[];
  readonly results: SharedArrayBuffer;
  readonly resultBytes: number;
  readonly timeoutMs: number;
}

/** Runs in the worker, as text: it may name nothing of this module. */
async function work(require: NodeJS.Require, send: typeof post): Promise<void> {
  const { workerData } = require('node:worker_threads') as { workerData: WorkerInput };
  const report = (index: number, result: PostResult): void => {
    const room = new Uint8Array(
      workerData.results,
      workerData.resultBytes * (index + 1),
      workerData.resultBytes - 1,
    );
    new TextEncoder().encodeInto(result.status === 'delivered' ? 'delivered' : result.reason, room);
  };
  await Promise.all(
    workerData.requests.map(async (request, index) =>
      report(index, await send(require, request, { timeoutMs: workerData.timeoutMs, background: false })),
    ),
  );
  const done = new Int32Array(workerData.results, 0, 1);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}

const workerSource = `(${work})(require, ${post});`;

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
