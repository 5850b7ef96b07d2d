// The server side of the AI SDK's realtime: the provider says where to connect and translates, the socket is the application's.
import { createGoogle } from '@ai-sdk/google';
import WebSocket from 'ws';

const lines = [];
const model = createGoogle({
  apiKey: 'SECRETKEY',
  baseURL: `${process.env.URL_BASE}/v1beta`,
}).experimental_realtime('m');
const { url, headers } = await model.getServerWebSocketConfig({});
const socket = new WebSocket(url, { headers });
const parse = model.createServerEventParser();
const send = async (event) => {
  const message = await model.serializeClientEvent(event);
  if (message !== null) socket.send(JSON.stringify(message));
};
const tools = [
  { type: 'function', name: 'get_weather', description: '', parameters: { type: 'object', properties: {} } },
];
socket.on('open', () => send({ type: 'session-update', config: { tools } }));
socket.on('message', async (data) => {
  for (const event of [parse(JSON.parse(String(data)))].flat()) {
    if (event.type === 'session-created') {
      await send({
        type: 'conversation-item-create',
        item: { type: 'text-message', role: 'user', text: 'What is the weather?' },
      });
    } else if (event.type === 'function-call-arguments-done') {
      lines.push(`call ${event.name}`);
      const item = {
        type: 'function-call-output',
        callId: event.callId,
        name: event.name,
        output: '"sunny"',
      };
      await send({ type: 'conversation-item-create', item });
    } else if (event.type === 'response-done') {
      lines.push('turn complete');
      socket.close();
    }
  }
});
socket.on('close', (code) => console.log([...lines, `close ${code}`].join(', ')));
