const { GoogleGenAI } = require('@google/genai');
const { flush } = require('live-otel');

test('the agent asks for the weather', async () => {
  const calls = [];
  const ai = new GoogleGenAI({ apiKey: 'SECRETKEY', httpOptions: { baseUrl: process.env.URL_BASE } });
  await new Promise((resolve, reject) => {
    const connected = ai.live.connect({
      model: 'm',
      config: { tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] },
      callbacks: {
        async onmessage({ toolCall, serverContent }) {
          const session = await connected;
          for (const { id, name } of toolCall?.functionCalls ?? []) {
            calls.push(name);
            session.sendToolResponse({ functionResponses: [{ id, name, response: { output: 'sunny' } }] });
          }
          if (serverContent?.turnComplete) session.close();
        },
        onclose: resolve,
      },
    });
    connected.then(
      (session) => session.sendClientContent({ turns: 'What is the weather?', turnComplete: true }),
      reject,
    );
  });
  expect(calls).toEqual(['get_weather']);
});

afterAll(() => flush());
