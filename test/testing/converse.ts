import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { Recording } from '../../src/testing/index.ts';

/** Sends the client's frames of a recording and collects as many frames as the server sends in it. */
export async function converse(url: string, recording: Recording): Promise<readonly Buffer[]> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  const received: { data: Buffer; binary: boolean }[] = [];
  const expected = recording.frames.filter(({ from }) => from === 'server').length;
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data, binary) => {
      received.push({ data: data as Buffer, binary });
      if (received.length === expected) resolve();
    });
    socket.on('open', () => {
      for (const { from, data } of recording.frames) if (from === 'client') socket.send(data);
    });
  });
  socket.close();
  expect(received.every(({ binary }) => binary)).toBe(true);
  return received.map(({ data }) => data);
}
