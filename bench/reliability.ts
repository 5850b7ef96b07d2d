/**
 * npm run bench:reliability -- [--only NAME] [--quick] [--write]: what arrives when a process ends, a service closes a
 * thousand sessions at once, or a receiver fails. `--write` puts the figures into their parts of docs/reliability.md.
 */
import { parseArgs } from 'node:util';
import { away } from './reliability/away.ts';
import { burst } from './reliability/burst.ts';
import { exit } from './reliability/exit.ts';
import { receivers } from './reliability/receivers.ts';
import { writeMarkedPart } from './report/marked-part.ts';
import { renderMachine, renderSection } from './report/render.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const { only, quick, write } = values;
const benchmarks = [exit, receivers, burst, away];
const chosen = benchmarks.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0) {
  throw new TypeError(`--only is ${only}: ${benchmarks.map(({ name }) => name).join(', ')} are allowed.`);
}
if (write && quick) throw new TypeError('--write takes benchmarks at their full length: leave out --quick.');

for (const benchmark of chosen) {
  process.stderr.write(`live-otel: measuring ${benchmark.name} …\n`);
  const command = `npm run bench:reliability -- --only ${benchmark.name}`;
  const section = renderSection(await benchmark.run({ quick }), command);
  process.stdout.write(`${section}\n\n`);
  const machine = `Measured on ${renderMachine()}, on a virtual machine that did other work at the same time.`;
  if (write) writeMarkedPart('reliability.md', `${command} --write`, `${section}\n\n${machine}`);
}
