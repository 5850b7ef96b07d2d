import type { CommonFactors } from '../risk/tables.ts';
import type { Grouping } from './question.ts';

/** Controlled for in every comparison. */
export const common: readonly Grouping<CommonFactors>[] = [
  { name: 'model', level: ({ model }) => model, spread: 1.5 },
  { name: 'service', level: ({ service }) => service, spread: 1.5 },
  { name: 'SDK version', level: ({ sdk }) => sdk, spread: 1.5 },
  { name: 'hour', level: ({ hour }) => hour, spread: 1 },
];
