/**
 * The service's end of the socket, in a process of its own so that its CPU is not counted: answers the setup, then
 * counts frames or sends them, as the measuring process says.
 */
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { receivedAudio, receivedShapes, setupComplete } from './frames.ts';

export type Order =
  | { readonly type: 'count'; readonly socket: number; readonly frames: number }
  | {
      readonly type: 'send';
      readonly socket: number;
      readonly frames: number;
      readonly shape: number;
      readonly spaced: boolean;
    };

export type Report = { readonly type: 'listening'; readonly port: number } | { readonly type: 'counted' };

const sockets: { readonly socket: WebSocket; awaited: number }[] = [];
const frames = receivedShapes.map(({ ms, indent }) => receivedAudio(ms, indent));
const report = (message: Report): void => void process.send?.(message);

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('listening', () => report({ type: 'listening', port: (server.address() as AddressInfo).port }));
server.on('connection', (socket) => {
  const peer = { socket, awaited: 0 };
  sockets.push(peer);
  socket.once('message', () => {
    socket.send(setupComplete, { binary: true });
    socket.on('message', () => {
      peer.awaited -= 1;
      if (peer.awaited === 0) report({ type: 'counted' });
    });
  });
});

process.on('disconnect', () => process.exit());
process.on('message', async (order: Order) => {
  const peer = sockets[order.socket];
  if (peer === undefined) throw new Error(`There is no socket ${order.socket}.`);
  if (order.type === 'count') {
    peer.awaited = order.frames;
    return;
  }
  const list = frames[order.shape] ?? [];
  for (let index = 0; index < order.frames; index += 1) {
    peer.socket.send(list[index % list.length] as Buffer, { binary: true });
    await (order.spaced ? sleep(1) : new Promise(setImmediate));
  }
});
