/**
 * In the place of src/instrumentation/diagnosing.ts: diagnosis and catalogue are nearly as large as all the rest, so they are
 * loaded when the first session is opened, and are there when it ends.
 */
import { diag } from '@opentelemetry/api';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { OtherSessions } from '../../diagnosis/others.ts';
import type { Closure, Stall } from '../../session/model.ts';

type Loaded = typeof import('../diagnosis.ts');

let loaded: Loaded | undefined;
let loading: Promise<void> | undefined;
let failed = false;

/** Settles when it is there, or cannot be had; never rejects. */
export function loadDiagnosis(): Promise<void> {
  if (loaded === undefined && failed) loading = undefined;
  loading ??= import('../diagnosis.ts').then(
    (module) => {
      loaded = module;
    },
    (error: unknown) => {
      if (!failed) {
        diag.warn('live-otel: The diagnosis could not be loaded.', String(error));
      }
      failed = true;
    },
  );
  return loading;
}

export const diagnosisIsSettled = (): boolean => loaded !== undefined || failed;

export function diagnose(closure: Closure, others: OtherSessions): Diagnosis {
  return loaded ? withoutTexts(loaded.diagnose(closure, others)) : withoutCatalogue(closure.initiator);
}

export function diagnoseStall(stall: Stall): Diagnosis {
  return loaded ? withoutTexts(loaded.diagnoseStall(stall)) : withoutCatalogue(undefined);
}

/** What the catalogue says of a cause in general is not there: the report adds it. */
function withoutTexts({ remedy, explanation, ...diagnosis }: Diagnosis): Diagnosis {
  return { ...diagnosis, explanation: explanation.trim() };
}

/** An end of our own needs no catalogue to be named; of others nothing is said that is not known. */
function withoutCatalogue(initiator: Closure['initiator'] | undefined): Diagnosis {
  const why = 'The diagnosis was not loaded.';
  const own = initiator === 'client' || initiator === 'process';
  return {
    cause: own ? (initiator === 'client' ? 'client-closed-normal' : 'process-exited') : 'unknown',
    category: own ? initiator : 'unknown',
    hypothesis: own ? initiator : 'not_established',
    confidence: own ? 'high' : 'none',
    explanation: why,
    retry: { when: own ? 'no' : 'later', why },
    evidence: [],
    against: [],
    context: [],
    rivals: [],
  };
}
