// A client without any library of the Live API, on the WebSocket of the package that LIBRARY names.
const { LIBRARY: library = '', URL_BASE: base = '' } = process.env;
const found = await import(library);
const WebSocket = found.WebSocket ?? found.default.w3cwebsocket;

const lines = [];
const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const socket = new WebSocket(`${base.replace(/^http/, 'ws')}${path}?key=SECRETKEY`);
socket.binaryType = 'arraybuffer';
const send = (message) => socket.send(JSON.stringify(message));
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
