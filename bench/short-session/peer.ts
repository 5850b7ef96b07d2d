/** The service's end, in a process of its own: one turn with a tool call in each session. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { receivedAudio, setupComplete, toFrame } from '../audio/frames.ts';

const [audio = Buffer.alloc(0)] = receivedAudio(100, 0);
const toolCall = toFrame(
  { toolCall: { functionCalls: [{ id: 'call-1', name: 'look_up', args: { query: 'weather' } }] } },
  2,
);
const turnComplete = toFrame(
  {
    serverContent: { turnComplete: true },
    usageMetadata: { promptTokenCount: 900, responseTokenCount: 80, totalTokenCount: 980 },
  },
  2,
);

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
server.on('connection', (socket) => {
  const say = (frame: Buffer): void => socket.send(frame, { binary: true });
  socket.once('message', () => {
    say(setupComplete);
    socket.on('message', (message: Buffer) => {
      if (message.includes('realtimeInput')) say(toolCall);
      else if (message.includes('toolResponse')) for (const frame of [audio, turnComplete]) say(frame);
    });
  });
});
process.on('disconnect', () => process.exit());
