/**
 * npm run bench:reliability -- [--only NAME] [--quick] [--write]: what arrives when a process ends, a service closes a
 * thousand sessions at once, or a receiver fails. `--write` puts the figures into their parts of docs/reliability.md.
 */
import { away } from './reliability/away.ts';
import { burst } from './reliability/burst.ts';
import { exit } from './reliability/exit.ts';
import { load } from './reliability/load.ts';
import { receivers } from './reliability/receivers.ts';
import { readArguments } from './report/arguments.ts';
import { writeMarkedPart } from './report/marked-part.ts';
import { renderMachine, renderSection } from './report/render.ts';

const benchmarks = [exit, receivers, burst, away, load];
const { only, quick, write } = readArguments(benchmarks.map(({ name }) => name));

for (const benchmark of benchmarks.filter(({ name }) => only.includes(name))) {
  process.stderr.write(`live-otel: measuring ${benchmark.name} …\n`);
  const command = `npm run bench:reliability -- --only ${benchmark.name}`;
  const section = renderSection(await benchmark.run({ quick }), command);
  process.stdout.write(`${section}\n\n`);
  const machine = `Measured on ${renderMachine()}, on a virtual machine that did other work at the same time.`;
  if (write) writeMarkedPart('reliability.md', `${command} --write`, `${section}\n\n${machine}`);
}
