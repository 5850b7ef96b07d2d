/** The scorecard in rows, for text and Markdown. Pure. */
import type { Finding, Group, Scorecard } from '../../analysis/scorecard/scorecard.ts';
import { hypothesisTitles, percent } from '../../analysis/words.ts';
import { count } from './text/format.ts';

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
export function countedCell({ verdict, effect, comparisons, attributed, moreSessions }: Finding): string {
  if (verdict === 'not_enough_data' && moreSessions !== undefined) {
    return moreSessions.kind === 'sessions'
      ? `about ${roughly(moreSessions.sessions)}`
      : 'more than is practical';
  }
  const [first] = comparisons;
  if (first === undefined || effect?.measure === 'share') {
    return attributed.closures === 0 ? 'none' : `${count(attributed.closures)} by diagnosis`;
  }
  const { exposed, unexposed } = first;
  return `${of(exposed)}, else ${of(unexposed)}`;
}

function of({ closures, units }: Group): string {
  return `${count(closures)} of ${count(units)}`;
}

/** An estimate is not known to more than two digits. */
function roughly(sessions: number): string {
  const rounded = Number(sessions.toPrecision(2));
  return rounded < 1e6 ? `${count(rounded)} more sessions` : `${count(rounded / 1e6)} million more`;
}
