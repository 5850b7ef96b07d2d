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

/** The SDK's source with one line more, which hands its class over. Works in CommonJS and ES modules alike. */
export function withHandover(source: string | ArrayBuffer | NodeJS.TypedArray, version: string): string {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const live = 'typeof Live === "function" ? Live : undefined';
  const key = JSON.stringify(sharedKey);
  return `${text}\n;globalThis[Symbol.for(${key})]?.sdkEvaluated?.(${live}, ${JSON.stringify(version)});\n`;
}
