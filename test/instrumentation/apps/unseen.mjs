// Opens a session in the way that HOW names, and ends when that is open.
import { once } from 'node:events';
import { get } from 'node:http';

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
} else {
  const { default: WebSocket } = await import('ws');
  await import('live-otel/register');
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}${path}`);
  await once(socket, 'open');
  socket.close();
}
