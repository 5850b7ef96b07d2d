/**
 * `--fail-on`: rules that a report must not break. Pure.
 *
 *     rule    = subject [".low"] (">" | ">=") number ["%"]
 *     subject = "unexpected" | "stalls" | hypothesis | cause | close code
 *
 * A rule counts unexpected ends, or stalls; with `%` it compares the share of the ends in all ended sessions, with `.low`
 * the lower end of the 95 % interval of that share, of two ends or more.
 */

import { judged } from '../../analysis/scorecard/scorecard.ts';
import { proportion } from '../../analysis/statistics/proportion.ts';
import { percent } from '../../analysis/words.ts';
import { count, counted } from '../../conventions/words.ts';
import { catalogue } from '../../diagnosis/catalogue/catalogue.ts';
import type { Report } from '../../report/report.ts';
import { UsageError } from '../usage-error.ts';

export interface Rule {
  /** As it was given. */
  readonly text: string;
  readonly subject:
    | { readonly of: 'unexpected' }
    | { readonly of: 'stalls' }
    | { readonly of: 'hypothesis' | 'cause'; readonly id: string }
    | { readonly of: 'code'; readonly code: number };
  readonly bound: 'count' | 'share' | 'low';
  readonly orEqual: boolean;
  /** Closures, or a share from 0 to 1. */
  readonly limit: number;
}

const grammar = /^\s*([\w-]+)(\.low)?\s*(>=?)\s*(\d+(?:\.\d+)?)\s*(%)?\s*$/;
const example = "write it as 'unexpected>1%', 'rate_limit>=5' or '1011.low>0.5%'";

/** Throws {@link UsageError} for what is no rule. */
export function parseRule(text: string): Rule {
  const [, name = '', low, operator, number, sign] = grammar.exec(text) ?? [];
  if (number === undefined) throw new UsageError(`${text} is no rule for --fail-on: ${example}.`, 2);
  if (low !== undefined && sign === undefined) {
    throw new UsageError(`${text} compares the end of an interval, which is a share: end it with %.`, 2);
  }
  if (name === 'stalls' && sign !== undefined) {
    throw new UsageError(`${text}: stalls are counted, and a session may have several; leave % out.`, 2);
  }
  return {
    text: text.trim(),
    subject: subject(name),
    bound: low !== undefined ? 'low' : sign !== undefined ? 'share' : 'count',
    orEqual: operator === '>=',
    limit: sign === undefined ? Number(number) : Number(number) / 100,
  };
}

function subject(name: string): Rule['subject'] {
  if (name === 'unexpected' || name === 'stalls') return { of: name };
  if (judged.some((hypothesis) => hypothesis === name)) return { of: 'hypothesis', id: name };
  if (name === 'unknown' || catalogue.some(({ id }) => id === name)) return { of: 'cause', id: name };
  const code = Number(name);
  if (/^\d{4}$/.test(name) && code >= 1000 && code <= 4999) return { of: 'code', code };
  throw new UsageError(
    `${name} in --fail-on is neither unexpected nor stalls, a hypothesis (${judged.join(', ')}), a cause of docs/closures.md or a close code.`,
    2,
  );
}

/** Why the report breaks the rule, in a sentence; `undefined` where it does not. */
export function broken(rule: Rule, report: Report): string | undefined {
  if (rule.subject.of === 'stalls') {
    const stalls = report.stalls.reduce((total, row) => total + row.stalls, 0);
    const isBroken = rule.orEqual ? stalls >= rule.limit : stalls > rule.limit;
    return isBroken ? `--fail-on '${rule.text}': ${counted(stalls, 'stall')}.` : undefined;
  }
  const closures = closuresOf(rule.subject, report);
  const { expected, unexpected } = report.totals.closures;
  const ended = expected + unexpected;
  const share = proportion(closures, ended);
  // One end may be one misfortune: it shows nothing surely.
  const low = closures < 2 ? 0 : share?.low;
  const value = rule.bound === 'count' ? closures : rule.bound === 'low' ? low : share?.value;
  if (value === undefined || !(rule.orEqual ? value >= rule.limit : value > rule.limit)) return undefined;
  const found = `${count(closures)} of ${count(ended)} ended sessions`;
  const shares = share ? `, ${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})` : '';
  return `--fail-on '${rule.text}': ${found}${shares}.`;
}

/** Unexpected ones. */
function closuresOf(
  of: Exclude<Rule['subject'], { readonly of: 'stalls' }>,
  { totals, scorecard, causes, closureGroups }: Report,
): number {
  switch (of.of) {
    case 'unexpected':
      return totals.closures.unexpected;
    case 'hypothesis':
      return scorecard.findings.find(({ hypothesis }) => hypothesis === of.id)?.attributed.closures ?? 0;
    case 'cause':
      return sum(causes.filter(({ cause, expected }) => cause === of.id && !expected));
    case 'code':
      return sum(closureGroups.filter(({ code, expected }) => code === of.code && !expected));
  }
}

function sum(rows: readonly { readonly closures: number }[]): number {
  return rows.reduce((total, { closures }) => total + closures, 0);
}
