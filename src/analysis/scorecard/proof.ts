/** Which diagnoses prove their hypothesis: those that rest on what was seen, not on what is likely. Pure. */

import type { Hypothesis } from '../../conventions/vocabulary.ts';
import { catalogue, causeById } from '../../diagnosis/catalogue/catalogue.ts';
import type { Ending } from '../risk/tables.ts';

/** For each text the hypotheses of the causes that come with it; two that it names both are one here. */
const hypothesesOfText: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const found = new Map<string, Set<string>>();
  for (const { texts, hypothesis, onceActive, otherwise } of catalogue) {
    const other = otherwise?.eitherWay ? undefined : otherwise?.hypothesis;
    for (const text of texts) {
      const known = found.get(text) ?? new Set<string>();
      for (const one of [hypothesis, onceActive?.hypothesis, other]) if (one) known.add(one);
      found.set(text, known);
    }
  }
  return found;
})();

/** Of causes whose text names two hypotheses, and not which: both. */
const both: ReadonlyMap<string, readonly Hypothesis[]> = new Map(
  catalogue.flatMap(({ id, hypothesis, otherwise }) =>
    otherwise?.eitherWay ? [[id, [hypothesis, otherwise.hypothesis]] as const] : [],
  ),
);

/** What it may be as well, by its text: the diagnosis says what it is more likely. */
export function alsoNamed({ cause, hypothesis }: Ending): readonly Hypothesis[] {
  return both.get(cause)?.filter((one) => one !== hypothesis) ?? [];
}

/** Causes whose texts belong to one hypothesis only. */
const named: ReadonlySet<string> = new Set(
  catalogue
    .filter(
      ({ texts }) =>
        texts.length > 0 && texts.every((text) => text !== '' && hypothesesOfText.get(text)?.size === 1),
    )
    .map(({ id }) => id),
);

/**
 * Whether the end itself shows what it is put down to: the service named it, no close frame came, the setup was never
 * complete, or the application or its process ended the session. Any other diagnosis is an inference.
 */
export function isProof({ hypothesis, cause, initiator, phase, confidence }: Ending): boolean {
  if (hypothesis === 'not_established') return false;
  if (hypothesis === 'client') return initiator === 'client';
  if (hypothesis === 'process') return initiator === 'process';
  if (hypothesis === 'connection' && initiator === 'network') return true;
  if (hypothesis === 'setup' && (phase === 'setup' || phase === 'handshake')) return true;
  return named.has(cause) && confidence !== 'low' && causeById(cause)?.observable !== 'no';
}
