/** Files that the package carries beside its code. */
import { createRequire } from 'node:module';
import path from 'node:path';

/** The package refers to itself by name, so that it is found from the sources and from the build alike. */
export function packageRoot(): string {
  return path.dirname(createRequire(import.meta.url).resolve('live-otel/package.json'));
}
