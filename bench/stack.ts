/**
 * npm run bench:stack -- [--only NAME] [--quick] [--write]: what the servers hold. `--write` puts the figures into their
 * part of docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { writeMarkedPart } from './report/marked-part.ts';
import { renderMachine, renderSection } from './report/render.ts';
import { throughput } from './stack/throughput.ts';
import { timeToJaeger } from './stack/time-to-jaeger.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const { only, quick, write } = values;
const benchmarks = [timeToJaeger, throughput].filter(({ name }) => only === undefined || name === only);
if (benchmarks.length === 0)
  throw new TypeError(`--only is ${only}: time-to-jaeger or throughput is allowed.`);
if (write && (quick || only !== undefined)) {
  throw new TypeError('--write takes both benchmarks at their full length: leave out --only and --quick.');
}

const parts: string[] = [];
for (const benchmark of benchmarks) {
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
