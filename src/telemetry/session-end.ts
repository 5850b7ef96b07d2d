import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Closure } from '../session/model.ts';

/** The end of a session as its open spans see it. */
export interface SessionEnd {
  readonly at: number;
  /** Only of an unexpected end. */
  readonly error?: SessionError;
}

export interface SessionError {
  /** `error.type` of a span: close code, `process`, name of an error, or the initiator. */
  readonly type: string;
  /** `error.type` of a metric: names of errors, which are not bounded, are `_OTHER`. */
  readonly label: string;
  readonly message: string;
  /** The cause has to do with tools: a response that was acknowledged has failed all the same. */
  readonly ofTools: boolean;
}

export function sessionEnd(closure: Closure, diagnosis: Diagnosis): SessionEnd {
  const { at, expected } = closure;
  if (expected) return { at };
  const { category, explanation } = diagnosis;
  return { at, error: { ...errorType(closure), message: explanation, ofTools: category === 'tools' } };
}

function errorType({ initiator, code, error }: Closure): Pick<SessionError, 'type' | 'label'> {
  if (initiator === 'process') return { type: 'process', label: 'process' };
  if (code !== undefined) return { type: String(code), label: String(code) };
  if (error !== undefined) return { type: error.name, label: '_OTHER' };
  return { type: initiator, label: initiator };
}
