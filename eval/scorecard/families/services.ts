/** Services with causes and confounders of their own: kept apart until their figures had been seen, and tuned on since then. */
import type { Family } from './family.ts';
import { callsServices } from './services/calls.ts';
import { innocentServices } from './services/innocent.ts';
import { largeServices } from './services/large.ts';
import { sessionsServices } from './services/sessions.ts';

export const servicesFamilies: readonly Family[] = [
  ...largeServices,
  ...callsServices,
  ...sessionsServices,
  ...innocentServices,
];
