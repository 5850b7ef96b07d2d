import type { Draws } from '../world/draws.ts';
import type { Ending } from './cause.ts';

/** Texts of the service that say nothing of the cause. */
export function genericEnd(draws: Draws): Ending {
  return draws.pick([
    [{ code: 1011, reason: 'Internal error encountered.' }, 6],
    [{ code: 1011, reason: 'Internal error occurred.' }, 2],
    [{ code: 1011, reason: 'The service is currently unavailable.' }, 1],
  ]);
}

export const quotaEnd: Ending = {
  code: 1011,
  reason:
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: h',
};

export const notImplementedEnd: Ending = {
  code: 1008,
  reason: 'Operation is not implemented, or supported, or enabled.',
};

export const invalidArgumentEnd: Ending = { code: 1007, reason: 'Request contains an invalid argument.' };
