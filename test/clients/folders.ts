import { fileURLToPath } from 'node:url';
import type { ClientCase } from './clients.ts';

const all = {
  few: fileURLToPath(new URL('few', import.meta.url)),
  all: fileURLToPath(new URL('all', import.meta.url)),
  web: fileURLToPath(new URL('web', import.meta.url)),
};

/** The folders of applications that this run is about: `CLIENTS=few` leaves the others out. */
export function clientFolders(): Readonly<Partial<Record<ClientCase['folder'], string>>> {
  return process.env.CLIENTS === 'few' ? { few: all.few } : all;
}
