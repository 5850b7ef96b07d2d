/**
 * `node --require live-otel/register app.js` (or `--import`). Small enough to run on every Node version there is, so
 * that an old one gets a sentence instead of a syntax error.
 */
import { createRequire } from 'node:module';
import { isSupportedNode, supportedNode } from './conventions/support.ts';

if (isSupportedNode(process.versions.node)) {
  createRequire(__filename)('./register-main.cjs');
} else {
  process.emitWarning(
    `live-otel needs Node ${supportedNode} or newer; this is Node ${process.versions.node}. The application runs without it.`,
    { code: 'LIVE_OTEL_NODE_VERSION' },
  );
}
