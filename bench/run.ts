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
import { shortSession } from './short-session.ts';
import { simulatedDay } from './simulated-day.ts';
import { startUp } from './start-up.ts';

const benchmarks = [
  audioPath,
  service,
  startUp,
  idleSessions,
  shortSession,
  simulatedDay,
  diagnosis,
  reportSpeed,
];
const names = benchmarks.map(({ name }) => name);

const { only, quick, write } = readArguments(names);

let missed = 0;
process.stdout.write(`${renderMachine()}\n\n`);
for (const benchmark of benchmarks) {
  const { name } = benchmark;
  if (!only.includes(name)) continue;
  process.stderr.write(`live-otel: measuring ${name} …\n`);
  const from = performance.now();
  const section = await benchmark.run({ quick });
  const minutes = ((performance.now() - from) / 60_000).toFixed(1);
  for (const { what, limit, measured, met } of section.goals) {
    if (!met) missed += 1;
    process.stderr.write(`live-otel: ${met ? 'met' : 'missed'}: ${what}: ${measured} (${limit})\n`);
  }
  process.stderr.write(`live-otel: ${name} took ${minutes} minutes.\n`);
  const command = `npm run bench -- --only ${name}`;
  const text = renderSection(section, command);
  process.stdout.write(`${text}\n\n`);
  const machine = `Measured in ${minutes} minutes on ${renderMachine()}, on a virtual machine.`;
  if (write) writeMarkedPart('performance.md', `${command} --write`, `${text}\n\n${machine}`);
}
process.stderr.write(
  missed === 0 ? 'live-otel: all goals are met.\n' : `live-otel: goals missed: ${missed}.\n`,
);
