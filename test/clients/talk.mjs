// One conversation over `@google/genai`: a question, a tool call, its response, the answer, the end.
export async function talk({ GoogleGenAI }, baseUrl = process.env.URL_BASE) {
  const lines = [];
  const ai = new GoogleGenAI({ apiKey: 'SECRETKEY', httpOptions: { baseUrl } });
  let done;
  const closed = new Promise((resolve) => {
    done = resolve;
  });
  const session = await ai.live.connect({
    model: 'm',
    config: {
      responseModalities: ['AUDIO'],
      tools: [{ functionDeclarations: [{ name: 'get_weather' }] }],
    },
    callbacks: {
      onmessage({ toolCall, serverContent }) {
        for (const { id, name } of toolCall?.functionCalls ?? []) {
          lines.push(`call ${name}`);
          session.sendToolResponse({ functionResponses: [{ id, name, response: { output: 'sunny' } }] });
        }
        if (serverContent?.turnComplete) {
          lines.push('turn complete');
          session.close();
        }
      },
      onclose({ code }) {
        lines.push(`close ${code}`);
        done();
      },
    },
  });
  session.sendClientContent({ turns: 'What is the weather?', turnComplete: true });
  await closed;
  return lines.join(', ');
}
