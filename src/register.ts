/**
 * `node --require live-otel/register app.js` (or `--import`). Small enough to run on every runtime and Node version there
 * is, so that one that does not fit gets a sentence instead of an error. The application runs in any case.
 */
import { createRequire } from 'node:module';
import { isSupportedNode, otherRuntime, supportedNode } from './conventions/support.ts';

const load = createRequire(__filename);
const problem = findProblem();

if (problem === undefined) load('./register-main.cjs');
else process.emitWarning(`${problem} The application runs without it.`, { code: 'LIVE_OTEL_NOT_STARTED' });

function findProblem(): string | undefined {
  const { node } = process.versions;
  const runtime = otherRuntime(process.versions);
  if (runtime !== undefined) return `live-otel/register needs Node.js; this is ${runtime}.`;
  if (!isSupportedNode(node)) return `live-otel needs Node ${supportedNode} or newer; this is Node ${node}.`;
  try {
    load.resolve('@opentelemetry/api');
    return undefined;
  } catch {
    return 'live-otel needs @opentelemetry/api, which is not installed: npm install @opentelemetry/api.';
  }
}
