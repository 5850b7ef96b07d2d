import { randomBytes } from 'node:crypto';
import type { ExperimentPlan } from '../../experiment/ledger.ts';
import type { ExperimentOptions } from './options.ts';

/** What both kinds have: the id begins with what it is about. */
export function planOf(about: string, options: ExperimentOptions): Omit<ExperimentPlan, 'factor'> {
  const { model, region, sdk, size, encoding, sessions, burst, silence, other, against, script } = options;
  const day = new Date().toISOString().slice(0, 16).replaceAll(/[-:T]/g, '');
  return {
    version: 1,
    id: `${about}-${day}-${randomBytes(3).toString('hex')}`,
    options: { model, region, sdk, size, encoding, sessions, burst, silence, other },
    ...(against !== undefined && { against }),
    ...(against === 'simulator' && { script }),
  };
}
