// A client without any library, on the socket that SOCKET names; as a relay, behind a socket of its own.
import { once } from 'node:events';
import WebSocket, { WebSocketServer } from 'ws';
import { path, talk } from './talk.mjs';

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
talk(new (kind === 'global' ? globalThis.WebSocket : WebSocket)(url));
