/** Plays every case, one after the other, and writes what each saw: one JSON line a case. */
const { writeSync } = require('node:fs');
const { callbacks } = require('./callbacks.cjs');
const { clients } = require('./clients.cjs');
const { connections } = require('./connections.cjs');
const { play } = require('./stage.cjs');
const { surroundings } = require('./surroundings.cjs');

const cases = { ...connections, ...callbacks, ...clients, ...surroundings };

(async () => {
  for (const [name, act] of Object.entries(cases)) {
    if (process.env.CASE && process.env.CASE !== name) continue;
    writeSync(1, `${JSON.stringify(await play(name, act))}\n`);
  }
  writeSync(1, `${JSON.stringify(['end', []])}\n`);
  process.exit(0);
})();
