/** Services with causes and confounders of their own: kept apart until their figures had been seen, and tuned on since then. */
import type { Family } from './family.ts';
import { agesServices } from './services/ages.ts';
import { answersServices } from './services/answers.ts';
import { backendsServices } from './services/backends.ts';
import { blamelessServices } from './services/blameless.ts';
import { callsServices } from './services/calls.ts';
import { crowdsServices } from './services/crowds.ts';
import { decoysServices } from './services/decoys.ts';
import { gatewaysServices } from './services/gateways.ts';
import { handsServices } from './services/hands.ts';
import { innocentServices } from './services/innocent.ts';
import { largeServices } from './services/large.ts';
import { quotasServices } from './services/quotas.ts';
import { sessionsServices } from './services/sessions.ts';
import { strangeServices } from './services/strange.ts';

export const servicesFamilies: readonly Family[] = [
  ...largeServices,
  ...answersServices,
  ...callsServices,
  ...strangeServices,
  ...crowdsServices,
  ...sessionsServices,
  ...agesServices,
  ...innocentServices,
  ...blamelessServices,
  ...backendsServices,
  ...quotasServices,
  ...handsServices,
  ...gatewaysServices,
  ...decoysServices,
];
