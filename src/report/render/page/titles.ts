/** What things of the report are called on the page. */

import type { Effect } from '../../../analysis/statistics/odds-ratio.ts';
import { hypothesisTitles } from '../../../analysis/words.ts';
import type { Hypothesis } from '../../../conventions/vocabulary.ts';
import { printable } from '../text/cells.ts';
import { capital } from '../words.ts';

export const measureTitles: Readonly<Record<Effect['measure'], string>> = {
  odds_ratio: 'odds ratio',
  rate_ratio: 'rate ratio',
  share: 'share',
};

export function hypothesisTitle(hypothesis: Hypothesis): string {
  return capital(hypothesis === 'not_established' ? 'not established' : hypothesisTitles[hypothesis]);
}

/** `tool_response` as `tool response`, on one line. */
export function spaced(id: string): string {
  return printable(id.replaceAll('_', ' '));
}
