/** Two sessions, one after the other, that the service closes; writes nothing, and ends with code 3. */
import { setTimeout } from 'node:timers/promises';
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
for (let left = 2; left > 0; left -= 1) {
  await new Promise((resolve) => {
    void ai.live.connect({
      model: 'gemini-test',
      callbacks: { onmessage() {}, onclose: resolve, onerror() {} },
    });
  });
  // What is written about it has failed by then.
  await setTimeout(100);
}
process.exit(3);
