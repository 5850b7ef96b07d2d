#!/usr/bin/env node
/** The binary. Nothing is loaded before the version of Node is known to be recent enough to load it. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(`live-otel needs Node.js 22.15 or newer; this is ${process.version}.\n`);
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

export {};
