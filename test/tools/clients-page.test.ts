import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientCases } from '../clients/clients.ts';
import { renderClients } from '../clients/page.ts';
import { root } from '../support/run-node.ts';

it('docs/clients.md is that of a run in which all passed, with the versions of the lock files', () => {
  const page = readFileSync(join(root, 'docs/clients.md'), 'utf8');
  expect(page).toBe(renderClients(new Set(clientCases.map(({ client }) => client))));
});
