// A question, a tool call, its response, the answer, the end; says what it saw.
export async function talk({ GoogleGenAI }) {
  const seen = [];
  const ai = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
  const { promise: closed, resolve: close } = Promise.withResolvers();
  const session = await ai.live.connect({
    model: 'gemini-test',
    config: { tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] },
    callbacks: {
      onmessage({ toolCall, serverContent }) {
        for (const { id, name } of toolCall?.functionCalls ?? []) {
          seen.push(name);
          session.sendToolResponse({ functionResponses: [{ id, name, response: { output: 'sunny' } }] });
        }
        if (serverContent?.turnComplete) session.close();
      },
      onclose({ code }) {
        seen.push(code);
        close();
      },
    },
  });
  session.sendClientContent({ turns: 'What is the weather?', turnComplete: true });
  await closed;
  console.log(seen.join(' '));
}
