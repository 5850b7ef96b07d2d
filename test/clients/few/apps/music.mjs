import { GoogleGenAI } from '@google/genai';

const httpOptions = { baseUrl: process.env.URL_BASE, apiVersion: 'v1alpha' };
const ai = new GoogleGenAI({ apiKey: 'SECRETKEY', httpOptions });
const lines = [];
let closed;
const end = new Promise((resolve) => {
  closed = resolve;
});
const session = await ai.live.music.connect({
  model: 'models/lyria-realtime-exp',
  callbacks: {
    onmessage({ setupComplete, serverContent }) {
      if (setupComplete) {
        session.setWeightedPrompts({ weightedPrompts: [{ text: 'calm piano', weight: 1 }] });
        session.play();
      }
      if (serverContent?.audioChunks === undefined) return;
      lines.push(`audio ${Buffer.from(serverContent.audioChunks[0].data, 'base64').length}`);
      if (lines.length === 2) session.close();
    },
    onclose: ({ code }) => closed(code),
  },
});
lines.push(`close ${await end}`);
console.log(lines.join(', '));
