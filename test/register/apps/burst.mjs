/**
 * Opens SESSIONS sessions, says `ready`, and when the last one is closed, when that was: epoch milliseconds. Stays until
 * its input ends.
 */
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
const sessions = Number(process.env.SESSIONS);
let closed = 0;
const onclose = () => {
  closed += 1;
  if (closed < sessions) return;
  const at = performance.timeOrigin + performance.now();
  process.stdout.write(`${at}\n`);
  process.stdin.on('end', () => process.exit(0)).resume();
};
const callbacks = { onmessage() {}, onclose, onerror() {} };
for (let left = sessions; left > 0; left -= 100) {
  await Promise.all(
    Array.from({ length: Math.min(100, left) }, () => ai.live.connect({ model: 'gemini-test', callbacks })),
  );
}
process.stdout.write('ready\n');
