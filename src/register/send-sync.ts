import { type OtlpRequest, type PostResult, post } from './post.ts';

/**
 * Sends every request while the calling thread waits: when the process ends, nothing asynchronous runs any more. A
 * worker thread has an event loop of its own. What is refused for now is tried again until the time is over. Returns
 * within `timeoutMs` plus the worker's start, and never throws.
 *
 * @returns one for each request; of a long answer, what fits.
 */
export function sendSync(requests: readonly OtlpRequest[], timeoutMs: number): readonly PostResult[] {
  const failed = (reason: string): PostResult => ({ status: 'retryable', reason });
  if (requests.length === 0 || timeoutMs <= 0)
    return requests.map(() => failed('there was no time left to send it'));
  const results = new SharedArrayBuffer(resultBytes * (requests.length + 1));
  /** 0, then 1 as soon as the thread runs, then 2 when it is done. */
  const state = new Int32Array(results, 0, 1);
  try {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const worker = new Worker(workerSource, {
      eval: true,
      // Neither the application's preloads, this one among them, nor its output.
      execArgv: [],
      env: pick(process.env, ['NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS']),
      stdout: true,
      stderr: true,
      workerData: {
        requests: requests.map(({ to, body }) => ({ to, body })),
        results,
        resultBytes,
        timeoutMs,
      },
    });
    worker.on('error', () => {});
    worker.unref();
    // On a busy machine, to start it takes as long as to send.
    Atomics.wait(state, 0, 0, longestStartMs);
    const outcome = Atomics.wait(state, 0, 1, timeoutMs);
    void worker.terminate();
    const text = new TextDecoder();
    return requests.map((_, index) => {
      const bytes = new Uint8Array(results, resultBytes * (index + 1), resultBytes).slice();
      const [, status, reason = ''] =
        /^(\w+) (.*)$/s.exec(text.decode(bytes.subarray(0, bytes.indexOf(0)))) ?? [];
      if (status === delivered) return { status, answer: Buffer.from(reason, 'base64') };
      if (status === 'retryable' || status === 'rejected') return { status, reason };
      return failed(outcome === 'timed-out' ? `no answer within ${timeoutMs} ms` : 'it was not sent');
    });
  } catch (error) {
    return requests.map(() => failed(`no worker thread could be started (${String(error)})`));
  }
}

/** A thread that does not run by then gets no further time to start. */
const longestStartMs = 5_000;

/** Room for one result, its closing zero included. */
const resultBytes = 1_024;
const delivered = 'delivered' satisfies PostResult['status'];

interface WorkerInput {
  readonly requests: readonly OtlpRequest[];
  readonly results: SharedArrayBuffer;
  readonly resultBytes: number;
  readonly timeoutMs: number;
}

/** Runs in the worker, as text: it may name nothing of this module. */
async function work(require: NodeJS.Require, send: typeof post): Promise<void> {
  const { workerData } = require('node:worker_threads') as { workerData: WorkerInput };
  const { requests, results, resultBytes, timeoutMs } = workerData;
  const state = new Int32Array(results, 0, 1);
  const enter = (value: number): void => {
    Atomics.store(state, 0, value);
    Atomics.notify(state, 0);
  };
  enter(1);
  const deadline = Date.now() + timeoutMs;
  const agents = new Map<string, import('node:http').Agent>();
  const connections = 16;
  const report = (index: number, text: string): void => {
    const room = new Uint8Array(results, resultBytes * (index + 1), resultBytes);
    room.fill(0);
    new TextEncoder().encodeInto(text, room.subarray(0, resultBytes - 1));
  };
  const agentFor = (url: string): import('node:http').Agent => {
    const id = url.startsWith('https:') ? 'node:https' : 'node:http';
    const { Agent } = require(id) as typeof import('node:http');
    const agent = agents.get(id) ?? new Agent({ keepAlive: true, maxSockets: connections });
    agents.set(id, agent);
    return agent;
  };
  const deliver = async (request: OtlpRequest, index: number): Promise<void> => {
    for (let backoffMs = 50; ; backoffMs = Math.min(backoffMs * 2, 500)) {
      const left = deadline - Date.now();
      if (left <= 0) return;
      const agent = agentFor(request.to.url);
      const result: PostResult = await send(require, request, { timeoutMs: left, background: false, agent });
      report(
        index,
        `${result.status} ${result.status === 'delivered' ? Buffer.from(result.answer).toString('base64') : result.reason}`,
      );
      if (result.status !== 'retryable') return;
      const pauseMs = result.retryAfterMs ?? backoffMs;
      if (Date.now() + pauseMs >= deadline) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let index = next++; index < requests.length; index = next++) {
        await deliver(requests[index] as OtlpRequest, index);
      }
    }),
  );
  enter(2);
}

const workerSource = `(${work})(require, ${post});`;

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
