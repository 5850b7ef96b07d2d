/** The families that nobody tunes on: each time that these have been looked at, they go to the others and new ones come. */
import type { Family } from './family.ts';
import { contentsFamilies } from './kept/contents.ts';
import { enduranceFamilies } from './kept/endurance.ts';
import { quietFamilies } from './kept/quiet.ts';
import { rushesFamilies } from './kept/rushes.ts';
import { sizesFamilies } from './kept/sizes.ts';
import { unluckyFamilies } from './kept/unlucky.ts';

export const keptFamilies: readonly Family[] = [
  ...sizesFamilies,
  ...contentsFamilies,
  ...rushesFamilies,
  ...enduranceFamilies,
  ...quietFamilies,
  ...unluckyFamilies,
];
