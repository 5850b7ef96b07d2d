/** Three conversations that are under way when something happens to the process. */
const { GoogleGenAI } = require('@google/genai');

const ai = new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
const endings = {
  wait() {},
  'a handler of its own': () =>
    process.on('SIGTERM', () => {
      process.stdout.write('handled\n');
      process.exit(7);
    }),
  'process.exit(3)': () => process.exit(3),
  'an uncaught exception': () => {
    throw new Error("the application's own");
  },
  'an unhandled rejection': () => Promise.reject(new Error("the application's own")),
};

(async () => {
  for (let index = 0; index < 3; index++) {
    const session = await ai.live.connect({
      model: 'gemini-test',
      config: { responseModalities: ['AUDIO'] },
      callbacks: { onmessage() {}, onclose: () => process.stdout.write('closed\n') },
    });
    session.sendClientContent({ turns: 'Hello.' });
  }
  // From outside `connect()`'s promise, as application code usually is.
  setTimeout(() => {
    endings[process.env.ENDING]();
    process.stdout.write('ready\n');
  }, 50);
})();
