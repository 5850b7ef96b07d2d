/** The line that is added to the file of a client, and hands its class over to whoever records. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clients } from './clients.ts';
import { sharedKey } from './shared.ts';

const files = clients.flatMap(({ name, entries }) =>
  entries.map((entry) => ({ ...entry, name, file: new RegExp(entry.file) })),
);
/** Folders between a file of a client and its package: `lib/web/websocket` of undici. */
const deepest = 3;

interface FoundClient {
  readonly name: string;
  readonly className?: string;
  readonly exportName?: string;
  readonly version?: string;
}

/** Whose file `location` (a path or file URL) is; `undefined` for every file that is of no client. */
export function clientAt(location: string): FoundClient | undefined {
  for (const { file, package: wanted, ...entry } of files) {
    if (!file.test(location)) continue;
    if (wanted === undefined) return entry;
    const version = versionOf(wanted, location);
    if (version !== undefined) return { ...entry, version };
  }
  return undefined;
}

/** Of the package that the file is in, at its top or at most {@link deepest} folders below, where it is the wanted one. */
function versionOf(wanted: string, location: string): string | undefined {
  try {
    let folder = location.startsWith('file:') ? fileURLToPath(location.replace(/\?.*$/, '')) : location;
    for (let up = 0; up <= deepest; up++) {
      folder = dirname(folder);
      const file = join(folder, 'package.json');
      if (!existsSync(file)) continue;
      const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
      // One without a name says of the folder how its files are read.
      if (name !== undefined) return name === wanted ? version : undefined;
    }
  } catch {
    // Not a readable package: not the wanted one.
  }
  return undefined;
}

type Source = string | ArrayBuffer | NodeJS.TypedArray;

/**
 * Adds a line to the source at `location` that hands its class over; `undefined` for every file that is of no client. Works
 * in CommonJS and ES modules alike.
 */
export function handoverAt(location: string): ((source: Source) => string) | undefined {
  const client = clientAt(location);
  if (client === undefined) return undefined;
  const { name, className, exportName, version } = client;
  const evaluated = `globalThis[Symbol.for(${JSON.stringify(sharedKey)})]?.evaluated?.`;
  const exported = exportName === undefined ? 'module.exports' : `module.exports.${exportName}`;
  const line =
    className === undefined
      ? `${exported} = ${evaluated}(${JSON.stringify(name)}, ${exported}) ?? ${exported};`
      : `${evaluated}(${JSON.stringify(name)}, typeof ${className} === "function" ? ${className} : undefined, ${JSON.stringify(version)});`;
  return (source) => withLine(source, line);
}

/** Once, whichever hooks see the file. */
function withLine(source: Source, line: string): string {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const handover = `\n;${line}\n`;
  return text.endsWith(handover) ? text : text + handover;
}
