/** Which groups are worth a row, for text, Markdown and the page. Pure. */
import type { GroupRow } from '../report.ts';

/** Groupings of which there is but one value compare nothing; the model is what everybody asks for first. */
export function tellingGroups(groups: readonly GroupRow[]): readonly GroupRow[] {
  return groups.filter(
    ({ by, value }) =>
      (by === 'model' && value !== '') || groups.filter((other) => other.by === by).length > 1,
  );
}
