import type { SessionFactors } from '../risk/tables.ts';
import type { Grouping } from './question.ts';

/** Controlled for in every comparison of what happens in sessions. */
export const common: readonly Grouping<{ readonly session: SessionFactors }>[] = [
  { name: 'model', level: ({ session }) => session.model, spread: 1.5 },
  { name: 'service', level: ({ session }) => session.service, spread: 1.5 },
  { name: 'SDK version', level: ({ session }) => session.sdk, spread: 1.5 },
  { name: 'hour', level: ({ session }) => session.hour, spread: 1 },
];
