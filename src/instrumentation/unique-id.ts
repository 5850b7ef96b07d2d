/** Of a session. A browser has src/browser/web/unique-id.ts in this place. */
export { randomUUID as uniqueId } from 'node:crypto';
