/** Expressions that several dashboards share, so that the same word means the same number everywhere. */
import type { LabelName } from './promql/names.ts';
import { count, orZero, type ResourceLabel, share, type Window } from './promql/query.ts';

type ClosureLabel = LabelName<'gemini.live.closures'> | ResourceLabel;
type ResponseLabel = LabelName<'gemini.live.tool_responses'>;

export function closures(window: Window, by: readonly ClosureLabel[] = []): string {
  return count('gemini.live.closures', { by }, window);
}

export function unexpectedClosures(window: Window, by: readonly ClosureLabel[] = []): string {
  return count('gemini.live.closures', { by, where: { 'gemini.live.closure.expected': false } }, window);
}

/** Of the sessions that ended, those that ended unexpectedly. */
export function unexpectedShare(window: Window, by: readonly ClosureLabel[] = []): string {
  return share(unexpectedClosures(window, by), closures(window, by));
}

type ResponseFilter = NonNullable<Parameters<typeof count<'gemini.live.tool_responses'>>[1]['where']>;

/** Of tool responses, those that an unexpected closure followed within 2 s. */
export function closureShareOfResponses(
  window: Window,
  where: ResponseFilter = {},
  by: readonly ResponseLabel[] = [],
): string {
  return share(
    count(
      'gemini.live.tool_responses',
      { by, where: { ...where, 'gemini.live.tool_response.outcome': 'closure' } },
      window,
    ),
    count('gemini.live.tool_responses', { by, where }, window),
  );
}

/** Turns that ended without an answer while the session went on. */
export function failedTurns(window: Window, by: readonly LabelName<'gemini.live.turns'>[] = []): string {
  const failed = { oneOf: ['rejected', 'malformed', 'empty'] } as const;
  return count('gemini.live.turns', { by, where: { 'gemini.live.turn.outcome': failed } }, window);
}

/** How much of what may go wrong is left: 1 untouched, 0 used up, below 0 overdrawn. */
export function errorBudgetLeft(window: Window): string {
  return `1 - (${unexpectedShare(window)}) / (1 - $objective)`;
}

/** How many times faster than the objective allows the budget is used. */
export function burnRate(window: Window): string {
  return orZero(`(${unexpectedShare(window)}) / (1 - $objective)`);
}
