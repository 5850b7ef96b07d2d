/** Opens a session every 100 ms for SECONDS seconds, says how many came to be, and ends with its standard input. */
import { setTimeout } from 'node:timers/promises';
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
const callbacks = { onmessage() {}, onclose() {}, onerror() {} };
const until = performance.now() + Number(process.env.SECONDS) * 1_000;
let sessions = 0;
for (; performance.now() < until; sessions += 1) {
  void ai.live.connect({ model: 'gemini-test', callbacks });
  await setTimeout(100);
}
process.stdout.write(`${sessions}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
