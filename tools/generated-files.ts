import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface GeneratedFiles {
  /** Relative to the root of the repository, with a slash at the end. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Files of the folder that are made, and go when nothing makes them any more. */
  readonly isMade: (name: string) => boolean;
  /** What writes them. */
  readonly command: string;
}

/** Writes a folder of files that are made from the code; with `--check` it only says which ones differ. */
export async function writeFolder({ folder, files, isMade, command }: GeneratedFiles): Promise<void> {
  const directory = fileURLToPath(new URL(`../${folder}`, import.meta.url));
  const texts = new Map(files.map(({ name, text }) => [name, text]));
  await mkdir(directory, { recursive: true });
  for (const name of new Set([...texts.keys(), ...(await readdir(directory)).filter(isMade)])) {
    const expected = texts.get(name);
    const actual = await readFile(directory + name, 'utf8').catch(() => undefined);
    if (actual === expected) continue;
    if (process.argv.includes('--check')) {
      console.error(
        `${folder}${name} differs from the code: run \`npm run ${command}\` and commit the result.`,
      );
      process.exitCode = 1;
    } else if (expected === undefined) {
      await rm(directory + name);
      console.log(`${folder}${name} removed.`);
    } else {
      await writeFile(directory + name, expected);
      console.log(`${folder}${name} written.`);
    }
  }
}
