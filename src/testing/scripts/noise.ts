import type { Script } from '../script.ts';

/** The same script with the irregularities of real traffic: empty frames, several fields in one, usage beside output. */
export function noisy(script: Script): Script {
  const noise = { emptyFrames: 0.1, severalFields: true, usageWithOutput: true };
  return { ...script, behaviour: { ...script.behaviour, noise } };
}
