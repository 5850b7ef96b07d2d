/** A document as a page for the browser, with the anchors that GitHub gives its headings. */
import { posix } from 'node:path';
import { Marked } from 'marked';
import { getHeadingList, gfmHeadingId } from 'marked-gfm-heading-id';

export interface WebPageSource {
  readonly name: string;
  readonly markdown: string;
}

/** Where alerts, dashboards, Jaeger and the pages themselves link to: `<name>.html#<heading>`. */
export function renderWebPage({ name, markdown }: WebPageSource, names: readonly string[]): string {
  const marked = new Marked(gfmHeadingId(), {
    renderer: {
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (/^(https?:|#)/.test(href)) return `<a href="${attribute(href)}">${text}</a>`;
        const [, to = '', anchor = ''] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
        if (names.includes(to)) return `<a href="${to}.html${anchor}">${text}</a>`;
        // Only in the repository: nothing to follow from here.
        return `${text} (<code>${posix.join('docs', href)}</code>)`;
      },
      table({ header, rows }) {
        const row = (cells: typeof header, tag: string): string =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        return `<div class="table"><table><thead>${row(header, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('\n')}</tbody></table></div>\n`;
      },
    },
  });
  const body = marked.parse(markdown, { async: false });
  const [title] = getHeadingList();
  return webPage({ name, title: title?.text ?? name, body }, names);
}

/** The frame that all pages have. */
export function webPage(
  { name, title, body }: { readonly name: string; readonly title: string; readonly body: string },
  names: readonly string[],
): string {
  const menu = names.map((to) => (to === name ? `<b>${to}</b>` : `<a href="${to}.html">${to}</a>`));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
<nav>live-otel: ${menu.join(' · ')}</nav>
<main>
${body}</main>
</html>
`;
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const style = `
:root { color-scheme: light dark; --rule: light-dark(#d0d4da, #3a3f47); --mark: light-dark(#fff6d6, #3b3420); }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
nav { padding-bottom: .75rem; border-bottom: 1px solid var(--rule); }
code, pre { font: 14px/1.5 ui-monospace, monospace; }
pre { padding: .75rem; border: 1px solid var(--rule); overflow-x: auto; overflow-wrap: normal; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border: 1px solid var(--rule); overflow-wrap: normal; }
h2, h3 { scroll-margin-top: 1rem; }
:target { background: var(--mark); }
`;
