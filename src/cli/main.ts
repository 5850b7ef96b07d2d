#!/usr/bin/env node
/** The binary. Nothing is loaded before the version of Node is known to be recent enough to load it. */
import { isSupportedNode, supportedNode } from '../conventions/support.ts';

/** They read no telemetry and start no application: whoever is on an old Node may ask them all the same. */
const anywhere = ['explain', 'models'];
const oldestForThose = 20;

const [major = 0] = process.versions.node.split('.').map(Number);
const mayRun = anywhere.includes(process.argv[2] ?? '') && major >= oldestForThose;
if (!mayRun && !isSupportedNode(process.versions.node)) {
  process.stderr.write(`live-otel needs Node.js ${supportedNode} or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else {
  // `live-otel report | head`: the reader has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const { run } = await import('./program.ts');
  process.exitCode = await run(process.argv.slice(2));
}
