/** What stands in front of clients while somebody records. */
import { shared } from './shared.ts';

/** Puts something in front of a client's method, and gives the client its own back. */
export interface Patch {
  apply(): void;
  remove(): void;
}

/** @param target what is patched, which has one patch. */
export function addPatch(target: object, patch: Patch): void {
  if (shared.patches.has(target)) return;
  shared.patches.set(target, patch);
  if (shared.recorder !== undefined) patch.apply();
}

/** Puts back what {@link removePatches} took off. */
export function applyPatches(): void {
  for (const patch of shared.patches.values()) patch.apply();
}

export function removePatches(): void {
  for (const patch of shared.patches.values()) patch.remove();
}
