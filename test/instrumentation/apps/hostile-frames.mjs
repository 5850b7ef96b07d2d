// A service that sends one strange frame a session, and an application that writes down all it saw of each: the same
// with and without live-otel. Every frame goes as binary, text, in fragments and compressed.

import { GoogleGenAI } from '@google/genai';
import { WebSocket, WebSocketServer } from 'ws';
import { hostileFrames } from './hostile-frames-table.ts';

const transports = {
  binary: (socket, bytes) => socket.send(bytes, { binary: true }),
  text: (socket, bytes) => socket.send(bytes, { binary: false }),
  fragments: (socket, bytes) => {
    const third = Math.ceil(bytes.length / 3) || 1;
    socket.send(bytes.subarray(0, third), { binary: true, fin: false });
    socket.send(bytes.subarray(third, 2 * third), { binary: true, fin: false });
    socket.send(bytes.subarray(2 * third), { binary: true, fin: true });
  },
  deflate: (socket, bytes) => socket.send(bytes, { binary: true, compress: true }),
};

const cases = Object.entries(hostileFrames).flatMap(([frame, bytes]) =>
  Object.entries(transports).map(([transport, send]) => ({ name: `${frame}, ${transport}`, bytes, send })),
);

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 0 } });
await new Promise((resolve) => server.once('listening', resolve));
server.on('connection', (socket, request) => {
  const { bytes, send } = cases[Number(new URL(request.url, 'http://x').searchParams.get('key'))];
  socket.on('error', () => {});
  socket.once('message', () => {
    socket.send(Buffer.from('{"setupComplete":{}}'));
    send(socket, Buffer.from(bytes));
    // A ping is answered after everything before it was delivered.
    socket.once('pong', () => socket.close(1000, 'done'));
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  });
});

let seen;
const describe = (error) => `${error?.name}: ${error?.message}`;
process.on('unhandledRejection', (error) => seen.push(['unhandled', describe(error)]));
process.on('uncaughtException', (error) => seen.push(['uncaught', describe(error)]));

for (const [index, { name }] of cases.entries()) {
  seen = [];
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  const client = new GoogleGenAI({ apiKey: String(index), httpOptions: { baseUrl } });
  const closed = new Promise((resolve) => {
    client.live
      .connect({
        model: 'm',
        config: {},
        callbacks: {
          onmessage: (message) => seen.push(['message', message.constructor.name, message]),
          onerror: (event) => seen.push(['error', event.message]),
          onclose: ({ code, reason }) => {
            seen.push(['close', code, reason]);
            resolve();
          },
        },
      })
      .then(
        () => seen.push(['connected']),
        (error) => seen.push(['refused', describe(error)]),
      );
  });
  await closed;
  await new Promise((resolve) => setImmediate(resolve));
  // Long texts as their length and their end.
  const text = JSON.stringify(seen, (_, value) =>
    typeof value === 'string' && value.length > 200 ? `${value.length}…${value.slice(-20)}` : value,
  );
  process.stdout.write(`${name}: ${text}\n`);
}
server.close();
