/** A table in its own scroll container, which can be reached by keyboard. A group and no landmark: every session has some. */
import { type Content, html, type Markup } from './markup.ts';

export interface Column<Row> {
  readonly title: string;
  readonly number?: true;
  readonly cell: (row: Row) => Content;
}

export interface TableOptions<Row> {
  /** Where a row stands, for cells located from there on. */
  readonly path?: (row: Row) => string;
  /** On a phone each cell has a line of its own, with the title of its column before it. */
  readonly stacks?: boolean;
}

/** The first column names the row. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { path, stacks = false }: TableOptions<Row> = {},
): Markup {
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table${stacks && html` class="stacks"`}>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(({ title, number }) => html`<th scope="col"${number && html` class="number"`}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr${path && html` data-at="${path(row)}"`}>${columns.map(
      ({ title, number, cell }, index) =>
        index === 0
          ? html`<th scope="row"${number && html` class="number"`}>${cell(row)}</th>`
          : html`<td${number && html` class="number"`}${stacks && html` data-label="${title}"`}>${cell(row)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;
}
