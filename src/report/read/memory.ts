/**
 * What was seen, in bounded memory: numbers, with a value each, in two generations. When the younger one is full the
 * older one is forgotten: at least the last `most` numbers are known, at most twice as many.
 */
export interface Memory {
  /** `undefined` for what is not known, or no longer. */
  get(key: number): number | undefined;
  set(key: number, value: number): void;
  /** Something was forgotten. */
  readonly forgot: boolean;
}

interface Generation {
  readonly keys: Float64Array;
  readonly values: Float64Array | undefined;
  readonly count: number;
}

const firstSlots = 1024;

/**
 * @param most entries of a generation; 16 bytes each and generation, 8 more with values
 * @param withValues without them every known value is 1
 */
export function createMemory(most: number, withValues = true): Memory {
  let keys = new Float64Array(firstSlots);
  let values = withValues ? new Float64Array(firstSlots) : undefined;
  let count = 0;
  let older: Generation | undefined;
  let forgot = false;

  const grow = (): void => {
    const [oldKeys, oldValues] = [keys, values];
    keys = new Float64Array(oldKeys.length * 2);
    values = oldValues && new Float64Array(keys.length);
    for (let slot = 0; slot < oldKeys.length; slot += 1) {
      const key = oldKeys[slot] as number;
      if (key === 0) continue;
      const at = slotOf(keys, key);
      keys[at] = key;
      if (values && oldValues) values[at] = oldValues[slot] as number;
    }
  };

  const turn = (): void => {
    forgot ||= older !== undefined;
    older = { keys, values, count };
    keys = new Float64Array(firstSlots);
    values = withValues ? new Float64Array(firstSlots) : undefined;
    count = 0;
  };

  return {
    get forgot() {
      return forgot;
    },
    get(key) {
      const at = slotOf(keys, key);
      if (keys[at] === key) return values ? values[at] : 1;
      if (!older) return undefined;
      const before = slotOf(older.keys, key);
      if (older.keys[before] !== key) return undefined;
      return older.values ? older.values[before] : 1;
    },
    set(key, value) {
      let at = slotOf(keys, key);
      if (keys[at] !== key) {
        if (count >= most) turn();
        if (count * 2 >= keys.length) grow();
        at = slotOf(keys, key);
        keys[at] = key;
        count += 1;
      }
      if (values) values[at] = value;
    },
  };
}

/** Where the key is, or would be. Keys are hashes already; 0 marks a free slot and is no key. */
function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  let slot = (key | 0) & mask;
  // `key | 0` is modulo 2^32.
  for (;;) {
    const found = keys[slot];
    if (found === key || found === 0) return slot;
    slot = (slot + 1) & mask;
  }
}
