/** docs/clients.md, out of what a run of the whole matrix found. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from '../browser/support/chromium.ts';
import { type ClientCase, chromium, clientCases } from './clients.ts';
import { clientFolders } from './folders.ts';

/** @param passed names of the cases whose test passed */
export function renderClients(passed: ReadonlySet<string>): string {
  const rows = clientCases.map((client) => {
    const verdict = passed.has(client.client) ? verdicts[client.expected.outcome] : '**fails**';
    return `| ${client.client} | ${versionOf(client)} | ${verdict} | ${client.how} |`;
  });
  return `# Clients

What opens a Live session and is recorded: found by running an application of each against the simulator, once with \`live-otel\` and
once without. Both had to do the same, and the session with its turn, tool call, response and closure had to be there whole.
Clients in other languages are here because the simulator is theirs too.
\`npm run test:clients\` runs them all and writes this page.

| client | version | | how |
|---|---|---|---|
${rows.join('\n')}

In a browser, [\`live-otel/browser\`](browser.md) records \`@google/genai/web\` and every WebSocket; a build that bundles \`live-otel\` for one fails with a sentence. Sockets to
another address than Google's, such as that of a proxy, are recorded where \`LIVE_OTEL_ENDPOINTS\` names it:
[configuration.md](configuration.md). If nothing is recorded, \`npx live-otel doctor\` says why.

What opens a session unseen is named in one warning, \`LIVE_OTEL_NOT_SEEN\`. So is the first file that names a client of the Live API and is
started in a thread or a process of its own without \`--require\`: with an \`execArgv\`, or as \`spawn('node', …)\`, which hands no flags on.
\`node --disable-warning=LIVE_OTEL_NOT_SEEN\` silences both. On Node.js 22 neither a process nor a library that writes its handshake onto a bare socket over TLS is noticed; threads are, from 22.22.3 on.
Files that only import others which do, threads whose code is given as text, and files in \`node_modules\`, are never named.
`;
}

const verdicts: Readonly<Record<ClientCase['expected']['outcome'], string>> = {
  recorded: 'recorded',
  music: 'recorded',
  'own-sdk': 'recorded',
  said: 'not recorded; a warning says so',
  served: 'served by the simulator; not recorded',
};

/** As installed: the lock file decides. */
function versionOf({ client, version, package: name = client, folder }: ClientCase): string {
  if (version !== undefined) return version;
  if (name === 'global WebSocket') return `Node.js ${process.versions.node}`;
  if (name === chromium) {
    const said = execFileSync(chromiumPath(), ['--version'], { encoding: 'utf8' });
    return said.replace(/ built on.*/, '').trim();
  }
  const lock = join(clientFolders()[folder] ?? '', 'package-lock.json');
  return JSON.parse(readFileSync(lock, 'utf8')).packages[`node_modules/${name}`].version;
}
