import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderWebPage } from '../../../src/cli/init/web-page.ts';
import { catalogue } from '../../../src/diagnosis/catalogue/catalogue.ts';
import { alertAnchor, alertNames, root } from '../../alerts/rules.ts';

const names = ['alerts', 'runbook', 'closures', 'diagnosis', 'stack', 'scale'];
const pages = new Map(
  names.map((name) => [name, readFileSync(join(root, `deploy/prometheus/pages/${name}.html`), 'utf8')]),
);
const page = (name: string): string => pages.get(name) ?? '';
const ids = (html: string): readonly string[] =>
  [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

describe('the pages that Prometheus serves', () => {
  it('have a place for each cause and each alert', () => {
    expect(ids(page('closures'))).toEqual(expect.arrayContaining(catalogue.map(({ id }) => id)));
    expect(ids(page('runbook'))).toEqual(expect.arrayContaining(alertNames.map(alertAnchor)));
  });

  it.each(names)('%s links only to what there is', (name) => {
    const links = [...page(name).matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href);
    const inside = links.filter((href) => !/^https?:|^\.\.\/api\//.test(href));
    expect(inside.length).toBeGreaterThan(0);
    for (const href of inside) {
      const [file = '', anchor] = href.split('#');
      const to = file === '' ? page(name) : page(file.replace('.html', ''));
      expect(to, href).not.toBe('');
      if (anchor !== undefined) expect(ids(to), href).toContain(anchor);
    }
  });
});

describe('a document as a page', () => {
  const html = renderWebPage(
    {
      name: 'one',
      markdown:
        '# One & all\n\n## `a` b\n\n[two](two.md#x), [three](three.md#y), [four](../four.yml), [out](https://example.org/?a=1&b="2)\n\n| h |\n|---|\n| `<b>` |\n',
    },
    ['one', 'two'],
  );

  it('takes its title and its anchors from the headings', () => {
    expect(html).toContain('<title>One &amp; all</title>');
    expect(ids(html)).toEqual(['one--all', 'a-b']);
  });

  it('links to documents that are pages, and names the others', () => {
    expect(html).toContain(
      '<a href="two.html#x">two</a>, three (<code>docs/three.md#y</code>), four (<code>four.yml</code>), ',
    );
    expect(html).toContain('<a href="https://example.org/?a=1&amp;b=&quot;2">out</a>');
    expect(html).toContain('<b>one</b> · <a href="two.html">two</a>');
  });

  it('shows what looks like markup as it is written', () => {
    expect(html).toContain('<td><code>&lt;b&gt;</code></td>');
  });
});
