/** A service in a few lines, over a real socket. */
import { once } from 'node:events';
import { WebSocketServer } from 'ws';

export interface Message {
  readonly setup?: object;
  readonly realtimeInput?: { readonly text?: string };
  readonly toolResponse?: object;
}
export type Say = (message: object) => void;
export type React = (
  message: Message,
  bytes: number,
  say: Say,
  end: (code: number, reason: string) => void,
  connection: object,
) => void;

/** What a service does that works. */
export const answer: React = (message, _, say) => {
  if (message.setup) say({ setupComplete: {} });
  if (message.realtimeInput?.text) {
    say({ toolCall: { functionCalls: [{ id: 'call-1', name: 'look_up', args: {} }] } });
  }
  if (message.toolResponse) say({ serverContent: { turnComplete: true } });
};

export async function served(react: React): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      react(
        JSON.parse(data.toString()),
        data.length,
        (message) => socket.send(JSON.stringify(message)),
        (code, reason) => socket.close(code, reason),
        socket,
      );
    });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
