import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { measureInChild } from './report/child.ts';
import { exact } from './report/format.ts';
import type { Benchmark } from './report/section.ts';
import { median } from './report/statistics.ts';
import type { ReadingInput, ReadingResult } from './report-speed/collect.ts';
import { secondsToFirstLine } from './report-speed/first-line.ts';
import { spansPerSession, telemetry } from './report-speed/telemetry.ts';

const million = 1_000_000;
const limitSeconds = 10;
const limitBytes = 500_000_000;
const manySessions = 20_000;
const limitFirstLine = 3;
/** Of the CPU time per span, the largest input against the smallest but one: the smallest is mostly start-up. */
const limitRatio = 1.5;

interface Size {
  readonly spans: number;
  readonly rounds: number;
  /** More than a disk should be filled with for this. */
  readonly piped?: true;
}

const sizes: readonly Size[] = [
  { spans: 10_000, rounds: 3 },
  { spans: 100_000, rounds: 3 },
  { spans: million, rounds: 2 },
  { spans: 10 * million, rounds: 1, piped: true },
];
const quickSizes: readonly Size[] = [
  { spans: 5_000, rounds: 1 },
  { spans: 20_000, rounds: 1 },
];

interface Measured {
  readonly spans: number;
  readonly bytes: number | undefined;
  readonly results: readonly ReadingResult[];
}

export const reportSpeed: Benchmark = {
  name: 'report-speed',
  async run({ quick }) {
    const directory = await mkdtemp(path.join(tmpdir(), 'live-otel-report-speed-'));
    const measured: Measured[] = [];
    const sessions = quick ? 200 : manySessions;
    let firstLine: number;
    try {
      firstLine = await timeToFirstLine(sessions, directory, quick ? 1 : 2);
      for (const size of quick ? quickSizes : sizes) measured.push(await measure(size, directory));
    } finally {
      await rm(directory, { recursive: true });
    }
    const second = measured[1];
    const last = measured.at(-1);
    const goalSize = measured.find(({ spans }) => spans >= million);
    const ratio = last && second ? perSpan(last) / perSpan(second) : Number.NaN;
    return {
      title: 'The report',
      method: [
        'Reading telemetry for `live-otel report`, from the first byte to the counts, groups and kept sessions it is made from, in processes of their own. The telemetry is that of voice sessions as the `file` exporter of the Collector writes it: six turns, three tool calls, closures with their 64 frames, all attributes; spans of 64 sessions take turns. Ten million spans come over a pipe from a process that makes them meanwhile, on the same cores: their elapsed time is mostly that of making them.',
      ],
      tables: [
        {
          title: 'One reading (medians)',
          columns: [
            'Spans',
            'Input',
            'Time',
            'Input a second',
            'CPU time of all threads',
            'CPU time per span',
            'CPU time to judge',
            'Memory, at most',
          ],
          rows: measured.map(({ spans, bytes, results }) => [
            spans.toLocaleString('en'),
            bytes === undefined ? 'piped' : exact(bytes / million, 'MB'),
            exact(median(results.map(({ seconds }) => seconds)), 's'),
            bytes === undefined
              ? ''
              : exact(bytes / million / median(results.map(({ seconds }) => seconds)), 'MB/s'),
            exact(median(results.map(({ cpu }) => cpu)), 's'),
            exact((median(results.map(({ cpu }) => cpu)) / spans) * 1e6, 'µs'),
            exact(median(results.map(({ judging }) => judging)), 's'),
            exact(Math.max(...results.map(({ memory }) => memory)) / million, 'MB'),
          ]),
        },
      ],
      remarks: [
        'A span has 4.4 KB here, for it has every attribute there is. Those of an agent with the simulator have 3.5 KB, of which closures with their 64 frames (26 KB) are the longest. Where the time goes stands [below](#where-the-report-spends-its-time).',
        'A columnar engine was tried on the file of 100,000 spans: DuckDB 1.5 (`@duckdb/node-api`), `read_json` into nested columns of names, ids, times and attributes, grouped by name. For that alone, which is the smaller part of a report, it took four times the CPU time of the whole reading here and four times the memory, and it is 70 MB to install. So the report reads by itself.',
      ],
      goals: [
        ...(goalSize
          ? [
              {
                what: 'Reading a million spans',
                limit: `≤ ${limitSeconds} s`,
                measured: exact(median(goalSize.results.map(({ seconds }) => seconds)), 's'),
                met: median(goalSize.results.map(({ seconds }) => seconds)) <= limitSeconds,
              },
            ]
          : []),
        {
          what: `From the start of \`live-otel report\` to its first line, ${sessions.toLocaleString('en')} sessions of ${spansPerSession} spans`,
          limit: `≤ ${limitFirstLine} s`,
          measured: exact(firstLine, 's'),
          met: firstLine <= limitFirstLine,
        },
        {
          what: 'Memory of the process that reads, at most',
          limit: `≤ ${exact(limitBytes / million, 'MB')}`,
          measured: exact(highest(measured) / million, 'MB'),
          met: highest(measured) <= limitBytes,
        },
        {
          what: 'CPU time per span, the largest input against a hundredth of it',
          limit: `≤ ${limitRatio}×`,
          measured: exact(ratio, '×'),
          met: ratio <= limitRatio,
        },
      ],
    };
  },
};

async function timeToFirstLine(sessions: number, directory: string, rounds: number): Promise<number> {
  const file = path.join(directory, 'sessions.jsonl');
  await pipeline(Readable.from(telemetry(sessions * spansPerSession)), createWriteStream(file));
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) seconds.push(await secondsToFirstLine(file));
  await rm(file);
  return median(seconds);
}

async function measure({ spans, rounds, piped }: Size, directory: string): Promise<Measured> {
  const file = piped ? undefined : path.join(directory, `${spans}.jsonl`);
  if (file) await pipeline(Readable.from(telemetry(spans)), createWriteStream(file));
  const bytes = file && (await stat(file)).size;
  const results: ReadingResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const reading: ReadingInput = { spans, ...(file && { file }) };
    results.push(await measureInChild(new URL('./report-speed/collect.ts', import.meta.url), reading));
  }
  if (file) await rm(file);
  return { spans: results[0]?.spans ?? spans, bytes: bytes || undefined, results };
}

function perSpan({ spans, results }: Measured): number {
  return median(results.map(({ cpu }) => cpu)) / spans;
}

function highest(measured: readonly Measured[]): number {
  return Math.max(...measured.flatMap(({ results }) => results.map(({ memory }) => memory)));
}
