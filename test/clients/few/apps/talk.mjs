// A conversation with one tool call, of a client without any library of the Live API, on whatever stands for a WebSocket.
export const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';

export function talk(socket) {
  const lines = [];
  const send = (message) => socket.send(JSON.stringify(message));
  socket.binaryType = 'arraybuffer';
  socket.onopen = () =>
    send({ setup: { model: 'models/m', tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] } });
  socket.onmessage = ({ data }) => {
    const { setupComplete, toolCall, serverContent } = JSON.parse(Buffer.from(data).toString());
    if (setupComplete) {
      const parts = [{ text: 'What is the weather?' }];
      send({ clientContent: { turns: [{ role: 'user', parts }], turnComplete: true } });
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
  socket.onclose = ({ code }) => console.log([...lines, `close ${code}`].join(', '));
}
