/** A session opens and closes in a thread, which goes on. Ends when it is told to. */
import { isMainThread, Worker } from 'node:worker_threads';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  process.stdin.once('end', () => worker.terminate()).resume();
} else {
  setInterval(() => {}, 60_000);
  const { GoogleGenAI } = await import('@google/genai');
  const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
  const session = await ai.live.connect({ model: 'gemini-test', callbacks: { onmessage() {} } });
  session.close();
}
