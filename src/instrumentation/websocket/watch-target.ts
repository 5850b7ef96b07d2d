/** The tap on a WebSocket as the web has it: the first listeners there are. */
import { reportFailure } from '../guard.ts';
import { type Sender, watchSending } from '../sending.ts';
import type { SessionTap } from '../tap.ts';

export type TargetSocket = Sender & Pick<WebSocket, 'addEventListener'>;

/** @param whyFailed what else says why the socket failed: browsers keep it to themselves */
export function watchTarget(
  socket: TargetSocket,
  session: SessionTap,
  whyFailed: () => unknown = () => undefined,
): void {
  watchSending(socket, session);
  socket.addEventListener('open', () => session.opened());
  socket.addEventListener('message', ({ data }: MessageEvent) => {
    // Without a function made for each frame.
    try {
      session.received(data);
    } catch (error) {
      reportFailure('reading a received frame', error);
    }
  });
  socket.addEventListener('error', (event) => {
    session.failed(whyFailed() ?? (event as { readonly error?: unknown }).error ?? event);
  });
  socket.addEventListener('close', (end) => session.closed(end));
}
