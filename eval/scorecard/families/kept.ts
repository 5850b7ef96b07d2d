/** The families that nobody tunes on: each time that these have been looked at, they go to the others and new ones come. */
import type { Family } from './family.ts';

export const keptFamilies: readonly Family[] = [];
