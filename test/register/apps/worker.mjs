/**
 * Opens SESSIONS sessions in each of WORKERS worker threads, two by default, says `ready`, and ends as ENDING says. With
 * NESTED, the sessions are in a thread that each of them starts; the thread of the number BLOCKED never comes to rest.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const { ENDING: ending, NESTED: nested, WORKERS: workers = 2 } = process.env;
const start = (inner, number) => new Worker(new URL(import.meta.url), { workerData: { inner, number } });
const isOpen = (worker) => new Promise((resolve) => worker.once('message', resolve));

if (isMainThread) {
  const threads = Array.from({ length: Number(workers) }, (_, number) => start(nested === undefined, number));
  await Promise.all(threads.map(isOpen));
  if (ending === 'terminate') {
    await Promise.all(threads.map((worker) => worker.terminate()));
    process.exit(3);
  }
  process.stdout.write('ready\n');
  if (ending === 'exit') process.exit(3);
  if (ending === 'throw') throw new Error('of the application');
  for (const thread of threads) thread.on('error', () => {}).postMessage('end');
} else if (workerData.inner) {
  const { GoogleGenAI } = await import('@google/genai');
  const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
  const callbacks = { onmessage() {}, onclose() {}, onerror() {} };
  for (let left = Number(process.env.SESSIONS); left > 0; left -= 1) {
    await ai.live.connect({ model: 'gemini-test', callbacks });
  }
  parentPort.on('message', () => {
    if (ending === 'exit_worker') process.exit(5);
    if (ending === 'throw_in_worker') throw new Error('of the worker');
  });
  parentPort.postMessage('open');
  if (process.env.BLOCKED === String(workerData.number)) for (;;);
} else {
  const thread = start(true, 0);
  await isOpen(thread);
  parentPort.on('message', (message) => thread.postMessage(message));
  parentPort.postMessage('open');
}
