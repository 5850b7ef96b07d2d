/** The families that nobody tunes on: each time that these have been looked at, they go to the others and new ones come. */
import type { Family } from './family.ts';
import { crowdsServices } from './kept/crowds.ts';
import { innocentServices } from './kept/innocent.ts';
import { largeServices } from './kept/large.ts';
import { sessionsServices } from './kept/sessions.ts';
import { strangeServices } from './kept/strange.ts';

export const keptFamilies: readonly Family[] = [
  ...largeServices,
  ...strangeServices,
  ...crowdsServices,
  ...sessionsServices,
  ...innocentServices,
];
