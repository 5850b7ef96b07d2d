/** Unexpected ends by model, version and tool: which rows are shown, and their tokens in words. Pure. */
import type { Proportion } from '../../analysis/statistics/proportion.ts';
import { count } from '../../conventions/words.ts';
import { type GroupRow, groupings, type Tokens } from '../report.ts';
import { fewestForShare } from './words.ts';

/** Of each grouping. */
const groupsShown = 6;

/**
 * Groupings of which there is but one value compare nothing; the model is what everybody asks for first. Of the others
 * the largest groups.
 */
export function tellingGroups(groups: readonly GroupRow[]): readonly GroupRow[] {
  return groupings.flatMap((by) => {
    const own = groups.filter((row) => row.by === by);
    const isTelling = own.length > 1 || (by === 'model' && own.some(({ value }) => value !== ''));
    return isTelling ? own.slice(0, groupsShown) : [];
  });
}

/** Input tokens of a turn: `1,240, +310 each turn`, and what all turns cost. */
export function tokenWords({ perTurn, growth, cost }: Tokens): string {
  const more = growth === undefined ? '' : `, ${growth < 0 ? '' : '+'}${count(growth)} each turn`;
  const paid = cost ? `; ${cost.amount.toFixed(2)} ${cost.currency} (prices of ${cost.dated})` : '';
  return `${count(perTurn)}${more}${paid}`;
}

/** Of too few sessions a share says nothing. */
export function shownShare({ share, sessions }: GroupRow): Proportion | undefined {
  return sessions >= fewestForShare ? share : undefined;
}
