// A page that speaks the Live protocol over a WebSocket of its own.
const given = new URLSearchParams(location.search);
if (given.has('recorded')) {
  const { LiveInstrumentation } = await import('live-otel/browser');
  new LiveInstrumentation({ otlp: { url: '/v1/traces' } });
}
globalThis.said = talk(given.get('base').replace('http', 'ws'));

function talk(base) {
  const lines = [];
  const rpc = 'google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
  const socket = new WebSocket(`${base}/ws/${rpc}?key=SECRETKEY`);
  const send = (message) => socket.send(JSON.stringify(message));
  socket.onopen = () => {
    const generationConfig = { responseModalities: ['AUDIO'] };
    const tools = [{ functionDeclarations: [{ name: 'get_weather' }] }];
    send({ setup: { model: 'models/m', generationConfig, tools } });
  };
  socket.onmessage = async ({ data }) => {
    const { setupComplete, toolCall, serverContent } = JSON.parse(await data.text());
    if (setupComplete) {
      const turns = [{ role: 'user', parts: [{ text: 'What is the weather?' }] }];
      send({ clientContent: { turns, turnComplete: true } });
    }
    for (const { id, name } of toolCall?.functionCalls ?? []) {
      lines.push(`call ${name}`);
      send({ toolResponse: { functionResponses: [{ id, name, response: { output: 'sunny' } }] } });
    }
    if (serverContent?.turnComplete) {
      lines.push('turn complete');
      socket.close(1000);
    }
  };
  return new Promise((resolve) => {
    socket.onclose = ({ code }) => resolve([...lines, `close ${code}`].join(', '));
  });
}
