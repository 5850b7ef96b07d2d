import { type Answer, answer } from '../../src/cli/explain/answer.ts';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import { cutReason } from '../../src/testing/close-frames.ts';
import { type ReportedReason, reportedReasons } from './reported-reasons.ts';

/** A code and a text alone: every cause known of them has to be a candidate. */
export interface ReasonVerdict {
  readonly code: number;
  readonly text: string;
  readonly form: 'whole' | 'cut' | 'other_capitals';
  /** Ids that are neither among the first three nor tied with the first. */
  readonly missing: readonly string[];
  /** Candidates tied with the first. */
  readonly tied: readonly string[];
}

const topCandidates = 3;
const forms: Readonly<Record<ReasonVerdict['form'], (reason: string) => string>> = {
  whole: (reason) => reason,
  // A reason that fits is cut as people do who report it: somewhere in the middle, with an ellipsis.
  cut: (reason) =>
    Buffer.byteLength(reason) > 123
      ? cutReason(reason)
      : `${reason.slice(0, Math.ceil((reason.length * 2) / 3))}…`,
  other_capitals: (reason) =>
    [...reason].map((one, at) => (at % 2 ? one.toUpperCase() : one.toLowerCase())).join(''),
};

export function judgeReasons(): readonly ReasonVerdict[] {
  return reportedReasons.flatMap((reported) =>
    (['whole', 'cut', 'other_capitals'] as const).map((form) => judgeReason(reported, form)),
  );
}

function judgeReason({ code, reason, ids }: ReportedReason, form: ReasonVerdict['form']): ReasonVerdict {
  const text = forms[form](reason);
  const { candidates }: Answer = answer({ code, text, signals: [] }, catalogue);
  const [first] = candidates;
  const tied = candidates
    .filter((one) => one.text === first?.text && !one.otherCode)
    .map(({ cause }) => cause);
  const among = new Set([...candidates.slice(0, topCandidates).map(({ cause }) => cause), ...tied]);
  return { code, text, form, missing: ids.filter((id) => !among.has(id)), tied };
}
