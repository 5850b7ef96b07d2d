import * as nodeModule from 'node:module';

type Hooks = Parameters<typeof nodeModule.registerHooks>[0];

/** Ours that are in place, oldest first. */
const inPlace = new Map<Hooks, { deregister(): void }>();

/**
 * `module.registerHooks()` came with Node 22.15 and 24.0, but its load hook refused the empty source of CommonJS
 * modules that ES modules import until 22.22.3, 24.11.1 and 25.1 (nodejs/node#59929).
 */
export function supportsSyncLoadHooks(nodeVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = nodeVersion.split('.').map(Number);
  const atLeast = (m: number, p: number) => minor > m || (minor === m && patch >= p);
  if (major === 22) return atLeast(22, 3);
  if (major === 24) return atLeast(11, 1);
  if (major === 25) return atLeast(1, 0);
  return major > 25;
}

/** @returns takes the hooks away again. */
export function addHooks(hooks: Hooks): () => void {
  inPlace.set(hooks, nodeModule.registerHooks(hooks));
  return () => {
    inPlace.get(hooks)?.deregister();
    inPlace.delete(hooks);
  };
}

/**
 * Loads the rest of this package, and the API, past our hooks: they find nothing there, and Node takes a fifth of a
 * millisecond longer for each of some 70 files.
 */
export function pastHooks<Result>(load: () => Result): Result {
  for (const registered of inPlace.values()) registered.deregister();
  try {
    return load();
  } finally {
    for (const hooks of inPlace.keys()) inPlace.set(hooks, nodeModule.registerHooks(hooks));
  }
}
