// The handler of docs/reliability.md, in a process that is frozen for good when it has returned.
import { GoogleGenAI } from '@google/genai';
import { flush } from 'live-otel';

async function talk() {
  const ai = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: process.env.URL_BASE } });
  const session = await ai.live.connect({ model: 'm', callbacks: { onmessage: () => {} } });
  session.close();
}

async function handler() {
  try {
    await talk();
  } finally {
    await flush();
  }
}

await handler();
process.kill(process.pid, 'SIGKILL');
