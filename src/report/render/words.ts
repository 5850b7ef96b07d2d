/** Sentences and names that text, Markdown and the page share. Pure. */

import type { Proportion } from '../../analysis/statistics/proportion.ts';
import { hypothesisTitles, percent, proportion } from '../../analysis/words.ts';
import type { Confidence, StallKind } from '../../conventions/vocabulary.ts';
import { count, counted } from '../../conventions/words.ts';
import { causeById } from '../../diagnosis/catalogue/catalogue.ts';
import { fewEnds } from '../ends.ts';
import type { Remedy, Report, Totals } from '../report.ts';

export const confidenceTitles: Readonly<Record<Confidence, string>> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
  none: 'not established',
};

/** What a cause of the catalogue is called; an id that is not of it stands for itself. */
export function causeTitle(id: string | undefined): string {
  if (id === undefined || id === 'unknown') return 'Cause not established';
  return causeById(id)?.title ?? id;
}

/** What a stalled session waited for. */
export const stallTitles: Readonly<Record<StallKind, string>> = {
  setup_unanswered: 'no answer to the setup',
  tool_call_unanswered: 'a tool call that the application did not answer',
  tool_response_unanswered: 'no output after a tool response',
  turn_unanswered: 'no output after the user’s turn',
  interaction_unfinished: 'work in the background that never ended',
  line_silent: 'nothing at all while audio was sent',
  music_silent: 'no more music while it played',
};

/** For example `2 sessions stalled: …`; empty where none did. */
export function stallsWords({ stalls, turnTroubles }: Pick<Report, 'stalls' | 'turnTroubles'>): string {
  const silent = stalls.reduce((sum, row) => sum + row.stalls, 0);
  const lasted = silent - stalls.reduce((sum, row) => sum + row.recovered, 0);
  const refused = turnTroubles.reduce((sum, row) => sum + row.turns, 0);
  return [
    ...(silent === 0
      ? []
      : [
          `The service or the application fell silent ${silent === 1 ? 'once' : `${count(silent)} times`}${lasted === 0 ? ', and went on' : lasted === silent ? '' : `, ${count(lasted)} of them to the end`}.`,
        ]),
    ...(refused === 0 ? [] : [`${counted(refused, 'turn')} came back refused or empty.`]),
  ].join(' ');
}

/** Of fewer ended sessions a share says nothing: its interval is nearly everything. */
export const fewestForShare = 10;

/** The share of unexpected ends, where there are sessions enough for it to say something. */
export function tellingShare({ closures, frame, unexpectedShare }: Totals): Proportion | undefined {
  const ended = frame?.sessions ?? closures.expected + closures.unexpected;
  return ended < fewestForShare ? undefined : unexpectedShare;
}

/** Why hypotheses are not compared where there are few ends, in a sentence. */
export function tooFew({ totals }: Pick<Report, 'totals'>): string {
  const { unexpected } = totals.closures;
  return unexpected > fewEnds
    ? 'The text of these ends names their cause: there is nothing to compare.'
    : `${counted(unexpected, 'unexpected end')} ${unexpected === 1 ? 'is' : 'are'} too few to compare hypotheses over sessions.`;
}

/** What the remedy is worth: shown by the scorecard, or only where the comparison or the diagnoses are right. */
export function avoidedWords(
  { cause, hypothesis, verdict, closures, share, interval }: Remedy,
  all: number,
  dash = '–',
): string {
  const what =
    cause === undefined || verdict === 'supported'
      ? capital(hypothesis === 'not_established' ? 'this' : hypothesisTitles[hypothesis])
      : causeTitle(cause);
  const shown = interval === undefined ? ` (${percent(share)})` : `, ${proportion(interval, dash)}`;
  const avoided = `${what}: fixing this would have avoided ${count(closures)} of ${counted(all, 'closure')}${shown}`;
  if (verdict === 'supported') return `${avoided}.`;
  return `${avoided}, if ${cause === undefined ? 'it is the reason, which is likely and not shown' : 'the diagnoses are right'}.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
