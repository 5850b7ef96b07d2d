/** What the scorecard says, in sentences. Pure. */
import type { Proportion } from '../statistics/proportion.ts';
import { hypothesisTitles, percent } from '../words.ts';
import type { Association } from './associate.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { Comparison, Finding, JudgedHypothesis, Verdict } from './scorecard.ts';
import type { Test } from './tests.ts';
import { accounted, atMost, capital, couldBe, count, uncapital } from './wording.ts';

export function statementOf(
  verdict: Verdict,
  share: Proportion | undefined,
  first: Test | undefined,
  untested: readonly Association[],
  closures: number,
): string {
  if (share === undefined) return 'No session ended unexpectedly, so there is nothing to explain.';
  const why = first?.words ?? nothingOfTheKind(untested, closures);
  switch (verdict) {
    case 'supported':
      return `${why} ${accounted(share)}${first?.kind === 'association' ? ' This is a correlation.' : ''}`;
    case 'refuted':
      return first && first.adjustedP < limits.level
        ? `${why} It is there, but a small part: ${uncapital(atMost(share))}.`
        : `${atMost(share)}. ${why}`;
    case 'not_enough_data':
      return `${couldBe(share)}. ${why}`;
  }
}

/** Where nothing at risk met an end, there is nothing to compare. */
const noneEnded: Readonly<Record<Comparison['unit'], string>> = {
  tool_response: `no tool response was followed by an unexpected end within ${Math.max(...limits.windows)} s`,
  tool_call: 'no session ended unexpectedly while a tool call was pending',
  turn: `no turn was followed by an unexpected end within ${Math.max(...limits.windows)} s`,
  minute: 'no session ended unexpectedly in them',
  step: 'no session ended unexpectedly in them',
  session: 'the service ended no session without naming a reason',
  expected_end: 'the service ended no session without naming a reason',
};

function nothingOfTheKind(untested: readonly Association[], closures: number): string {
  const absent = untested.filter(({ exposed }) => exposed.units === 0);
  if (absent.length > 0 && absent.length === untested.length) {
    return `There were no ${absent[0]?.exposed.label ?? 'such units'}.`;
  }
  const [compared] = untested.filter(({ exposed, unexposed }) => exposed.units > 0 && unexposed.units > 0);
  if (compared) return `${capital(noneEnded[compared.unit])}.`;
  return `None of ${count(closures, 'unexpected end')} was put down to it.`;
}

export function answerOf(
  findings: readonly Finding[],
  supported: readonly JudgedHypothesis[],
  { attributions, compared }: Evidence,
): string {
  const { closures, sessions } = attributions;
  // Of sessions that are not compared there are no other ends to set them against.
  const of = compared === attributions ? ` of ${count(sessions, 'session')}` : '';
  const all = `${count(closures, 'unexpected end')}${of}`;
  if (closures === 0)
    return `None of ${count(sessions, 'session')} ended unexpectedly: there is nothing to explain.`;
  const open = findings.filter(({ verdict }) => verdict === 'not_enough_data').length;
  const undecided =
    open === 0 ? '' : ` ${open} ${open === 1 ? 'hypothesis' : 'hypotheses'} cannot be judged yet.`;
  if (supported.length === 0) return `The data supports no hypothesis for ${all}.${undecided}`;
  const named = supported.map((hypothesis) => {
    const share = findings.find((one) => one.hypothesis === hypothesis)?.accountsFor;
    return `${share ? `about ${percent(share.value)}` : 'some'} to ${hypothesisTitles[hypothesis]}`;
  });
  const list = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named[0];
  return `Of ${all}, the data puts down ${list}.${undecided}`;
}
