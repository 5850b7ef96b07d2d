/**
 * `node --require live-otel/register app.js` (or `--import`). Small enough to run on every Node version there is, so
 * that an old one gets a sentence instead of a syntax error.
 */
import { createRequire } from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 15)) {
  createRequire(__filename)('./register-main.cjs');
} else {
  process.emitWarning(
    `live-otel needs Node 22.15 or newer; this is Node ${process.versions.node}. The application runs without it.`,
    { code: 'LIVE_OTEL_NODE_VERSION' },
  );
}
