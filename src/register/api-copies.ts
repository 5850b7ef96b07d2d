import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const apiName = '@opentelemetry/api';

/**
 * Whether the application, if it finds an `@opentelemetry/api` at all, finds one of the version that this package does:
 * copies of one version share what is global, those of others refuse to.
 */
export function applicationSharesApi(): boolean {
  const own = versionFrom(__filename);
  return [process.argv[1], join(process.cwd(), 'package.json')].every((from) => {
    const version = from === undefined ? undefined : versionFrom(from);
    return version === undefined || version === own;
  });
}

function versionFrom(file: string): string | undefined {
  try {
    const entry = createRequire(file).resolve(apiName);
    for (let at = dirname(entry); at !== dirname(at); at = dirname(at)) {
      const { name, version } = readManifest(at);
      if (name === apiName) return version;
    }
  } catch {
    // It has none, or is no file (`--eval`, a relative path).
  }
  return undefined;
}

function readManifest(folder: string): { readonly name?: string; readonly version?: string } {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}
