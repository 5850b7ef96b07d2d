/** The service's end, in a process of its own: speaks to every session, and calls a tool once a turn. */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { receivedAudio, setupComplete, toFrame } from '../audio/frames.ts';
import { frameMs, turnMs } from './talk.ts';

const audio = receivedAudio(frameMs, 0);
const turnComplete = toFrame(
  {
    serverContent: { turnComplete: true },
    usageMetadata: { promptTokenCount: 900, responseTokenCount: 80, totalTokenCount: 980 },
  },
  2,
);
let calls = 0;

function toolCall(): Buffer {
  calls += 1;
  return toFrame(
    { toolCall: { functionCalls: [{ id: `call-${calls}`, name: 'look_up', args: { query: 'weather' } }] } },
    2,
  );
}

/** Sessions one after the other within each interval, as users speak when they like. */
function every(ms: number, of: ReadonlySet<WebSocket>, say: (socket: WebSocket) => void): void {
  const steps = 10;
  let step = 0;
  setInterval(() => {
    step = (step + 1) % steps;
    for (const [index, socket] of [...of].entries()) if (index % steps === step) say(socket);
  }, ms / steps);
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
const sessions = new Set<WebSocket>();
server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
server.on('connection', (socket) => {
  socket.once('message', () => {
    socket.send(setupComplete, { binary: true });
    sessions.add(socket);
    socket.on('message', (message: Buffer) => {
      if (message.length < 1_000 && message.includes('toolResponse')) {
        socket.send(turnComplete, { binary: true });
      }
    });
  });
});
every(frameMs, sessions, (socket) => socket.send(audio[calls % audio.length] as Buffer, { binary: true }));
every(turnMs, sessions, (socket) => socket.send(toolCall(), { binary: true }));
process.on('disconnect', () => process.exit());
