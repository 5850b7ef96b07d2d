// A client without any library, on the socket that SOCKET names; as a relay, behind a socket of its own.
import { once } from 'node:events';
import WebSocket, { WebSocketServer } from 'ws';

const lines = [];
const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const service = `${process.env.URL_BASE.replace(/^http/, 'ws')}${path}?key=SECRETKEY`;
const kind = process.env.SOCKET;

/** Passes bytes on, both ways, as relays for browsers do. */
async function startRelay() {
  const relay = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(relay, 'listening');
  relay.on('connection', (browser) => {
    const upstream = new WebSocket(service);
    const opened = once(upstream, 'open');
    browser.on('message', async (data) => {
      await opened;
      upstream.send(String(data));
    });
    upstream.on('message', (data) => browser.send(data));
    browser.on('close', () => upstream.close(1000));
    upstream.on('close', () => relay.close());
  });
  return `ws://127.0.0.1:${relay.address().port}`;
}

const url = kind === 'relay' ? await startRelay() : service;
const socket = new (kind === 'global' ? globalThis.WebSocket : WebSocket)(url);
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
