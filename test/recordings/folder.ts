import { readdirSync } from 'node:fs';

/** Where the recorded traffic is, and its files. */
export function recordedTraffic(): { readonly folder: string; readonly files: readonly string[] } {
  const folder = process.env.LIVE_RECORDINGS;
  if (folder === undefined) {
    throw new Error(
      'LIVE_RECORDINGS is not set: it has to name the folder that holds the recorded Live traffic.',
    );
  }
  return { folder, files: readdirSync(folder).filter((name) => name.endsWith('.websocket.log')) };
}
