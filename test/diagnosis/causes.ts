import type { Cause } from '../../src/diagnosis/cause.ts';

/** An entry of a catalogue: 1011, any text, nothing required. */
export function causeOf(fields: Partial<Cause> = {}): Cause {
  return {
    id: 'a',
    title: 'a cause',
    hypothesis: 'internal_error',
    category: 'server',
    codes: [1011],
    texts: [],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: [],
    supports: [],
    against: [],
    confidence: 'high',
    symptom: 'It ends.',
    cause: 'It is so.',
    remedy: 'Do something.',
    retry: 'now',
    sources: [],
    ...fields,
  };
}
