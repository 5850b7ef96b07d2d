import { type InputMisuse, inputMisuses } from '../../src/conventions/vocabulary.ts';
import type { InputFacts } from '../../src/session/model.ts';

/** Inputs used as the protocol wants them, but for what is given. */
export function inputFacts(some: Partial<InputFacts> = {}): InputFacts {
  const misuses = Object.keys(inputMisuses).map((misuse) => [misuse, false]);
  return {
    ...(Object.fromEntries(misuses) as Record<InputMisuse, boolean>),
    contentPartKinds: [],
    contentAudioRates: [],
    unknownFields: [],
    ...some,
  };
}
