import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedKey } from '../shared.ts';

/** Entry files of the SDK: `dist/index.*` and `dist/node/index.*`. The query is that of other loaders. */
const entryFile = /[\\/]dist[\\/](?:node[\\/])?index\.(?:mjs|cjs|js)(?:\?.*)?$/;

/**
 * Version of `@google/genai` when `location` (a path or file URL) is an entry file of it, under whatever alias it is
 * installed; `undefined` for every other file.
 */
export function sdkVersionAt(location: string): string | undefined {
  if (!entryFile.test(location)) return undefined;
  try {
    let folder = dirname(
      location.startsWith('file:') ? fileURLToPath(location.replace(/\?.*$/, '')) : location,
    );
    for (let up = 0; up < 2; up++) {
      folder = dirname(folder);
      const file = join(folder, 'package.json');
      if (!existsSync(file)) continue;
      const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
      return name === '@google/genai' ? version : undefined;
    }
  } catch {
    // Not a readable package: not the SDK.
  }
  return undefined;
}

type Source = string | ArrayBuffer | NodeJS.TypedArray;

/** The class of `ws`, which both of its entries load. */
const wsFile = /[\\/]ws[\\/]lib[\\/]websocket\.js$/;

/**
 * Adds a line to the source at `location` that hands its class over: to that of the SDK and of `ws`; `undefined` for
 * every other file. Works in CommonJS and ES modules alike.
 */
export function handoverAt(location: string): ((source: Source) => string) | undefined {
  const shared = `globalThis[Symbol.for(${JSON.stringify(sharedKey)})]`;
  if (wsFile.test(location)) {
    return (source) =>
      withLine(source, `module.exports = ${shared}?.wsEvaluated?.(module.exports) ?? module.exports;`);
  }
  const version = sdkVersionAt(location);
  if (version === undefined) return undefined;
  const live = 'typeof Live === "function" ? Live : undefined';
  return (source) => withLine(source, `${shared}?.sdkEvaluated?.(${live}, ${JSON.stringify(version)});`);
}

/** Once, whichever hooks see the file. */
function withLine(source: Source, line: string): string {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const handover = `\n;${line}\n`;
  return text.endsWith(handover) ? text : text + handover;
}
