import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Version of the `@opentelemetry/api` that `script`, a path or file URL, belongs to; `undefined` for a bundle. */
export function apiVersionOf(script: string): string | undefined {
  const file = script.startsWith('file:') ? fileURLToPath(script) : script;
  for (let at = dirname(file); at !== dirname(at); at = dirname(at)) {
    const { name, version } = readManifest(at);
    if (name === '@opentelemetry/api') return version;
  }
  return undefined;
}

/** Whether the minor version of `one` is higher than that of `other`, both of one major version. */
export function isNewerApi(one: string, other: string): boolean {
  return Number(one.split('.')[1]) > Number(other.split('.')[1]);
}

function readManifest(folder: string): { readonly name?: string; readonly version?: string } {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}
