/** Opens SESSIONS sessions, says `ready`, and ends as ENDING says. */
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
const callbacks = { onmessage() {}, onclose() {}, onerror() {} };
for (let left = Number(process.env.SESSIONS); left > 0; left -= 50) {
  const connects = Array.from({ length: Math.min(50, left) }, () =>
    ai.live.connect({ model: 'gemini-test', callbacks }),
  );
  await Promise.all(connects);
}
const endings = {
  wait: () => setInterval(() => {}, 60_000),
  exit: () => process.exit(3),
  throw: () =>
    setImmediate(() => {
      throw new Error('of the application');
    }),
};
process.stdout.write('ready\n');
endings[process.env.ENDING]();
