/**
 * npm run bench -- [--only NAME] [--quick] [--write]
 *
 *   --only NAME   one benchmark; may be given several times
 *   --quick       few rounds, to see that all runs
 *   --write       also writes what was measured into its part of docs/performance.md
 */
import { audioPath } from './audio-path.ts';
import { diagnosis } from './diagnosis.ts';
import { idleSessions } from './idle-sessions.ts';
import { readArguments } from './report/arguments.ts';
import { writeMarkedPart } from './report/marked-part.ts';
import { renderMachine, renderSection } from './report/render.ts';
import { reportSpeed } from './report-speed.ts';
import { service } from './service.ts';
import { simulatedDay } from './simulated-day.ts';
import { startUp } from './start-up.ts';

const benchmarks = [audioPath, service, startUp, idleSessions, simulatedDay, diagnosis, reportSpeed];
const names = benchmarks.map(({ name }) => name);

const { only, quick, write } = readArguments(names);

let missed = 0;
process.stdout.write(`${renderMachine()}\n\n`);
for (const benchmark of benchmarks) {
  const { name } = benchmark;
  if (!only.includes(name)) continue;
  process.stderr.write(`live-otel: measuring ${name} …\n`);
  const section = await benchmark.run({ quick });
  missed += section.goals.filter(({ met }) => !met).length;
  const command = `npm run bench -- --only ${name}`;
  const text = renderSection(section, command);
  process.stdout.write(`${text}\n\n`);
  const machine = `Measured on ${renderMachine()}, on a virtual machine.`;
  if (write) writeMarkedPart('performance.md', `${command} --write`, `${text}\n\n${machine}`);
}
process.stderr.write(
  missed === 0 ? 'live-otel: all goals are met.\n' : `live-otel: goals missed: ${missed}.\n`,
);
