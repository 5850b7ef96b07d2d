import type { Duration } from './script.ts';

/** A seeded random generator: the same seed gives the same values in the same order. */
export interface Random {
  /** 0 ≤ value < 1. */
  next(): number;
  /** An integer of the range, both ends included. */
  integer(min: number, max: number): number;
  /** Decimal digits, the first of them not 0. */
  digits(count: number): string;
  /** Lower-case hexadecimal digits. */
  hex(count: number): string;
}

/** Fixed milliseconds as they are, others drawn from their range. */
export function draw(duration: Duration, random: Random): number {
  return typeof duration === 'number' ? duration : random.integer(duration[0], duration[1]);
}

/** mulberry32: 32 bits of state, good enough for ids, delays and probabilities. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const characters = (count: number, one: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => one(index)).join('');
  return {
    next,
    integer,
    digits: (count) => characters(count, (index) => String(integer(index === 0 ? 1 : 0, 9))),
    hex: (count) => characters(count, () => integer(0, 15).toString(16)),
  };
}

/** A UUID of version 4, as Vertex AI names its sessions. */
export function uuid(random: Random): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
}
