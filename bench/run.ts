/**
 * npm run bench -- [--only NAME] [--quick] [--write]
 *
 *   --only NAME   one benchmark; may be given several times
 *   --quick       few rounds, to see that all runs
 *   --write       also writes docs/performance.md
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { audioPath } from './audio-path.ts';
import { diagnosis } from './diagnosis.ts';
import { idleSessions } from './idle-sessions.ts';
import { readArguments } from './report/arguments.ts';
import { renderDocument } from './report/document.ts';
import { markedParts } from './report/marked-part.ts';
import { renderMachine, renderSection } from './report/render.ts';
import type { Section } from './report/section.ts';
import { reportSpeed } from './report-speed.ts';
import { service } from './service.ts';
import { simulatedDay } from './simulated-day.ts';
import { startUp } from './start-up.ts';

const benchmarks = [audioPath, service, startUp, idleSessions, simulatedDay, diagnosis, reportSpeed];
const names = benchmarks.map(({ name }) => name);

const { only, quick, write } = readArguments(names, 'together');

const sections: { readonly name: string; readonly section: Section }[] = [];
process.stdout.write(`${renderMachine()}\n\n`);
for (const benchmark of benchmarks) {
  const { name } = benchmark;
  if (!only.includes(name)) continue;
  process.stderr.write(`live-otel: measuring ${name} …\n`);
  const section = await benchmark.run({ quick });
  sections.push({ name, section });
  process.stdout.write(`${renderSection(section, commandOf(name))}\n\n`);
}
if (write) {
  const file = new URL('../docs/performance.md', import.meta.url);
  const page = renderDocument(sections.map(({ name, section }) => ({ section, command: commandOf(name) })));
  // Other benchmarks have written those.
  writeFileSync(file, [page.trimEnd(), ...markedParts(readFileSync(file, 'utf8'))].join('\n\n').concat('\n'));
  process.stderr.write('live-otel: docs/performance.md is written.\n');
}
const missed = sections.flatMap(({ section }) => section.goals).filter(({ met }) => !met).length;
process.stderr.write(
  missed === 0 ? 'live-otel: all goals are met.\n' : `live-otel: goals missed: ${missed}.\n`,
);

function commandOf(name: string): string {
  return `npm run bench -- --only ${name}`;
}
