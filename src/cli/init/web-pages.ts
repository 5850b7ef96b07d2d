/** What alerts, traces and dashboards link to, and what those pages need: Prometheus serves them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { renderCatalogue } from '../explain/catalogue-page.ts';
import { renderAlertsPage } from './alerts-page.ts';
import { renderWebPage } from './web-page.ts';

const documents = ['runbook', 'closures', 'diagnosis', 'stack', 'scale'];
const names = ['alerts', ...documents];

/** Where they are, in the repository and in what `init` writes. The package leaves them out: they are made from `docs`. */
export const webPageFolder = 'deploy/prometheus/pages';

/** The files of that folder. `root` has the documents. */
export async function renderWebPages(
  root: string,
): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const markdown = (name: string) =>
    name === 'closures' ? renderCatalogue() : readFile(path.join(root, 'docs', `${name}.md`), 'utf8');
  const pages = await Promise.all(
    documents.map(async (name) => ({
      file: `${name}.html`,
      text: renderWebPage({ name, markdown: await markdown(name) }, names),
    })),
  );
  return [{ file: 'alerts.html', text: renderAlertsPage(names) }, ...pages];
}
