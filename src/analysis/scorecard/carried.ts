/**
 * What earlier responses leave behind: what ends a session some seconds after a response may do so after another one, of
 * a sibling among parallel calls above all. So what was sent within a window counts as well. Pure.
 */
import type { FramedResponse } from '../risk/frame.ts';
import { limits } from './limits.ts';

/** What a response is or is not. */
export const traits = {
  base64: ({ encoding }) => encoding === 'base64',
  escaped: ({ encoding }) => encoding === 'escaped',
  utf8: ({ encoding }) => encoding === 'utf8',
  control: ({ controlCharacters }) => controlCharacters,
  shape: ({ shape }) => shape !== '' && shape !== 'object',
  id: ({ idMatch }) => idMatch !== '' && idMatch !== 'matched',
  name: ({ nameMatch }) => nameMatch === 'different',
  input: ({ input }) => input > 0,
} satisfies Record<string, (response: FramedResponse) => boolean>;

export type Trait = keyof typeof traits;
export const traitNames = Object.keys(traits) as readonly Trait[];

export interface Carried {
  /** Largest size before it within each of the windows, in half octaves; -1 for none. */
  readonly sizes: readonly number[];
  /** The shortest window in which one before it was so, by its number; -1 where none was. */
  readonly since: Readonly<Record<Trait, number>>;
  /** Of the largest in the longest window; `''` for none. */
  readonly toolBefore: string;
}

const windows: readonly number[] = limits.windows;
const longest = Math.max(...windows);
const none = Object.fromEntries(traitNames.map((trait) => [trait, -1])) as Readonly<Record<Trait, number>>;
const nothing: Carried = { sizes: limits.windows.map(() => -1), since: none, toolBefore: '' };

/** @param responses of its session, in the order they were sent */
export function carriedTo(response: FramedResponse, responses: readonly FramedResponse[]): Carried {
  let found: { sizes: number[]; since: Record<Trait, number>; largest: FramedResponse } | undefined;
  for (const one of responses) {
    if (one.index >= response.index || one.at < response.at - longest * 1_000) continue;
    found ??= { sizes: [...nothing.sizes], since: { ...none }, largest: one };
    const { sizes, since } = found;
    const seconds = (response.at - one.at) / 1_000;
    const first = limits.windows.findIndex((window) => seconds <= window);
    for (let window = first; window < sizes.length; window += 1)
      sizes[window] = Math.max(sizes[window] as number, one.size);
    for (const trait of traitNames) {
      if (traits[trait](one) && (since[trait] === -1 || first < since[trait])) since[trait] = first;
    }
    if (one.size >= found.largest.size) found.largest = one;
  }
  return found ? { sizes: found.sizes, since: found.since, toolBefore: found.largest.tool } : nothing;
}

/** Whether one within the window, the response itself included, is so. */
export function has(trait: Trait): (response: FramedResponse & Carried, window?: number) => boolean {
  const own: (response: FramedResponse) => boolean = traits[trait];
  return (response, window = 0) => {
    const since = response.since[trait];
    return own(response) || (since >= 0 && (limits.windows[since] ?? 0) <= window);
  };
}

/** The largest within the window, the response itself included, in half octaves. */
export function largestOf({ size, sizes }: FramedResponse & Carried, window = 0): number {
  let most = size;
  // Asked of each row, threshold and window: windows are in ascending order.
  for (let index = 0; index < sizes.length && (windows[index] as number) <= window; index += 1) {
    most = Math.max(most, sizes[index] as number);
  }
  return most;
}
