/**
 * What a call costs when other work has taken the processor's caches since the last one, as in a process that serves
 * other sessions: each call is timed alone, between walks through data and code that have nothing to do with it.
 */
import { type Mode, modes } from './client.ts';
import type { Rounds } from './rounds.ts';

const callsPerRound = 15;
/** 8 MiB, more than the caches of one core hold. */
const data = new Float64Array(1 << 20);
/** A cache line holds eight numbers. */
const line = 8;
const scratch = new Float64Array(1_024);
/** Different functions, so that they lie in different places. */
const code = Array.from(
  { length: 1_500 },
  (_, index) =>
    new Function(
      'a',
      'b',
      `let s = ${index}; for (let k = 0; k < 3; k++) { s = (s * 31 + a + k * ${(index % 7) + 1}) | 0; if (s & 1) b[${index & 1_023}] = s; else s ^= ${index * 13}; } return s;`,
    ) as (a: number, b: Float64Array) => number,
);
let walked = 0;
for (let round = 0; round < 2_000; round += 1) walkCode();

function walkCode(): void {
  for (const [index, each] of code.entries()) walked ^= each(index, scratch);
}

function takeCaches(): void {
  for (let at = 0; at < data.length; at += line) walked += data[at] as number;
  walkCode();
}

/** Microseconds a call, as the median of each round; rounds of the modes take turns. */
export async function alternateCold(
  rounds: number,
  call: (mode: Mode, index: number) => void,
): Promise<Rounds> {
  const results: Rounds = { none: [], 'live-otel': [], 'span-per-message': [] };
  // Compiled as they are after hours.
  for (let index = 0; index < 20_000; index += 1) {
    for (const mode of modes) if (mode !== 'span-per-message' || index < 2_000) call(mode, index);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < modes.length; turn += 1) {
      const mode = modes[(round + turn) % modes.length] as Mode;
      const times: number[] = [];
      for (let index = 0; index < callsPerRound; index += 1) {
        takeCaches();
        const before = process.hrtime.bigint();
        call(mode, index);
        times.push(Number(process.hrtime.bigint() - before) / 1_000);
      }
      results[mode].push(times.toSorted((a, b) => a - b)[callsPerRound >> 1] as number);
    }
    // Timers and exporters have their turn outside of what is measured.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  if (Number.isNaN(walked)) throw new Error('Nothing was walked through.');
  return results;
}
