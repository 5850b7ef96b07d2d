/** Names of the files that an OTLP/JSON-lines file was rotated into. */
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';

const stamp = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}$/;
/** Somebody may have compressed them since. */
const compressed = /\.(gz|zst)$/;

/**
 * The name under which `path` is put away at a time in epoch milliseconds. The order of the names is that of the
 * rotations, also where the clock stands still or goes backwards: each is later than those that are there.
 */
export function nextRotatedName(path: string, now: number): string {
  const { dir, name, ext } = parse(path);
  const newest = rotatedFiles(path).at(-1);
  const at = newest === undefined ? now : Math.max(now, stampOf(path, newest) + 1);
  return join(dir, `${name}-${new Date(at).toISOString().slice(0, -1).replaceAll(':', '-')}${ext}`);
}

/** Epoch milliseconds in the name of a rotated file. */
function stampOf(path: string, rotated: string): number {
  const [date = '', time = ''] = parse(rotated)
    .base.slice(parse(path).name.length + 1)
    .split('T');
  return Date.parse(`${date}T${time.slice(0, 12).replaceAll(/-/g, ':')}Z`);
}

/** Files rotated away from `path`, oldest first. Throws the error of the file system. */
export function rotatedFiles(path: string): readonly string[] {
  const { dir, name, ext } = parse(path);
  const isRotated = (file: string): boolean => {
    const plain = file.replace(compressed, '');
    return (
      plain.startsWith(`${name}-`) &&
      plain.endsWith(ext) &&
      stamp.test(plain.slice(name.length + 1, plain.length - ext.length)) &&
      !Number.isNaN(stampOf(path, file))
    );
  };
  return readdirSync(dir === '' ? '.' : dir, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isRotated(entry.name))
    .map((entry) => join(dir, entry.name))
    .sort();
}
