/** One conversation with one tool call, whose handler makes a span of its own. */
const inSpan = globalThis.inSpan ?? ((_name, work) => work());

exports.talk = async function talk({ GoogleGenAI }) {
  const ai = new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
  const answer = async (call) => ({
    id: call.id,
    name: call.name,
    response: await inSpan('look up the weather', async () => ({ celsius: 21 })),
  });
  await inSpan('handle a phone call', async () => {
    let session;
    await new Promise((resolve) => {
      const callbacks = {
        async onmessage(message) {
          const calls = message.toolCall?.functionCalls ?? [];
          for (const call of calls) session.sendToolResponse({ functionResponses: await answer(call) });
          if (message.serverContent?.turnComplete) session.close();
        },
        onclose: resolve,
      };
      ai.live
        .connect({ model: 'gemini-test', config: { responseModalities: ['AUDIO'] }, callbacks })
        .then((made) => {
          session = made;
          session.sendClientContent({ turns: 'What is the weather?' });
        });
    });
  });
  await globalThis.finish?.();
};
