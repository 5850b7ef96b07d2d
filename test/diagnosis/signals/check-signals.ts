import { describe, expect, it } from 'vitest';
import { noOthers, type OtherSessions } from '../../../src/diagnosis/others.ts';
import { observe } from '../../../src/diagnosis/signals/observe.ts';
import type { SignalId } from '../../../src/diagnosis/signals/signals.ts';
import { type ClosureFields, closureOf } from '../closures.ts';

/** Where a signal is seen, with its sentence, and a near miss where it is not. */
export interface SignalCase {
  readonly seen: ClosureFields;
  readonly others?: Partial<OtherSessions>;
  readonly sentence: string;
  readonly unseen: ClosureFields;
  readonly unseenOthers?: Partial<OtherSessions>;
}

/** The sentence of one signal. */
export function sentenceOf(
  id: SignalId,
  fields: ClosureFields,
  others: Partial<OtherSessions> = {},
): string | undefined {
  return observe(closureOf(fields), { ...noOthers, ...others }).get(id);
}

/** One test for where each signal is seen, one for where it is not. */
export function checkSignals(cases: Readonly<Partial<Record<SignalId, SignalCase>>>): void {
  const table = Object.entries(cases) as [SignalId, SignalCase][];
  describe.each(table)('%s', (id, { seen, others, sentence, unseen, unseenOthers }) => {
    it('is seen, and stated with the numbers of the session', () => {
      expect(sentenceOf(id, seen, others)).toBe(sentence);
    });

    it('is not seen where it narrowly does not hold', () => {
      expect(sentenceOf(id, unseen, unseenOthers)).toBe(undefined);
    });
  });
}
