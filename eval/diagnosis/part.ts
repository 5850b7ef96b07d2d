import { createHash } from 'node:crypto';

export type Part = 'tune' | 'kept';

/** Three tenths of the scenarios are kept from those who tune the rules. */
export function partOf(name: string): Part {
  return digest(name) % 10 < 3 ? 'kept' : 'tune';
}

/** Every scenario has a seed of its own, so that it plays the same whatever is played beside it. */
export function seedOf(name: string, seed: number): number {
  return 1 + ((digest(name) + seed) % 65_536);
}

function digest(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}
