/** A Go toolchain out of the zip of its module. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** Rejects with a sentence, before anything is written, where the content is not what the `h1:` sum of a go.sum says. */
export async function unpackToolchain(
  zip: Uint8Array,
  prefix: string,
  sum: string,
  folder: string,
): Promise<void> {
  const files = unzipSync(zip);
  if (moduleSum(files) !== sum) throw new Error('what came is not what its checksum says');
  for (const [entry, content] of Object.entries(files)) {
    const name = entry.slice(prefix.length);
    const file = path.join(folder, realName(name));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content, { mode: /^(bin|pkg\/tool)\//.test(name) ? 0o755 : 0o644 });
  }
}

/** A module cannot hold the go.mod of another one: its zip calls them _go.mod. */
function realName(name: string): string {
  return path.basename(name) === '_go.mod' ? path.join(path.dirname(name), 'go.mod') : name;
}

/** Go's dirhash, first version: a checksum of the sorted list of checksums. */
function moduleSum(files: Readonly<Record<string, Uint8Array>>): string {
  const names = Object.keys(files).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const list = createHash('sha256');
  for (const name of names)
    list.update(
      `${createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex')}  ${name}\n`,
    );
  return `h1:${list.digest('base64')}`;
}
