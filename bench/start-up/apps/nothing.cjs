/** An application that loads nothing; says what CPU time it took, in microseconds, once a preload's SDK has started. */
setImmediate(() =>
  setImmediate(() => {
    const { user, system } = process.cpuUsage();
    require('node:fs').writeSync(1, String(user + system));
    process.exit(0);
  }),
);
