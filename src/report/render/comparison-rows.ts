/** A comparison in rows, for text and Markdown. Pure. */

import { hypothesisTitles, percent, pValue } from '../../analysis/words.ts';
import { count, counted } from '../../conventions/words.ts';
import type { Change, Compared, ComparisonReport, Side } from '../compare.ts';
import { causeTitle } from './words.ts';

export const changeTitles: Readonly<Record<Change, string>> = {
  improved: 'fewer',
  worse: 'more',
  no_difference_shown: 'no difference shown',
  not_enough_data: 'not enough data',
};

export interface ComparedRow extends Compared {
  readonly title: string;
}

/** All unexpected ends, then those by hypothesis of which there are any. */
export function hypothesisRows({ unexpected, hypotheses }: ComparisonReport): readonly ComparedRow[] {
  const rows = hypotheses.map((row) => ({
    ...row,
    title: row.hypothesis === 'not_established' ? 'not established' : hypothesisTitles[row.hypothesis],
  }));
  return [{ ...unexpected, title: 'all unexpected ends' }, ...rows.filter(hasAny)];
}

export function causeRows({ causes }: ComparisonReport): readonly ComparedRow[] {
  return causes.filter(hasAny).map((row) => ({ ...row, title: causeTitle(row.cause) }));
}

function hasAny({ before, after }: Compared): boolean {
  return before.closures + after.closures > 0;
}

/** A share of the sessions and how many they were, for example `20 % (42)`. */
export function sideCell({ closures, share }: Compared['before']): string {
  return share === undefined ? count(closures) : `${percent(share.value)} (${count(closures)})`;
}

/** In percentage points, for example `-15 (-21 to -9.1)`. */
export function differenceCell({ difference }: Compared): string | undefined {
  if (difference === undefined) return undefined;
  const { value, low, high } = difference;
  return `${points(value)} (${points(low)} to ${points(high)})`;
}

/** A difference of shares in percentage points: `-15`, `+2.3`. */
export function points(share: number): string {
  const value = share * 100;
  const text = Math.abs(value) >= 9.95 ? value.toFixed(0) : value.toFixed(1);
  return Number(text) > 0 ? `+${text}` : text.replace(/^-(0(\.0)?)$/, '$1');
}

export function pCell({ p, adjustedP }: Compared): string | undefined {
  const shown = adjustedP ?? p;
  return shown === undefined ? undefined : pValue(shown);
}

/** For example `208 sessions that ended, 2026-03-01 to 2026-03-02`. */
export function sideWords({ sessions, from, to }: Side): string {
  const days = [from, to].flatMap((at) => {
    const date = new Date(at ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? [] : [date.toISOString().slice(0, 10)];
  });
  const period = [...new Set(days)].join(' to ');
  return `${counted(sessions, 'session')} that ended${period === '' ? '' : `, ${period}`}`;
}
