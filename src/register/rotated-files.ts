/** Names of the files that an OTLP/JSON-lines file was rotated into. */
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';

const stamp = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}$/;
/** Somebody may have compressed them since. */
const compressed = /\.(gz|zst)$/;

/** The name under which `path` is put away at a time in epoch milliseconds. */
export function rotatedName(path: string, at: number): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${new Date(at).toISOString().slice(0, -1).replaceAll(':', '-')}${ext}`);
}

/** Files rotated away from `path`, oldest first. Throws the error of the file system. */
export function rotatedFiles(path: string): readonly string[] {
  const { dir, name, ext } = parse(path);
  const isRotated = (file: string): boolean => {
    const plain = file.replace(compressed, '');
    return (
      plain.startsWith(`${name}-`) &&
      plain.endsWith(ext) &&
      stamp.test(plain.slice(name.length + 1, plain.length - ext.length))
    );
  };
  return readdirSync(dir === '' ? '.' : dir)
    .filter(isRotated)
    .sort()
    .map((file) => join(dir, file));
}
