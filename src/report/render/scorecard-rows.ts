/** The scorecard in rows, for text and Markdown. Pure. */

import type { Finding, Group, Scorecard } from '../../analysis/scorecard/scorecard.ts';
import { effectCell, hypothesisTitles, percent } from '../../analysis/words.ts';
import { count } from '../../conventions/words.ts';

/** The supported ones first, the weightiest of them on top; then the order of the scorecard. */
export function ranked({ findings, supported }: Scorecard): readonly Finding[] {
  const rank = ({ hypothesis, verdict }: Finding) => {
    const index = supported.indexOf(hypothesis);
    return index === -1 ? supported.length + Number(verdict !== 'supported') : index;
  };
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** What is said of these findings, once where it is the same of several. */
export function statements(
  findings: readonly Finding[],
): readonly { readonly titles: readonly string[]; readonly statement: string }[] {
  const alike = new Map<string, string[]>();
  for (const { hypothesis, statement } of findings) {
    const title = hypothesisTitles[hypothesis];
    const titles = alike.get(statement);
    if (titles) titles.push(title);
    else alike.set(statement, [title]);
  }
  return [...alike].map(([statement, titles]) => ({ titles, statement }));
}

/** Share of the unexpected ends that a supported one accounts for. */
export function shareCell({ verdict, accountsFor }: Finding): string | undefined {
  return verdict === 'supported' && accountsFor !== undefined ? percent(accountsFor.value) : undefined;
}

/** What was counted, in short. */
export function countedCell({ effect, comparisons, attributed }: Finding): string {
  const [first] = comparisons;
  if (first === undefined || effect?.measure === 'share' || first.exposed.units === 0) {
    return attributed.closures === 0 ? 'none' : `${count(attributed.closures)} by diagnosis`;
  }
  const { exposed, unexposed } = first;
  return unexposed.units === 0 ? of(exposed) : `${of(exposed)}, else ${of(unexposed)}`;
}

/** An interval as wide as this says nothing. */
const widest = 50;

/** The effect where it is a finding; an interval that leaves everything open is none. */
export function effectOf(
  { effect, verdict }: Finding,
  { dash, times }: { readonly dash: string; readonly times: string },
): string | undefined {
  if (effect === undefined) return undefined;
  const { measure, low, high } = effect;
  const isOpen = measure !== 'share' && (high === undefined || high > widest * low);
  return isOpen && verdict !== 'supported' ? undefined : effectCell(effect, dash, times);
}

/** Those that are left open, together where it would take as much to tell: `about 1,400 more sessions`, or `''`. */
export function openGroups(
  findings: readonly Finding[],
): readonly { readonly more: string; readonly findings: readonly Finding[] }[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { moreSessions } = finding;
    const more = moreSessions?.kind === 'sessions' ? moreWords(moreSessions.sessions) : '';
    alike.set(more, [...(alike.get(more) ?? []), finding]);
  }
  return [...alike].map(([more, group]) => ({ more, findings: group }));
}

function of({ closures, units }: Group): string {
  return `${count(closures)} of ${count(units)}`;
}

/** For example `about 1,400 more sessions`. An estimate is not known to more than two digits. */
export function moreWords(sessions: number): string {
  const rounded = Number(sessions.toPrecision(2));
  return rounded < 1e6
    ? `about ${count(rounded)} more ${rounded === 1 ? 'session' : 'sessions'}`
    : `about ${count(rounded / 1e6)} million more`;
}
