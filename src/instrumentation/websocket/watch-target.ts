/** The tap on a WebSocket as the web has it: the first listeners there are. */
import { guarded } from '../guard.ts';
import { type Sender, watchSending } from '../sending.ts';
import type { SessionTap } from '../tap.ts';

export type TargetSocket = Sender & Pick<WebSocket, 'addEventListener'>;

export function watchTarget(socket: TargetSocket, session: SessionTap): void {
  watchSending(socket, session);
  socket.addEventListener('open', () => session.opened());
  socket.addEventListener('message', ({ data }: MessageEvent) => {
    guarded('reading a received frame', () => session.received(data));
  });
  socket.addEventListener('error', (event) => {
    session.failed((event as { readonly error?: unknown }).error ?? event);
  });
  socket.addEventListener('close', (end) => session.closed(end));
}
