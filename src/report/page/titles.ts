/** What things of the report are called on the page. */
import type { Hypothesis } from '../../diagnosis/diagnosis.ts';
import type { Effect } from '../scorecard/scorecard.ts';
import { printable } from '../text/cells.ts';
import { hypothesisTitles } from '../words.ts';

export const measureTitles: Readonly<Record<Effect['measure'], string>> = {
  odds_ratio: 'odds ratio',
  rate_ratio: 'rate ratio',
  share: 'share',
};

export function hypothesisTitle(hypothesis: Hypothesis): string {
  return capital(hypothesis === 'not_established' ? 'not established' : hypothesisTitles[hypothesis]);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `tool_response` as `tool response`, on one line. */
export function spaced(id: string): string {
  return printable(id.replaceAll('_', ' '));
}
