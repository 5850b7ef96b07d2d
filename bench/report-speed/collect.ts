/** One reading of a file, or of telemetry that another process makes while it is read, in a process of its own. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import { input, reply } from '../report/child.ts';

export interface ReadingInput {
  readonly file?: string;
  /** Made while it is read, where there is no file. */
  readonly spans: number;
}

export interface ReadingResult {
  readonly spans: number;
  readonly seconds: number;
  /** Of all threads, in seconds. */
  readonly cpu: number;
  /** From what was read to everything that the report says, in seconds of CPU time. */
  readonly judging: number;
  /** Highest resident memory of the process while it reads, in bytes. */
  readonly memory: number;
}

const { file, spans } = input<ReadingInput>();
const cpuBefore = process.cpuUsage();
const before = performance.now();
const collected = file === undefined ? await collect(['-'], { stdin: made(spans) }) : await collect([file]);
const seconds = (performance.now() - before) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const memory = process.resourceUsage().maxRSS * 1024;
const judgingBefore = process.cpuUsage();
toReport(collected);
const judging = process.cpuUsage(judgingBefore);
const result: ReadingResult = {
  spans: collected.input.spans,
  seconds,
  cpu: (user + system) / 1e6,
  judging: (judging.user + judging.system) / 1e6,
  memory,
};
reply(result);

function made(count: number): Readable {
  const script = fileURLToPath(new URL('./make.ts', import.meta.url));
  return spawn(process.execPath, [script, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}
