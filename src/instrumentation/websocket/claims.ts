/**
 * Sockets that another tap watches: a client library opens its session through a socket that the tap on sockets sees as
 * well, and a session is recorded once.
 */
import { shared } from '../shared.ts';

/** A socket to this URL is somebody's own. @returns gives it back */
export function claimSocket(url: unknown): () => void {
  if (typeof url !== 'string') return () => undefined;
  const { claimedSockets } = shared;
  claimedSockets.set(url, (claimedSockets.get(url) ?? 0) + 1);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    const left = (claimedSockets.get(url) ?? 1) - 1;
    if (left > 0) claimedSockets.set(url, left);
    else claimedSockets.delete(url);
  };
}

export function isClaimed(url: unknown): boolean {
  return shared.claimedSockets.size > 0 && shared.claimedSockets.has(String(url));
}
