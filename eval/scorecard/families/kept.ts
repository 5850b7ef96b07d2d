/** The families that nobody tunes on: services with causes and confounders of their own. */
import type { Family } from './family.ts';
import { callsServices } from './kept/calls.ts';
import { innocentServices } from './kept/innocent.ts';
import { largeServices } from './kept/large.ts';
import { sessionsServices } from './kept/sessions.ts';

export const keptFamilies: readonly Family[] = [
  ...largeServices,
  ...callsServices,
  ...sessionsServices,
  ...innocentServices,
];
