/** A page that speaks the Live protocol over a WebSocket of its own. What it is to do stands in its URL. */
import { LiveInstrumentation, onClosure } from 'live-otel/browser';

const given = new URLSearchParams(location.search);
const live = new LiveInstrumentation({
  otlp: {
    url: given.get('otlp') ?? '/v1/traces',
    ...(given.has('tenant') && { headers: { 'x-tenant': given.get('tenant') ?? '' } }),
  },
});
const told: unknown[] = [];
onClosure((closure) => told.push(closure));

function open(binaryType: BinaryType): Promise<readonly string[]> {
  const url = `${given.get('simulator')}/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent`;
  const socket = new WebSocket(`${url}?key=AIzaSecretKey`);
  socket.binaryType = binaryType;
  const heard: string[] = [];
  const send = (message: object) => socket.send(JSON.stringify(message));
  socket.onopen = () =>
    send({
      setup: {
        model: 'models/gemini-live-2.5-flash-preview',
        generationConfig: { responseModalities: ['AUDIO'] },
        tools: [{ functionDeclarations: [{ name: 'get_weather' }] }],
      },
    });
  socket.onmessage = async ({ data }: MessageEvent<Blob | ArrayBuffer>) => {
    const text = data instanceof Blob ? await data.text() : new TextDecoder().decode(data);
    const message = JSON.parse(text);
    heard.push(Object.keys(message).join());
    if (message.setupComplete) {
      send({ clientContent: { turns: [{ role: 'user', parts: [{ text: 'And?' }] }], turnComplete: true } });
    }
    for (const { id, name } of message.toolCall?.functionCalls ?? []) {
      send({ toolResponse: { functionResponses: [{ id, name, response: { output: 'sunny' } }] } });
    }
    if (message.serverContent?.turnComplete) socket.close(1000);
  };
  return new Promise((resolve) => {
    socket.onclose = ({ code }) => resolve([...heard, `closed ${code}`]);
  });
}

const unchanged = {
  native: Object.prototype.toString.call(new WebSocket('ws://127.0.0.1:9/elsewhere')),
  same: WebSocket.prototype.constructor === WebSocket,
  states: [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED],
};

Object.assign(globalThis, { open, told, unchanged, live });
