// Opens a session in the way that HOW names, and ends when that is open.
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';

const { HOW: how, URL_BASE: base } = process.env;
const path =
  process.env.URL_PATH ??
  '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=SECRETKEY';

if (how === 'library') {
  // As a WebSocket library does that is none of ours.
  const request = get(`${base}${path}`, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  });
  const [, socket] = await once(request, 'upgrade');
  socket.destroy();
} else if (how === 'bare') {
  // As faye-websocket does, over net.connect().
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  const handshake = `${lines.join('\r\n')}\r\n\r\n`;
  socket.write(process.env.AS === 'bytes' ? Buffer.from(handshake) : handshake);
  console.log(`own write: ${Object.hasOwn(socket, 'write')}`);
  const [answer] = await once(socket, 'data');
  if (!answer.includes('101')) throw new Error(String(answer));
  socket.destroy();
} else {
  const { default: WebSocket } = await import('ws');
  await import('live-otel/register');
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}${path}`);
  await once(socket, 'open');
  socket.close();
}
