import type { Closure } from '../session/model.ts';
import type { Diagnosis } from './diagnosis.ts';
import { collectEvidence } from './evidence.ts';
import { explainEnd } from './explanation.ts';

type Verdict = Pick<Diagnosis, 'category' | 'hypothesis' | 'confidence'>;

const notEstablished: Verdict = { category: 'unknown', hypothesis: 'not_established', confidence: 'none' };

/** Errors that say that the service was not reached. */
const unreachable = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN)\b/;
/** Errors of a connection that broke; the other side may have broken it. */
const broken = /\b(?:ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT)\b/;

/** Says who ended the session and what was measured; names a cause only where the end itself shows it. */
export function diagnose(closure: Closure): Diagnosis {
  return {
    cause: 'unknown',
    ...judge(closure),
    explanation: explainEnd(closure),
    evidence: collectEvidence(closure),
    rivals: [],
  };
}

function judge({ initiator, error }: Closure): Verdict {
  switch (initiator) {
    case 'client':
      return { category: 'client', hypothesis: 'client', confidence: 'high' };
    case 'process':
      return { category: 'process', hypothesis: 'process', confidence: 'high' };
    case 'server':
      return notEstablished;
    case 'network':
      return { ...notEstablished, category: 'transport', ...judgeError(error) };
  }
}

function judgeError(error: Closure['error']): Partial<Verdict> {
  if (error === undefined) return {};
  const text = `${error.name} ${error.message}`;
  if (unreachable.test(text)) return { hypothesis: 'connection', confidence: 'medium' };
  return broken.test(text) ? { hypothesis: 'connection', confidence: 'low' } : {};
}
