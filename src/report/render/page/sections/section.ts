import { type Content, html, type Markup } from '../markup.ts';

/** A part of the page that the navigation leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** In the menu, where there is room for a word or two. */
  readonly short: string;
  readonly body: Content;
}

export function section({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title" tabindex="-1">${title}</h2>
${body}</section>
`;
}
