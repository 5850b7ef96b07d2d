/** The vocabulary of the catalogue: every signal by its id, in the order in which evidence is listed. */
import { contextSignals } from './context.ts';
import { handshakeSignals } from './handshake.ts';
import { inputSignals } from './input.ts';
import { lastSentSignals } from './last-sent.ts';
import { lifetimeSignals } from './lifetime.ts';
import { musicSignals } from './music.ts';
import { processSignals } from './process.ts';
import { progressSignals } from './progress.ts';
import { resumptionSignals } from './resumption.ts';
import { setupSignals } from './setup.ts';
import type { Signal } from './signal.ts';
import { toolResponseSignals } from './tool-response.ts';
import { toolSignals } from './tools.ts';
import { transportSignals } from './transport.ts';
import { turnSignals } from './turns.ts';

const observed = {
  ...progressSignals,
  ...toolSignals,
  ...turnSignals,
  ...toolResponseSignals,
  ...lifetimeSignals,
  ...contextSignals,
  ...lastSentSignals,
  ...inputSignals,
  ...musicSignals,
  ...setupSignals,
  ...resumptionSignals,
  ...transportSignals,
  ...handshakeSignals,
  ...processSignals,
};

export type SignalId = keyof typeof observed | 'client_regular';

const irregularities = Object.entries<Signal>(observed).filter(([, { irregular }]) => irregular);

export const signals: Readonly<Record<SignalId, Signal>> = {
  ...observed,
  client_regular: {
    words: 'nothing that the application sent was irregular',
    test: (_closure, _others, seen) =>
      irregularities.some(([id]) => seen.has(id))
        ? undefined
        : `None of ${irregularities.length} known irregularities was seen in what the application did.`,
  },
};

export const signalIds = Object.keys(signals) as readonly SignalId[];

/** A signal as a clause in the past tense. */
export function signalWords(id: SignalId): string {
  return signals[id].words;
}
