/** Of a session. A browser has src/browser/web/unique-id.ts in this place. */
import { randomUUID } from 'node:crypto';

/** In one piece: Node.js puts a UUID together of twelve strings, and whoever keeps it keeps them all. */
export function uniqueId(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1');
}
