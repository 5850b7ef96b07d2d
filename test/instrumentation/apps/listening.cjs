/** Writes down what it hears of the end of one conversation, from either hook. */
exports.listen = function listen({ onClosure, LiveInstrumentation }) {
  const hear =
    (heard) =>
    ({ code, traceId, spanId }) =>
      process.stdout.write(`${JSON.stringify({ heard, code, traceId, spanId })}\n`);
  onClosure(hear('by the package'));
  new LiveInstrumentation({ onClosure: hear('by an instrumentation') });
};

exports.talk = async function talk({ GoogleGenAI }) {
  const ai = new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
  const closed = Promise.withResolvers();
  const session = await ai.live.connect({
    model: 'gemini-test',
    config: { tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] },
    callbacks: {
      onmessage({ toolCall }) {
        for (const { id, name } of toolCall?.functionCalls ?? []) {
          session.sendToolResponse({ functionResponses: { id, name, response: { ok: true } } });
        }
      },
      onclose: closed.resolve,
    },
  });
  session.sendClientContent({ turns: 'What is the weather?' });
  await closed.promise;
};
