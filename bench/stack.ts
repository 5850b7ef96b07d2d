/**
 * npm run bench:stack -- [--only NAME] [--quick] [--write]: what the servers hold. `--write` puts the figures into their
 * part of docs/performance.md.
 */
import { fail, readArguments } from './report/arguments.ts';
import { writeMarkedPart } from './report/marked-part.ts';
import { renderMachine, renderSection } from './report/render.ts';
import { throughput } from './stack/throughput.ts';
import { timeToJaeger } from './stack/time-to-jaeger.ts';

const benchmarks = [timeToJaeger, throughput];
const { only, quick, write } = readArguments(benchmarks.map(({ name }) => name));
// They stand in one part of the page.
if (write && only.length < benchmarks.length) fail('--write takes all benchmarks: leave out --only.');

const parts: string[] = [];
for (const benchmark of benchmarks.filter(({ name }) => only.includes(name))) {
  process.stderr.write(`live-otel: measuring ${benchmark.name} …\n`);
  const part = renderSection(
    await benchmark.run({ quick }),
    `npm run bench:stack -- --only ${benchmark.name}`,
  );
  process.stdout.write(`${part}\n\n`);
  parts.push(part);
}
if (write) {
  const machine = `Measured on ${renderMachine()}, with the servers as \`npm run stack\` builds them, on a virtual machine that did other work at the same time.`;
  writeMarkedPart(
    'performance.md',
    'npm run bench:stack -- --write',
    ['## The stack', machine, ...parts.map(below)].join('\n\n'),
  );
}

/** One level further down. */
function below(part: string): string {
  return part.replaceAll(/^## /gm, '### ');
}
