/** What the server knows of its own doing: the truth that a report is held against. */
import type { Confidence, Hypothesis } from '../../../src/conventions/vocabulary.ts';
import type { Cause } from '../causes/cause.ts';

export interface Death {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Name of the cause. */
  readonly cause: string;
  readonly user: number;
}

/** What the instrumentation made of one unexpected end. */
export interface Diagnosed {
  /** Name of the true cause. */
  readonly cause: string;
  readonly hypothesis: Hypothesis;
  readonly confidence: Confidence;
  /** No telemetry tells of it: a sampler that leaves no word of a session takes its end with it. */
  readonly lost?: true;
}

/** Units at risk of one cause, by whether it can end the session there. */
export interface Exposure {
  readonly exposed: number;
  readonly others: number;
  /** Ends that it lets expect. */
  readonly expected: number;
  /** Users that were exposed. */
  readonly users: number;
}

/** What is in the ledger in the end. Plain data. */
export interface Account {
  readonly deaths: readonly Death[];
  readonly diagnoses: readonly Diagnosed[];
  /** Hours of connection, over all sessions. */
  readonly openHours: number;
  readonly connections: number;
  /** By the name of the cause. */
  readonly exposures: Readonly<Record<string, Exposure>>;
}

export interface Ledger {
  risk(cause: Cause, user: number, exposed: boolean, chance: number): void;
  death(death: Death): void;
  diagnosed(diagnosed: Diagnosed): void;
  connected(): void;
  lived(ms: number): void;
  account(): Account;
}

export function createLedger(): Ledger {
  const deaths: Death[] = [];
  const diagnoses: Diagnosed[] = [];
  const exposures = new Map<
    string,
    { exposed: number; others: number; expected: number; users: Set<number> }
  >();
  let openMs = 0;
  let connections = 0;
  return {
    risk({ name }, user, exposed, chance) {
      const tally = exposures.get(name) ?? { exposed: 0, others: 0, expected: 0, users: new Set() };
      exposures.set(name, tally);
      tally[exposed ? 'exposed' : 'others'] += 1;
      if (!exposed) return;
      tally.expected += chance;
      tally.users.add(user);
    },
    death: (death) => void deaths.push(death),
    diagnosed: ({ cause, hypothesis, confidence, lost }) =>
      void diagnoses.push({ cause, hypothesis, confidence, ...(lost && { lost }) }),
    connected() {
      connections += 1;
    },
    lived(ms) {
      openMs += ms;
    },
    account: () => ({
      deaths,
      diagnoses,
      openHours: openMs / 3_600_000,
      connections,
      exposures: Object.fromEntries(
        [...exposures].map(([name, tally]) => [name, { ...tally, users: tally.users.size }]),
      ),
    }),
  };
}
