/** Opens SESSIONS sessions in each of two worker threads, says `ready`, and ends as ENDING says. */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (isMainThread) {
  const workers = [1, 2].map(() => new Worker(new URL(import.meta.url)));
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
  if (process.env.ENDING === 'terminate') {
    await Promise.all(workers.map((worker) => worker.terminate()));
    process.exit(3);
  }
  process.stdout.write('ready\n');
  if (process.env.ENDING === 'exit') process.exit(3);
  if (process.env.ENDING === 'throw') throw new Error('of the application');
} else {
  const { GoogleGenAI } = await import('@google/genai');
  const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
  const callbacks = { onmessage() {}, onclose() {}, onerror() {} };
  for (let left = Number(process.env.SESSIONS); left > 0; left -= 1) {
    await ai.live.connect({ model: 'gemini-test', callbacks });
  }
  parentPort.postMessage('open');
}
